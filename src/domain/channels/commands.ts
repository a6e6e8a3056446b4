import { z } from 'zod';
import { id, instant, longText, optionalText, page, paging } from '../ground/text.ts';
import { fileView } from '../tickets/commands.ts';
import { feltSeverity, ticketKind } from '../tickets/ticket.ts';
import { reaction, risk, visitKind, workKind } from '../visits/visit.ts';
import { mailFailure, mailState } from './mail.ts';
import { portalState, portalVisitStage } from './portal.ts';

const byId = z.strictObject({ id });
const done = z.strictObject({ id });
const fileIds = z.array(id).max(10).default([]);

// the portal: everything here is read by customers, and nothing else of us is

export const portalQuestion = z.strictObject({
  id,
  number: z.number().int(),
  title: z.string(),
  kind: ticketKind,
  state: portalState,
  asked_by_name: z.string(),
  is_mine: z.boolean(),
  site_name: z.string().nullable(),
  handled_by_name: z.string().nullable(),
  /** What we need from them, while it waits for them. */
  waiting_for: z.string().nullable(),
  waiting_on_me: z.boolean(),
  /** When they hear from us next, at the latest. */
  next_update_at: instant.nullable(),
  can_rate: z.boolean(),
  created_at: instant,
  updated_at: instant,
  closed_at: instant.nullable(),
});
export type PortalQuestion = z.output<typeof portalQuestion>;

export const portalPromise = z.strictObject({
  id,
  words: z.string(),
  /** Null where it was promised in a colleague's question that they may not see. */
  ticket_id: id.nullable(),
  ticket_title: z.string().nullable(),
  to_name: z.string().nullable(),
  is_mine: z.boolean(),
  due_at: instant.nullable(),
  state: z.enum(['open', 'kept', 'declined']),
  settled_at: instant.nullable(),
  created_at: instant,
});
export type PortalPromise = z.output<typeof portalPromise>;

/** A photo, with what it shows. */
export const portalPhoto = z.strictObject({ file: fileView, caption: z.string() });

/** A visit in few words: who comes when, and how far they are. */
export const portalVisitRow = z.strictObject({
  id,
  ticket_id: id,
  ticket_title: z.string(),
  kind: visitKind,
  stage: portalVisitStage,
  engineer_name: z.string(),
  site_name: z.string().nullable(),
  /** Where it happens it is this time of day. */
  zone: z.string(),
  planned_from: instant,
  planned_to: instant,
  arrived_at: instant.nullable(),
  /** Between two days, when the engineer left on the last. */
  left_at: instant.nullable(),
});
export type PortalVisitRow = z.output<typeof portalVisitRow>;

/** A visit as the customer sees it: the card of the day, what was done line by line, what was found, the report. */
export const portalVisit = z.strictObject({
  ...portalVisitRow.shape,
  goal: z.string(),
  done_when: z.string(),
  not_today: z.string(),
  /** The lines written for them, in the order in which the work was done. */
  lines: z.array(
    z.strictObject({
      id,
      kind: workKind,
      words: z.string(),
      started_at: instant,
      ended_at: instant.nullable(),
      photos: z.array(portalPhoto),
    }),
  ),
  findings: z.array(
    z.strictObject({
      id,
      what: z.string(),
      risk,
      advice: z.string(),
      reaction: reaction.nullable(),
      photos: z.array(portalPhoto),
    }),
  ),
  /** The newest version and the signed ones, newest first. */
  reports: z.array(
    z.strictObject({
      id,
      version: z.number().int(),
      is_signed: z.boolean(),
      /** The record says something else by now; only the newest can say so. */
      record_changed: z.boolean(),
      made_at: instant,
      stamped: z.array(fileView),
    }),
  ),
});
export type PortalVisit = z.output<typeof portalVisit>;

/** A line of what was done: a closed question in their words, a promise kept, or a day on site. */
export const portalDeed = z.strictObject({
  id,
  kind: z.enum(['ticket', 'promise', 'visit']),
  ticket_id: id.nullable(),
  words: z.string(),
  title: z.string().nullable(),
  done_at: instant,
});
export type PortalDeed = z.output<typeof portalDeed>;

export const portalFirm = z.strictObject({
  name: z.string(),
  name_en: z.string().nullable(),
  accent_color: z.string(),
  contact_phone: z.string().nullable(),
});

