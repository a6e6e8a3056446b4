import { createTransport } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import type { MailFailure } from '#domain/channels/mail.ts';
import type { Settings } from '../../platform/settings.ts';

export type Outgoing = {
  to_email: string;
  to_name: string | null;
  subject: string;
  text: string;
  html: string;
  message_id: string;
  thread_id: string | null;
  sender_name: string;
  /** Whether a person wrote what is in it; programs then may answer "I am on holiday". */
  automatic: boolean;
};

export type Sent = { failure: null } | { failure: MailFailure; words: string };

/** Hands one mail to the mail server. Says what came of it; throws only for bugs of ours. */
export async function sendBySmtp(settings: Settings, mail: Outgoing): Promise<Sent> {
  if (!settings.smtp) throw new Error('there is no mail server to send by');
  const transport = createTransport(transportOptions(settings.smtp.url, settings.publicUrl));
  try {
    await transport.sendMail({
      from: fromOf(settings.smtp.from, mail.sender_name),
      to: { address: mail.to_email, name: mail.to_name ?? '' },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: mail.message_id,
      ...(mail.thread_id && mail.thread_id !== mail.message_id
        ? { references: [mail.thread_id], inReplyTo: mail.thread_id }
        : {}),
      headers: mail.automatic
        ? { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
        : { 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
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

type SmtpError = Error & { code?: string; responseCode?: number; response?: string; command?: string };

function transportOptions(url: string, publicUrl: string): SMTPTransport.Options {
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
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  };
}

/** `SMTP_FROM` is an address, or a name with the address in angle brackets; without a name it is the firm's. */
function fromOf(setting: string, firmName: string): { name: string; address: string } {
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
