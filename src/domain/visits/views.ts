import { z } from 'zod';
import { id, instant, page, paging } from '../ground/text.ts';
import { fileView } from '../tickets/commands.ts';
import { ticketKind, ticketState } from '../tickets/ticket.ts';
import { visit, visitKind, visitState, visitStates, who } from './visit.ts';

const named = z.strictObject({ id, name: z.string() });

export const visitContact = z.strictObject({
  id,
  name: z.string(),
  form_of_address: z.string().nullable(),
  title: z.string().nullable(),
  phone: z.string().nullable(),
  roles: z.array(z.string()),
  reader_level: z.string(),
});
export type VisitContact = z.output<typeof visitContact>;

/**
 * `reassigned`: the visit was a colleague's when the act came. `permission_withdrawn`: whoever did it held no role any more
 * that works on visits; it may have gone to a colleague as well.
 */
export const quarantineReason = z.enum(['reassigned', 'permission_withdrawn']);

/** An act that came from somebody who could do it no longer: kept as it came, applied by nobody until a lead says so. */
export const quarantinedAct = z.strictObject({
  id,
  visit_id: id,
  act: z.string(),
  body: z.record(z.string(), z.unknown()),
  reason: quarantineReason,
  by_id: id,
  by_name: z.string(),
  happened_at: instant,
  received_at: instant,
  decided: z
    .strictObject({ verdict: z.enum(['applied', 'dropped']), reason: z.string().nullable(), ...who })
    .nullable(),
});
export type QuarantinedAct = z.output<typeof quarantinedAct>;

/** What surrounds a visit and is read on site; no act on the visit changes it. */
export const visitAbout = z.strictObject({
  ticket: z.strictObject({
    id,
    number: z.number().int(),
    title: z.string(),
    kind: ticketKind,
    state: ticketState,
    priority: z.number().int(),
    customer_words: z.string().nullable(),
  }),
  customer: z.strictObject({ id, name: z.string(), zone: z.string() }),
  site: z
    .strictObject({
      id,
      name: z.string(),
      address: z.string().nullable(),
      city: z.string().nullable(),
      zone: z.string(),
    })
    .nullable(),
  asset: z
    .strictObject({
      id,
      name: z.string(),
      model: z.string().nullable(),
      serial: z.string().nullable(),
      version: z.string().nullable(),
    })
    .nullable(),
  contract: z
    .strictObject({
      id,
      name: z.string(),
      covered: z.array(
        z.strictObject({ name: z.string(), covered: z.boolean(), remark: z.string().nullable() }),
      ),
    })
    .nullable(),
  contacts: z.array(visitContact),
  /** The ticket's conversation, oldest first, both voices. */
  messages: z.array(
    z.strictObject({
      id,
      voice: z.enum(['customer', 'internal']),
      author_name: z.string(),
      body: z.string(),
      happened_at: instant,
      files: z.array(fileView),
    }),
  ),
  /** The photos of log and findings, and whatever else hangs on the visit. */
  files: z.array(fileView),
  quarantined: z.array(quarantinedAct),
});
export type VisitAbout = z.output<typeof visitAbout>;

export const visitPage = z.strictObject({ visit, about: visitAbout });
export type VisitPage = z.output<typeof visitPage>;

export const visitRow = z.strictObject({
  id,
  number: z.number().int(),
  ticket: z.strictObject({ id, number: z.number().int(), title: z.string() }),
  customer: named,
  site: named.nullable(),
  engineer: named,
  kind: visitKind,
  is_emergency: z.boolean(),
  state: visitState,
  planned_from: instant,
  planned_to: instant,
  goal: z.string(),
  open_clashes: z.number().int(),
  open_quarantined: z.number().int(),
});
export type VisitRow = z.output<typeof visitRow>;

/** `state=active` is whatever is neither done nor cancelled; in the order of `planned_from`. */
export const listVisits = z.strictObject({
  ...paging,
  state: z.enum(['active', 'all', ...visitStates]).default('active'),
  engineer: z.union([z.literal('me'), id]).optional(),
  customer_id: id.optional(),
  ticket_id: id.optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type ListVisits = z.output<typeof listVisits>;
export const visitList = page(visitRow);

/**
 * What a phone should have on board: the actor's own visits that are not over, of the coming seven days and overdue ones.
 * `changed_at` moves when the visit, its ticket or its conversation does.
 */
export const onBoard = z.strictObject({
  items: z.array(z.strictObject({ id, version: z.number().int(), changed_at: instant })),
});
export type OnBoard = z.output<typeof onBoard>;

export const decideQuarantined = z.strictObject({
  verdict: z.enum(['apply', 'drop']),
  reason: z.string().trim().max(500).nullable().default(null),
});