export const portalHome = z.strictObject({
  name: z.string(),
  form_of_address: z.string().nullable(),
  customer_name: z.string(),
  firm: portalFirm,
  sees: z.enum(['own', 'all']),
  my_site_id: id.nullable(),
  sites: z.array(z.strictObject({ id, name: z.string() })),
  open: z.array(portalQuestion),
  more_open: z.boolean(),
  /** Visits that are not over, the next first. */
  coming: z.array(portalVisitRow),
  owed: z.array(portalPromise),
  done: z.array(portalDeed),
});
export type PortalHome = z.output<typeof portalHome>;
export const openHome = { result: portalHome };

export const listQuestions = {
  query: z.strictObject({ ...paging, state: z.enum(['open', 'closed']).default('open') }),
  result: page(portalQuestion),
};
export type ListQuestions = z.output<typeof listQuestions.query>;

export const portalMessage = z.strictObject({
  id,
  /** Whose word it is, as the reader sees it. */
  from: z.enum(['me', 'colleague', 'firm']),
  author_name: z.string(),
  body: z.string(),
  no_answer_yet: z.boolean(),
  next_update_at: instant.nullable(),
  happened_at: instant,
  files: z.array(fileView),
});
export type PortalMessage = z.output<typeof portalMessage>;

export const portalConversation = z.strictObject({
  ...portalQuestion.shape,
  felt_severity: feltSeverity.nullable(),
  messages: z.array(portalMessage),
  promises: z.array(portalPromise),
  visits: z.array(portalVisit),
  done_for_customer: z.string().nullable(),
  rating: z
    .strictObject({ score: z.number().int(), words: z.string().nullable(), created_at: instant })
    .nullable(),
});
export type PortalConversation = z.output<typeof portalConversation>;
export const openQuestion = { params: byId, result: portalConversation };

/** Asking: their own words are all it takes. */
export const ask = {
  body: z.strictObject({
    id,
    message_id: id,
    words: longText(20_000),
    kind: ticketKind.default('incident'),
    felt_severity: feltSeverity.nullable().default(null),
    site_id: id.nullable().default(null),
    file_ids: fileIds,
  }),
  result: z.strictObject({ id, number: z.number().int() }),
};
export type Ask = z.output<typeof ask.body>;

export const replyToFirm = {
  params: byId,
  body: z.strictObject({ id, words: longText(20_000), file_ids: fileIds }),
  result: done,
};

export const rate = {
  params: byId,
  body: z.strictObject({
    id,
    score: z.number().int().min(1).max(5),
    words: optionalText(2_000)
      .transform((words) => words.trim() || null)
      .nullable()
      .default(null),
  }),
  result: done,
};

export const listOwed = {
  query: z.strictObject({ ...paging, state: z.enum(['open', 'settled']).default('open') }),
  result: page(portalPromise),
};
export type ListOwed = z.output<typeof listOwed.query>;

// outgoing mail, for the administrator

export const mailRow = z.strictObject({
  id,
  to_email: z.string(),
  to_name: z.string().nullable(),
  subject: z.string(),
  template: z.string(),
  state: mailState,
  attempts: z.number().int(),
  failure: mailFailure.nullable(),
  last_error: z.string().nullable(),
  next_try_at: instant.nullable(),
  ticket_id: id.nullable(),
  customer_name: z.string().nullable(),
  created_at: instant,
  sent_at: instant.nullable(),
});
export type MailRow = z.output<typeof mailRow>;

export const listMails = {
  query: z.strictObject({ ...paging, state: mailState.optional() }),
  result: page(mailRow).extend({
    /** Without a mail server mails wait; the screen says so. */
    server: z.strictObject({ configured: z.boolean(), from: z.string().nullable() }),
  }),
};
export type ListMails = z.output<typeof listMails.query>;
export const mailPage = mailRow.extend({ locale: z.string(), text: z.string() });
export type MailPage = z.output<typeof mailPage>;
export const openMail = { params: byId, result: mailPage };
export const retryMail = { params: byId, body: z.strictObject({}), result: mailRow };

/** What other modules enqueue as `channels.mail`. `occasion` makes one mail of several runs; so does the content. */
export const mailOrder = z.strictObject({
  to: z.union([z.email(), z.strictObject({ email: z.email(), name: z.string().nullable().default(null) })]),
  locale: z.string(),
  template: z.string().regex(/^[a-z_.]{1,60}$/),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).default({}),
  occasion: z.string().min(1).max(300).optional(),
});
export type MailOrder = z.output<typeof mailOrder>;
