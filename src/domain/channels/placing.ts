import type { AfterClosing } from './mailbox.ts';
import type { MailKind } from './received-mail.ts';

/** Who wrote, as far as we know: one of a customer's people, one by the customer's mail domain, or nobody we know. */
export type SenderStanding =
  | { kind: 'contact'; customer_id: string; contact_id: string }
  | { kind: 'domain'; customer_id: string }
  | { kind: 'dismissed' }
  | { kind: 'unknown' };

/** The ticket that a mail says it belongs to, and what that rests on. */
export type ClaimedTicket = {
  ticket_id: string;
  customer_id: string;
  is_closed: boolean;
  /** A token or a Message-ID was in mails that only participants have; a number anybody can guess. */
  by: 'token' | 'reference' | 'number';
  /** The customer's own people had the sender among the recipients of this thread. */
  is_participant: boolean;
  /** The sender wrote this ticket's earlier mails, being nobody's customer yet. */
  is_own: boolean;
};

export type Placing =
  | { act: 'join'; ticket_id: string; reopens: boolean }
  /** A new ticket of a customer; `follows` is the closed one that it goes on from. */
  | { act: 'open'; customer_id: string; follows: string | null; claims: string | null }
  /** A new ticket of somebody not yet known, who waits for a decision. */
  | { act: 'wait'; claims: string | null }
  | { act: 'set_aside' }
  /** No ticket and no answer: a program wrote it, or we did. */
  | { act: 'note'; ticket_id: string | null };

/**
 * Where a mail belongs. What it says of itself is believed only as far as its sender's standing reaches: who knows a
 * thread's secret but is neither of that customer nor brought in by it may not read or change the ticket, and gets
 * one of their own; a bare number counts for the ticket's customer alone.
 */
export function placeMail(mail: {
  kind: MailKind;
  sender: SenderStanding;
  claimed: ClaimedTicket | null;
  after_closing: AfterClosing;
}): Placing {
  const { kind, sender, claimed } = mail;
  const belongs = claimed !== null && mayJoin(sender, claimed);
  if (kind !== 'message') return { act: 'note', ticket_id: belongs ? claimed.ticket_id : null };
  if (sender.kind === 'dismissed' && !belongs) return { act: 'set_aside' };
  if (belongs && (!claimed.is_closed || mail.after_closing === 'reopen'))
    return { act: 'join', ticket_id: claimed.ticket_id, reopens: claimed.is_closed };
  const claims = claimed && !belongs ? claimed.ticket_id : null;
  if (sender.kind === 'contact' || sender.kind === 'domain') {
    const follows = belongs && claimed.customer_id === sender.customer_id ? claimed.ticket_id : null;
    return { act: 'open', customer_id: sender.customer_id, follows, claims };
  }
  return { act: 'wait', claims };
}

function mayJoin(sender: SenderStanding, claimed: ClaimedTicket): boolean {
  if ((sender.kind === 'contact' || sender.kind === 'domain') && sender.customer_id === claimed.customer_id)
    return true;
  return claimed.by !== 'number' && (claimed.is_participant || claimed.is_own);
}
