import { z } from 'zod';
import { patchOf } from '../ground/patch.ts';
import { id, instant, optionalText, page, paging, shortText } from '../ground/text.ts';
import { email, locale, personName } from '../people/person.ts';
import { ticketKind } from '../tickets/ticket.ts';
import { mailFailure, mailState } from './mail.ts';
import { afterClosing, connectionSecurity, mailboxFailure, mailboxState } from './mailbox.ts';
import { mailbox as addressOfMail, mailProblems } from './received-mail.ts';
import { receivedFailure, receivedOutcome, receivedState } from './receiving.ts';

const byId = z.strictObject({ id });
const mailProblem = z.enum(mailProblems);
const done = z.strictObject({ id });
const nothing = z.strictObject({});

/** A host by name or address: no path, no port, no sign that could be read as more. */
const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9.:_-]+$/)
  .nullable();
const port = z.number().int().min(1).max(65_535).nullable();
const user = shortText(254).nullable();
const password = z
  .string()
  .min(1)
  .max(500)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  .refine((text) => text.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(text), { error: 'text' });

const mailboxFields = {
  name: shortText(100),
  address: email,
  /** The name that customers see as sender; null: the firm's. */
  sender_name: personName.nullable(),
  signature: optionalText(1_000),
  locale,
  ticket_kind: ticketKind,
  assignee_id: id.nullable(),
  after_closing: afterClosing,
  sends_receipts: z.boolean(),
  imap_host: host,
  imap_port: port,
  imap_security: connectionSecurity.nullable(),
  imap_user: user,
  imap_folder: shortText(200),
  takes_existing: z.boolean(),
  smtp_host: host,
  smtp_port: port,
  smtp_security: connectionSecurity.nullable(),
  smtp_user: user,
  plain_allowed: z.boolean(),
};
export const createMailbox = {
  body: z.strictObject({
    id,
    ...mailboxFields,
    sender_name: mailboxFields.sender_name.default(null),
    signature: mailboxFields.signature.default(''),
    locale: locale.default('zh-CN'),
    ticket_kind: ticketKind.default('incident'),
    assignee_id: mailboxFields.assignee_id.default(null),
    after_closing: afterClosing.default('reopen'),
    sends_receipts: z.boolean().default(true),
    imap_host: host.default(null),
    imap_port: port.default(null),
    imap_security: connectionSecurity.nullable().default(null),
    imap_user: user.default(null),
    imap_folder: shortText(200).default('INBOX'),
    takes_existing: z.boolean().default(false),
    smtp_host: host.default(null),
    smtp_port: port.default(null),
    smtp_security: connectionSecurity.nullable().default(null),
    smtp_user: user.default(null),
    plain_allowed: z.boolean().default(false),
    imap_password: password.nullable().default(null),
    smtp_password: password.nullable().default(null),
  }),
  result: done,
};
export type CreateMailbox = z.output<typeof createMailbox.body>;
export const editMailbox = { params: byId, body: patchOf(mailboxFields), result: done };
/** A password that is left out stays as it is; null takes it away. */
export const setPasswords = {
  params: byId,
  body: z.strictObject({
    imap_password: password.nullable().optional(),
    smtp_password: password.nullable().optional(),
  }),
  result: done,
};
export const actOnMailbox = { params: byId, body: nothing, result: done };

export const mailboxView = z.strictObject({
  id,
  ...mailboxFields,
  address: z.string(),
  assignee_name: z.string().nullable(),
  has_imap_password: z.boolean(),
  has_smtp_password: z.boolean(),
  paused_at: instant.nullable(),
  paused_by_name: z.string().nullable(),
  state: mailboxState,
  failure: mailboxFailure.nullable(),
  /** What the other side said, in its own words. */
  last_error: z.string().nullable(),
  failing_since: instant.nullable(),
  next_try_at: instant.nullable(),
  connected_at: instant.nullable(),
  looked_at: instant.nullable(),
  last_mail_at: instant.nullable(),
  waits_by: z.enum(['idle', 'polling']).nullable(),
  quota_percent: z.number().int().nullable(),
  /** Mails that are kept and not yet read, and those that could not be. */
  waiting_count: z.number().int(),
  failed_count: z.number().int(),
  created_at: instant,
});
export type MailboxView = z.output<typeof mailboxView>;
export const listMailboxes = {
  result: z.strictObject({
    items: z.array(mailboxView),
    /** Senders who wait for a decision; a number up to 100. */
    waiting_senders: z.number().int(),
    default_sender: z.string().nullable(),
  }),
};
export const openMailbox = { params: byId, result: mailboxView };

