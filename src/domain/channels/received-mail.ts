import { z } from 'zod';
import { instant } from '../ground/text.ts';

/**
 * A mail as it was read: what a mailbox hands on to the tickets.
 *
 * Everything in it came from outside and may be a lie, `from` first of all. It is contained, not believed: texts hold
 * no NUL, no lone surrogate and no control character, lists and lengths are bounded by `mailLimits`, `html` is cleaned,
 * and `problems` names each thing that was cut or could not be read. The bytes of attachments travel beside it
 * (`attachmentBytes(index)` of `readMail`); the raw mail is kept elsewhere and holds what was cut.
 *
 * Which ticket it belongs to is decided by those who know the tickets: first `thread.token`, then the message ids
 * of `in_reply_to` and `references`, the nearest first. `thread.key` is the one word that a thread's mails share.
 */
export const mailbox = z.strictObject({ name: z.string(), address: z.string() });
export type Mailbox = z.infer<typeof mailbox>;

/** What a mail is: only a `message` opens a ticket or is answered; the others get no answer of ours. */
export const mailKinds = ['message', 'auto_reply', 'bounce', 'own_loop'] as const;
export type MailKind = (typeof mailKinds)[number];

/** (`received_mail.why` in words.) Why a mail is of its kind, of its thread, and why what `visible` leaves out was left out. */
export const mailReasons = [
  'auto_submitted',
  'auto_header',
  'auto_precedence',
  'auto_subject',
  'auto_generated',
  'list_mail',
  'bounce_report',
  'bounce_sender',
  'bounce_words',
  'receipt_report',
  'own_mark',
  'own_message_id',
  'from_own_address',
  'null_return_path',
  'asks_for_silence',
  'token_in_address',
  'token_in_reference',
  'token_in_subject',
  'thread_by_references',
  'thread_by_message_id',
  'quote_outlook',
  'quote_qq',
  'quote_foxmail',
  'quote_netease',
  'quote_dingtalk',
  'quote_gmail',
  'quote_apple',
  'quote_thunderbird',
  'quote_wecom',
  'quote_marks',
  'quote_html',
  'signature',
  'only_quote',
  'forwarded',
  'answers_within_quote',
] as const;
export type MailReason = (typeof mailReasons)[number];

/** What was contained while reading. Each has a sentence under `received_mail.problems`. */
export const mailProblems = [
  'too_large',
  'too_many_parts',
  'nested_too_deep',
  'too_many_attachments',
  'headers_cut',
  'too_many_addresses',
  'subject_cut',
  'text_cut',
  'html_cut',
  'charset_unknown',
  'charset_guessed',
  'undecodable_text',
  'tnef_unreadable',
  'control_characters',
  'no_sender',
  'several_senders',
  'sender_malformed',
  'date_unreadable',
  'not_a_mail',
  'unreadable',
] as const;
export type MailProblem = (typeof mailProblems)[number];

export const attachmentOfMail = z.strictObject({
  /** Without any path; empty when the mail gave none. */
  filename: z.string(),
  content_type: z.string(),
  /** Bytes after decoding. */
  size: z.number().int().min(0),
  sha256: z.string(),
  /** Shown within the text rather than offered for saving. */
  inline: z.boolean(),
  /** Without angle brackets; `html` refers to it as `cid:…`. */
  content_id: z.string().nullable(),
});
export type AttachmentOfMail = z.infer<typeof attachmentOfMail>;

export const bounceOfMail = z.strictObject({
  /** RFC 3463, e.g. `5.1.1`; a first digit of 4 means that the other side still tries. */
  status: z.string().nullable(),
  /** Whom it did not reach. */
  recipient: z.string().nullable(),
  /** The Message-ID of the mail of ours that came back. */
  about_message_id: z.string().nullable(),
});
export type BounceOfMail = z.infer<typeof bounceOfMail>;

export const receivedMail = z.strictObject({
  subject: z.string(),
  from: mailbox.nullable(),
  /** The field of the sender as it was written, where it is no mailbox in proper form and `from` was found within it. */
  from_written: z.string().nullable(),
  reply_to: z.array(mailbox),
  to: z.array(mailbox),
  cc: z.array(mailbox),
  /** What the sender's clock said; null when it could not be read. */
  date: instant.nullable(),
  /** Message ids are without angle brackets throughout. */
  message_id: z.string().nullable(),
  in_reply_to: z.array(z.string()),
  /** The oldest first, as in the header. */
  references: z.array(z.string()),
  /** The whole plain text as it came, quotes and all; empty when the mail has only HTML. */
  text: z.string(),
  /** What the sender wrote anew; all of it when in doubt. Made of `text`, or of the HTML where that is all there is. */
  visible: z.string(),
  html: z.string().nullable(),
  attachments: z.array(attachmentOfMail),
  kind: z.enum(mailKinds),
  bounce: bounceOfMail.nullable(),
  thread: z.strictObject({
    key: z.string().nullable(),
    /** The secret of a ticket's thread, see `thread-token.ts`; null when the mail bears none. */
    token: z.string().nullable(),
    how: z.enum(['token', 'references', 'message_id', 'none']),
  }),
  why: z.array(z.enum(mailReasons)),
  problems: z.array(z.enum(mailProblems)),
});
export type ReceivedMail = z.infer<typeof receivedMail>;

/** What is read at most; what is beyond is left out with a problem, and stands in the raw mail. */
export const mailLimits = {
  raw_bytes: 64 * 1024 * 1024,
  header_bytes: 256 * 1024,
  parts: 1_000,
  depth: 30,
  attachments: 300,
  addresses: 500,
  references: 200,
  subject_chars: 1_000,
  text_chars: 1_000_000,
  html_chars: 2_000_000,
} as const;
