import type { HeaderOf } from './auto-replies.ts';
import type { BounceOfMail, Mailbox, MailReason } from './received-mail.ts';

/** What of a mail says whether it is a bounce. Texts are what they are; only their beginning is looked at. */
export type Returned = {
  header: HeaderOf;
  from: Mailbox | null;
  subject: string;
  /** Type and `report-type` of the whole mail. */
  report: string | null;
  /** The text of its message/delivery-status part (RFC 3464), where it has one. */
  status_text: string | null;
  text: string;
  /** The Message-ID of a mail that is attached to it. */
  attached_message_id: string | null;
};

const daemon = /^(?:mailer-?daemon|mail-?daemon|mdaemon|mailer_daemon|maildaemon|mailsystem|mail-delivery)@/i;
const postmaster =
  /^(?:postmaster|microsoftexchange[0-9a-f]{8,40}|noreply-dmarc|system|admin-bounce)(?:@|$)/i;
const words =
  /^(?:(?:undeliver(?:able|ed)|delivery status notification|delivery (?:has )?failed|delivery failure|failure notice|mail delivery (?:failed|failure|system)|mail system error|returned mail|message not delivered|non[- ]?delivery|warning: could not send|delayed mail|系统退信|退信|邮件退回|退件|未送达|未传递|无法送达|无法投递|投递失败|发送失败|邮件投递失败|邮件发送失败|邮件被退回|未传递的邮件|无法传递|傳送失敗|退回的郵件)|.{0,30}(?:的?退信(?:通知|$)|投递失败通知|系统退信))/i;

/** Why a mail is a bounce (`bounce_…`) or a receipt that something arrived or was read, or null. */
export function findBounce(mail: Returned): MailReason | null {
  if (mail.report === 'disposition-notification') return 'receipt_report';
  if (mail.report === 'delivery-status' || mail.status_text !== null)
    return /^Action:\s*(?:delivered|relayed|expanded)\s*$/im.test(mail.status_text?.slice(0, 20_000) ?? '')
      ? 'receipt_report'
      : 'bounce_report';
  if (mail.header('x-failed-recipients').length > 0 || mail.header('x-ms-exchange-message-is-ndr').length > 0)
    return 'bounce_report';
  const address = mail.from?.address ?? '';
  if (daemon.test(address)) return 'bounce_sender';
  const fromNobody = mail.header('return-path').some((path) => /^<\s*>$/.test(path.trim()));
  if (words.test(mail.subject.slice(0, 200).trim()) && (fromNobody || postmaster.test(address)))
    return 'bounce_words';
  return null;
}

/** Whom it did not reach, why, and which mail of ours it was. Null where the bounce does not say. */
export function readBounce(mail: Returned): BounceOfMail {
  const report = (mail.status_text ?? '').slice(0, 20_000);
  const text = mail.text.slice(0, 20_000);
  return {
    status:
      /^Status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(report)?.[1] ??
      /(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text)?.[1] ??
      asEnhanced(/(?:^|[^\d.])([45]\d\d)[ -](?=\D)/.exec(text)?.[1]),
    recipient:
      addressIn(/^(?:Final|Original)-Recipient:([^\r\n]{1,400})/im.exec(report)?.[1]) ??
      addressIn(mail.header('x-failed-recipients')[0]) ??
      addressIn(
        /(?:收件人|收件者|邮件地址|recipients?|address)([^\r\n]{0,200}(?:\r?\n[^\r\n]{0,200})?)/i.exec(
          text,
        )?.[1],
      ) ??
      addressIn(/<([^<>\s]{3,200})>/.exec(text)?.[1]),
    about_message_id:
      mail.attached_message_id ??
      /(?:^|\n)\s*Message-ID:\s*<([^<>\s]{3,300})>/i.exec(text)?.[1] ??
      idIn(mail.header('in-reply-to')[0]) ??
      idIn(mail.header('references').at(-1)),
  };
}

function asEnhanced(code: string | undefined): string | null {
  return code ? `${code[0]}.0.0` : null;
}

function addressIn(text: string | undefined): string | null {
  return (
    /[^\s<>()[\]:;,"'：，；“”]{1,100}@[a-z0-9.-]{1,200}[a-z0-9]/i.exec(text?.slice(0, 500) ?? '')?.[0] ?? null
  );
}

function idIn(text: string | undefined): string | null {
  return /<([^<>\s]{3,300})>/.exec(text?.slice(-2_000) ?? '')?.[1] ?? null;
}
