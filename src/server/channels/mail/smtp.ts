import { createTransport } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import type { MailFailure } from '#domain/channels/mail.ts';
import { ownMarkHeader } from '#domain/channels/own-mail.ts';
import type { Place } from '../mailboxes/connecting.ts';

export type Outgoing = {
  to_email: string;
  to_name: string | null;
  subject: string;
  text: string;
  html: string;
  message_id: string;
  thread_id: string | null;
  in_reply_to: string | null;
  refers_to: string[];
  from: { name: string; address: string };
  /** Where answers go when that is not the sender's address. */
  reply_to: string | null;
  /** Whether a person wrote what is in it; programs then may answer "I am on holiday". */
  automatic: false | 'auto-generated' | 'auto-replied';
  /** By which the desk knows its own mail again. */
  mark: string;
};

export type Sent = { failure: null } | { failure: MailFailure; words: string };

/** Hands one mail to a mail server. Says what came of it; throws only for bugs of ours. */
export async function sendBySmtp(line: SMTPTransport.Options, mail: Outgoing): Promise<Sent> {
  const transport = createTransport(line);
  const { automatic } = mail;
  const thread = mail.thread_id && mail.thread_id !== mail.message_id ? mail.thread_id : null;
  const references = mail.refers_to.length > 0 ? mail.refers_to : thread ? [thread] : [];
  const inReplyTo = mail.in_reply_to ?? thread;
  try {
    await transport.sendMail({
      from: mail.from,
      to: { address: mail.to_email, name: mail.to_name ?? '' },
      ...(mail.reply_to ? { replyTo: mail.reply_to } : {}),
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: mail.message_id,
      ...(references.length > 0 ? { references } : {}),
      ...(inReplyTo ? { inReplyTo } : {}),
      headers: {
        [ownMarkHeader]: mail.mark,
        ...(automatic
          ? { 'Auto-Submitted': automatic, 'X-Auto-Response-Suppress': 'All' }
          : { 'X-Auto-Response-Suppress': 'OOF, AutoReply' }),
      },
      xMailer: false,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return { failure: null };
  } catch (error) {
    return explain(error as SmtpError);
  } finally {
    transport.close();
  }
}

/** Signs in at a mail server and goes away again. Throws what stood in the way. */
export async function greetSmtp(line: SMTPTransport.Options): Promise<void> {
  const transport = createTransport(line);
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

type SmtpError = Error & { code?: string; responseCode?: number; response?: string; command?: string };

// What a mail server needs more than this for, it will not do.
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** The way to a mailbox's own mail server: encrypted, unless it was said otherwise. */
export function lineTo(place: Place, publicUrl: string): SMTPTransport.Options {
  return {
    host: place.host,
    port: place.port,
    secure: place.security === 'tls',
    ...(place.security === 'starttls' ? { requireTLS: true } : {}),
    ...(place.security === 'plain' ? { ignoreTLS: true } : {}),
    ...(place.user ? { auth: { user: place.user, pass: place.password ?? '' } } : {}),
    name: new URL(publicUrl).hostname,
    ...patience,
  };
}

/** The way to the mail server of the settings, `SMTP_URL`. */
export function defaultLine(url: string, publicUrl: string): SMTPTransport.Options {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const secure = protocol === 'smtps:';
  return {
    host: hostname,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    // For servers within the house that present a certificate of their own making.
    ...(searchParams.get('tls.rejectUnauthorized') === 'false' ? { tls: { rejectUnauthorized: false } } : {}),
    ...(searchParams.get('ignoreTLS') === 'true' ? { ignoreTLS: true } : {}),
    name: new URL(publicUrl).hostname,
    ...patience,
  };
}

/** `SMTP_FROM` is an address, or a name with the address in angle brackets; without a name it is the firm's. */
export function fromOf(setting: string, firmName: string): { name: string; address: string } {
  const found = /^\s*"?([^"<]*?)"?\s*<([^<>\s]+)>\s*$/.exec(setting);
  return found
    ? { name: found[1] || firmName, address: found[2] as string }
    : { name: firmName, address: setting.trim() };
}

function explain(error: SmtpError): Sent {
  const words = (error.response ?? error.message).replace(/\s+/g, ' ').slice(0, 1_000);
  return { failure: failureOf(error), words };
}

function failureOf({ code, responseCode, message }: SmtpError): MailFailure {
  if (code === 'EAUTH') return 'sign_in_refused';
  if (code === 'ETIMEDOUT' || /timeout/i.test(message)) return 'timed_out';
  if (responseCode !== undefined) {
    // The greeting may say "come back later" or "you never": both are about the server, not about this mail.
    return responseCode >= 500 ? 'refused' : 'put_off';
  }
  if (['ECONNECTION', 'ESOCKET', 'EDNS', 'ECONNREFUSED', 'ETLS', 'EPROTOCOL'].includes(code ?? ''))
    return 'unreachable';
  return 'other';
}