/** What came of a trial of both connections; null for a side that is not set up. */
const sideTried = z.strictObject({
  ok: z.boolean(),
  failure: mailboxFailure.nullable(),
  words: z.string().nullable(),
});
export type SideTried = z.output<typeof sideTried>;
export const mailboxTried = z.strictObject({
  receiving: sideTried.nullable(),
  sending: sideTried.nullable(),
});
export type MailboxTried = z.output<typeof mailboxTried>;

export const receivedRow = z.strictObject({
  id,
  mailbox_name: z.string(),
  from_email: z.string().nullable(),
  from_name: z.string().nullable(),
  subject: z.string().nullable(),
  state: receivedState,
  outcome: receivedOutcome.nullable(),
  failure: receivedFailure.nullable(),
  last_error: z.string().nullable(),
  size_bytes: z.number(),
  file_id: id.nullable(),
  ticket_id: id.nullable(),
  arrived_at: instant,
});
export type ReceivedRow = z.output<typeof receivedRow>;
export const listReceived = {
  query: z.strictObject({
    ...paging,
    mailbox_id: id.optional(),
    state: receivedState.optional(),
  }),
  result: page(receivedRow),
};
export type ListReceived = z.output<typeof listReceived.query>;
export const receivedPage = z.strictObject({
  ...receivedRow.shape,
  to: z.array(addressOfMail),
  cc: z.array(addressOfMail),
  mailed_at: instant.nullable(),
  /** All of its text, quotes and signature too; empty when it cannot be read. */
  text: z.string(),
  problems: z.array(mailProblem),
});
export type ReceivedPage = z.output<typeof receivedPage>;
export const openReceived = { params: byId, result: receivedPage };
export const readAgain = { params: byId, body: nothing, result: done };

/** The mails behind a ticket's messages: what came in, and what became of ours. */
export const ticketMails = z.strictObject({
  mailbox: z.strictObject({ name: z.string(), address: z.string() }).nullable(),
  follows: z.strictObject({ id, number: z.number().int(), title: z.string() }).nullable(),
  claims: z.strictObject({ id, number: z.number().int(), title: z.string() }).nullable(),
  sender_waits: z.boolean(),
  received: z.array(
    z.strictObject({
      id,
      message_id: id,
      from_email: z.string().nullable(),
      file_id: id.nullable(),
      problems: z.array(mailProblem),
    }),
  ),
  sent: z.array(
    z.strictObject({
      message_id: id,
      to_email: z.string(),
      state: mailState,
      failure: mailFailure.nullable(),
      last_error: z.string().nullable(),
      sent_at: instant.nullable(),
      next_try_at: instant.nullable(),
    }),
  ),
});
export type TicketMails = z.output<typeof ticketMails>;
export const openTicketMails = { params: byId, result: ticketMails };

export const senderRow = z.strictObject({
  id,
  email: z.string(),
  name: z.string().nullable(),
  state: z.enum(['waiting', 'given', 'dismissed']),
  reason: z.string().nullable(),
  decided_by_name: z.string().nullable(),
  /** Where they were given to. */
  customer_name: z.string().nullable(),
  tickets: z.array(z.strictObject({ id, number: z.number().int(), title: z.string() })),
  /** A ticket of somebody else's that they claimed to belong to. */
  claims: z.strictObject({ number: z.number().int(), customer_name: z.string() }).nullable(),
  last_mail_at: instant,
  created_at: instant,
});
export type SenderRow = z.output<typeof senderRow>;
export const listSenders = {
  query: z.strictObject({ ...paging, state: z.enum(['waiting', 'given', 'dismissed']).default('waiting') }),
  result: page(senderRow),
};
export type ListSenders = z.output<typeof listSenders.query>;
/** To a customer: as one of the people they have, or as a new one (`contact_id` null). */
export const giveSender = {
  params: byId,
  body: z.strictObject({ customer_id: id, contact_id: id.nullable() }),
  result: done,
};
export const dismissSender = {
  params: byId,
  body: z.strictObject({ reason: shortText(500) }),
  result: done,
};
