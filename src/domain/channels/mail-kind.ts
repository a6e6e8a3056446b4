import { asksForSilence, findAutoReply, isFromList } from './auto-replies.ts';
import { findBounce, type Returned } from './bounces.ts';
import { isOwnAddress, isOwnMessageId, type OwnDesk, ownMarkHeader } from './own-mail.ts';
import type { MailKind, MailReason } from './received-mail.ts';

/** What a mail is, and why. What this desk sent itself goes first: it must never be answered, whatever else it is. */
export function judgeKind(
  mail: Returned & { message_id: string | null },
  desk: OwnDesk,
): { kind: MailKind; why: MailReason[] } {
  const { header, from } = mail;
  if (desk.mark !== null && header(ownMarkHeader.toLowerCase()).some((mark) => mark.trim() === desk.mark))
    return { kind: 'own_loop', why: ['own_mark'] };
  if (mail.message_id !== null && isOwnMessageId(mail.message_id, desk))
    return { kind: 'own_loop', why: ['own_message_id'] };
  const bounce = findBounce(mail);
  if (bounce) return { kind: bounce === 'receipt_report' ? 'auto_reply' : 'bounce', why: [bounce] };
  const auto = findAutoReply(header, mail.subject);
  if (auto) return { kind: 'auto_reply', why: [auto] };
  // Nobody to answer to: RFC 3834 asks programs that answer to send so.
  if (header('return-path').some((path) => /^<\s*>$/.test(path.trim())))
    return { kind: 'auto_reply', why: ['null_return_path'] };
  const why: MailReason[] = [];
  if (isFromList(header)) why.push('list_mail');
  if (asksForSilence(header)) why.push('asks_for_silence');
  // A form on the firm's website writes so on behalf of customers.
  if (from && isOwnAddress(from.address, desk)) why.push('from_own_address');
  return { kind: 'message', why };
}
