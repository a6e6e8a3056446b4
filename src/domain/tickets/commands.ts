import { z } from 'zod';
import { patchOf } from '../ground/patch.ts';
import { id, instant, longText, page, paging, shortText } from '../ground/text.ts';
import {
  feltSeverity,
  impact,
  outcome,
  priority,
  ticketChannel,
  ticketKind,
  ticketState,
  urgency,
} from './ticket.ts';

const fileIds = z.array(id).max(10).default([]);
export const ticketParams = z.strictObject({ id });

export const createTicket = z.strictObject({
  id,
  customer_id: id,
  requester_id: id,
  site_id: id.nullable().default(null),
  asset_id: id.nullable().default(null),
  kind: ticketKind,
  title: shortText(200),
  body: longText(20_000),
  impact,
  urgency,
  felt_severity: feltSeverity.nullable().default(null),
  channel: z.enum(['desk', 'phone', 'api']).default('desk'),
  file_ids: fileIds,
});
export type CreateTicket = z.output<typeof createTicket>;

export const editTicket = patchOf({
  title: shortText(200),
  kind: ticketKind,
  impact,
  urgency,
  felt_severity: feltSeverity.nullable(),
  site_id: id.nullable(),
  asset_id: id.nullable(),
  contract_id: id.nullable(),
});

export const assignTicket = z.strictObject({ assignee_id: id.nullable() });

/** For the customer: goes to the portal and by mail. `no_answer_yet` needs `next_update_at`. */
export const replyToTicket = z.strictObject({
  id,
  body: longText(20_000),
  no_answer_yet: z.boolean().default(false),
  next_update_at: instant.nullable().default(null),
  file_ids: fileIds,
});
export type ReplyToTicket = z.output<typeof replyToTicket>;

/** For colleagues only. */
export const noteOnTicket = z.strictObject({ id, body: longText(20_000), file_ids: fileIds });
export type NoteOnTicket = z.output<typeof noteOnTicket>;

export const waitOnCustomer = z.strictObject({ waiting_for: shortText(500), contact_id: id });
export const closeTicket = z.strictObject({ outcome, done_for_customer: longText(4_000) });
export const reopenTicket = z.strictObject({ reason: shortText(500) });
export const nothing = z.strictObject({});

export const clockKinds = ['first_response', 'next_update', 'resolution'] as const;
export const clockKind = z.enum(clockKinds);
export const clockView = z.strictObject({
  kind: clockKind,
  state: z.enum(['running', 'paused', 'met', 'stopped']),
  due_at: instant.nullable(),
  met_at: instant.nullable(),
  breached_at: instant.nullable(),
});
export type ClockView = z.output<typeof clockView>;

const named = z.strictObject({ id, name: z.string() });

export const ticketRow = z.strictObject({
  id,
  number: z.number().int(),
  customer_id: id,
  customer_name: z.string(),
  requester_id: id,
  requester_name: z.string(),
  kind: ticketKind,
  title: z.string(),
  state: ticketState,
  impact,
  urgency,
  priority,
  felt_severity: feltSeverity.nullable(),
  assignee_id: id.nullable(),
  assignee_name: z.string().nullable(),
  next_due_at: instant.nullable(),
  waiting_since: instant.nullable(),
  last_customer_message_at: instant.nullable(),
  last_reply_at: instant.nullable(),
  closed_at: instant.nullable(),
  created_at: instant,
  updated_at: instant,
});
export type TicketRow = z.output<typeof ticketRow>;

export const fileView = z.strictObject({
  id,
  name: z.string(),
  media_type: z.string(),
  size_bytes: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  has_thumbnail: z.boolean(),
});
export type FileView = z.output<typeof fileView>;

export const messageView = z.strictObject({
  id,
  voice: z.enum(['customer', 'internal']),
  author_kind: z.enum(['staff', 'contact', 'system']),
  author_id: id.nullable(),
  author_name: z.string(),
  body: z.string(),
  no_answer_yet: z.boolean(),
  next_update_at: instant.nullable(),
  happened_at: instant,
  received_at: instant,
  files: z.array(fileView),
});
export type MessageView = z.output<typeof messageView>;

export const ticketPage = z.strictObject({
  ...ticketRow.shape,
  channel: ticketChannel,
  customer_words: z.string().nullable(),
  customer_zone: z.string(),
  requester_roles: z.array(z.string()),
  requester_reader_level: z.string(),
  requester_form_of_address: z.string().nullable(),
  requester_title: z.string().nullable(),
  site: named.nullable(),
  asset: named.nullable(),
  contract: named.nullable(),
  calendar_name: z.string().nullable(),
  waiting_for: z.string().nullable(),
  waiting_on: named.nullable(),
  resolved_at: instant.nullable(),
  closed_by_name: z.string().nullable(),
  done_for_customer: z.string().nullable(),
  outcome: outcome.nullable(),
  rating: z.strictObject({ score: z.number(), words: z.string().nullable(), created_at: instant }).nullable(),
  clocks: z.array(clockView),
  messages: z.array(messageView),
});
export type TicketPage = z.output<typeof ticketPage>;

/** `state=active` is everything not closed. `assignee=me|none|<id>`. `clock` by the next due time. */
export const listTickets = z.strictObject({
  ...paging,
  state: z.enum(['active', ...ticketState.options]).default('active'),
  kind: ticketKind.optional(),
  priority: z.coerce.number().int().min(1).max(4).optional(),
  assignee: z.union([z.enum(['me', 'none']), id]).optional(),
  customer_id: id.optional(),
  clock: z.enum(['overdue', 'due_soon', 'paused']).optional(),
});
export type ListTickets = z.output<typeof listTickets>;
export const ticketList = page(ticketRow);

export const timelineEntry = z.strictObject({
  id,
  name: z.string(),
  subject_kind: z.string(),
  subject_id: id,
  actor_kind: z.string(),
  actor_name: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  happened_at: instant,
  received_at: instant,
});
export const timeline = z.strictObject({ items: z.array(timelineEntry), next: z.string().nullable() });

/** The answer of an act on a ticket: its state and clocks as they stand now. */
export const ticketActed = z.strictObject({
  id,
  number: z.number().int(),
  state: ticketState,
  updated_at: instant,
  next_due_at: instant.nullable(),
  clocks: z.array(clockView),
});
export type TicketActed = z.output<typeof ticketActed>;

export const viewFilters = z.strictObject({
  state: z.string().max(40).optional(),
  kind: ticketKind.optional(),
  priority: priority.optional(),
  assignee: z.string().max(40).optional(),
  customer_id: id.optional(),
  clock: z.enum(['overdue', 'due_soon', 'paused']).optional(),
});
export const saveView = z.strictObject({
  id,
  name: shortText(60),
  filters: viewFilters,
  is_shared: z.boolean().default(false),
});
export const viewRow = z.strictObject({
  id,
  name: z.string(),
  filters: viewFilters,
  is_shared: z.boolean(),
  is_mine: z.boolean(),
});
export const viewList = z.strictObject({ items: z.array(viewRow) });

export const doubtfulTime = z.strictObject({
  id,
  ticket_id: id,
  number: z.number(),
  title: z.string(),
  act: z.string(),
  doubt: z.enum(['in_future', 'before_last_contact', 'too_old']),
  device_at: instant,
  corrected_at: instant,
  received_at: instant,
  used_at: instant,
  created_at: instant,
});
export const doubtfulTimes = z.strictObject({ items: z.array(doubtfulTime) });
export const decideTime = z.strictObject({ use: z.enum(['device', 'received']) });
