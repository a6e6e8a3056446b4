import type { MailReason, ReceivedMail } from './received-mail.ts';
import { findTokenInAddress, findTokenInMessageId, findTokenInSubject } from './thread-token.ts';

type Threaded = {
  subject: string;
  /** All addresses that it was sent or delivered to. */
  addresses: readonly string[];
  message_id: string | null;
  in_reply_to: readonly string[];
  references: readonly string[];
};

/** The thread a mail belongs to by its own account: the token first, then the first mail it refers to, else itself. */
export function findThread(mail: Threaded): { thread: ReceivedMail['thread']; why: MailReason[] } {
  const referred = [...mail.in_reply_to, ...mail.references.toReversed()];
  const places: [MailReason, string | null][] = [
    ['token_in_address', firstOf(mail.addresses, findTokenInAddress)],
    ['token_in_reference', firstOf(referred, findTokenInMessageId)],
    ['token_in_subject', findTokenInSubject(mail.subject)],
  ];
  for (const [reason, token] of places)
    if (token) return { thread: { key: token, token, how: 'token' }, why: [reason] };
  const root = mail.references[0] ?? mail.in_reply_to[0];
  if (root) return { thread: { key: root, token: null, how: 'references' }, why: ['thread_by_references'] };
  if (mail.message_id)
    return {
      thread: { key: mail.message_id, token: null, how: 'message_id' },
      why: ['thread_by_message_id'],
    };
  return { thread: { key: null, token: null, how: 'none' }, why: [] };
}

function firstOf(texts: readonly string[], find: (text: string) => string | null): string | null {
  for (const text of texts) {
    const found = find(text);
    if (found) return found;
  }
  return null;
}
