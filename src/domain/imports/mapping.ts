import { z } from 'zod';
import { shortText } from '../ground/text.ts';
import { zone } from '../people/person.ts';
import { ticketKind, ticketState } from '../tickets/ticket.ts';
import { dateOrders } from './source-time.ts';

/** What a column of another desk's file can be here. `internal_notes` and `public_notes` may be several columns. */
export const mappedFields = [
  'reference',
  'title',
  'words',
  'state',
  'kind',
  'priority',
  'customer',
  'requester_name',
  'requester_email',
  'requester_phone',
  'assignee',
  'opened_at',
  'updated_at',
  'closed_at',
  'done',
  'is_private',
  'public_notes',
  'internal_notes',
] as const;
export type MappedField = (typeof mappedFields)[number];

const column = z.string().min(1).max(200);
const columns = z.strictObject({
  reference: column,
  title: column.optional(),
  words: column.optional(),
  state: column.optional(),
  kind: column.optional(),
  priority: column.optional(),
  customer: column.optional(),
  requester_name: column.optional(),
  requester_email: column.optional(),
  requester_phone: column.optional(),
  assignee: column.optional(),
  opened_at: column,
  updated_at: column.optional(),
  closed_at: column.optional(),
  done: column.optional(),
  /** Where this says yes, the source kept the whole ticket from the customer: such a row stays out. */
  is_private: column.optional(),
  public_notes: z.array(column).max(50).optional(),
  internal_notes: z.array(column).max(50).optional(),
});

const word = z.string().max(200);
const step = z.number().int().min(1).max(4);

/** How the columns and words of a file become ours. Words are compared without regard to case and outer blanks. */
export const mapping = z.strictObject({
  /** The desk it comes from: the same key of the same desk is the same ticket. */
  source: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
  columns,
  states: z.record(word, ticketState).default({}),
  /** For words that `states` does not name; null: such a row stays out. */
  other_states: ticketState.nullable().default(null),
  kinds: z.record(word, ticketKind).default({}),
  other_kinds: ticketKind.default('question'),
  /** 1 the most pressing, 4 the least. */
  priorities: z.record(word, step).default({}),
  date_order: z.enum(dateOrders).default('dmy'),
});
export type Mapping = z.output<typeof mapping>;

/** Where what came in is to stand, and what follows from it. */
export const importOptions = z.strictObject({
  /** Wall times without an offset are of this zone. */
  zone: zone.default('Asia/Shanghai'),
  /** The customer of all tickets whose own is not mapped: one we have, or one found or made by this name. */
  customer: z.union([z.strictObject({ id: z.uuid() }), z.strictObject({ name: shortText(200) })]),
  /** The name of a requester whom the source does not name. */
  unknown_contact: shortText(100),
  /** Conversations say no state. */
  conversations_as: z.enum(['open', 'closed']).default('closed'),
  /** By choice, open tickets get their clocks from now. */
  start_clocks: z.boolean().default(false),
  mapping: mapping.nullable().default(null),
});
export type ImportOptions = z.output<typeof importOptions>;
