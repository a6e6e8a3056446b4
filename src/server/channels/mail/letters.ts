import type { PortalConversation, PortalMessage, PortalPromise } from '#domain/channels/commands.ts';
import type { Block, Letter, Sender } from './letter.ts';
import type { ContactRecipient, Recipient } from './recipients.ts';
import { textsFor, whenInWords } from './texts.ts';

type Subjects =
  | 'ticket_received'
  | 'ticket_replied'
  | 'ticket_waited'
  | 'ticket_closed'
  | 'promise_made'
  | 'promise_kept'
  | 'promise_moved'
  | 'promise_declined';

export type ForCustomer = {
  to: ContactRecipient;
  sender: Sender;
  publicUrl: string;
  /** Whether it can be answered by mail: then nobody has to sign in for it. */
  answers_arrive: boolean;
};

/** We have it: in their own words, with what happens next and by when. */
export function receiptLetter(about: ForCustomer, question: PortalConversation): Letter {
  const { t, when } = speak(about);
  const words = question.messages[0]?.body ?? question.title;
  return customerLetter(about, 'ticket_received', question.title, [
    { kind: 'text', text: t(question.is_mine ? 'ticket_received.yours' : 'ticket_received.theirs') },
    { kind: 'quote', text: words },
    {
      kind: 'text',
      text: question.next_update_at
        ? t('ticket_received.next_by', { when: when(question.next_update_at) })
        : t('ticket_received.next'),
    },
    ...button(about, 'follow', questionLink(about, question.id)),
  ]);
}

/** Our answer, whole: nobody has to sign in to learn what we say. */
export function answerLetter(
  about: ForCustomer,
  question: PortalConversation,
  message: PortalMessage,
): Letter {
  const { t, when } = speak(about);
  const blocks: Block[] = [
    { kind: 'text', text: t('ticket_replied.says', { name: message.author_name }) },
    { kind: 'quote', text: message.body },
  ];
  if (message.files.length > 0)
    blocks.push({ kind: 'text', text: t('ticket_replied.files', { count: message.files.length }) });
  if (message.next_update_at) {
    const key = message.no_answer_yet ? 'ticket_replied.no_answer_yet' : 'ticket_replied.next_by';
    blocks.push({ kind: 'text', text: t(key, { when: when(message.next_update_at) }) });
  }
  blocks.push(...button(about, 'answer', questionLink(about, question.id)));
  return customerLetter(about, 'ticket_replied', question.title, blocks);
}

/** What we need from them before we can go on. */
export function waitingLetter(about: ForCustomer, question: PortalConversation, needed: string): Letter {
  const { t } = speak(about);
  return customerLetter(about, 'ticket_waited', question.title, [
    { kind: 'text', text: t('ticket_waited.need') },
    { kind: 'quote', text: needed },
    { kind: 'text', text: t('ticket_waited.then') },
    ...button(about, 'answer', questionLink(about, question.id)),
  ]);
}

/** What was done, in words for them, and how to say whether it was good. */
export function closingLetter(about: ForCustomer, question: PortalConversation): Letter {
  const { t } = speak(about);
  return customerLetter(about, 'ticket_closed', question.title, [
    { kind: 'text', text: t('ticket_closed.done') },
    { kind: 'quote', text: question.done_for_customer ?? '' },
    { kind: 'text', text: t(about.to.has_account ? 'ticket_closed.rate' : 'ticket_closed.call') },
    ...button(about, 'rate', questionLink(about, question.id)),
  ]);
}

/** A promise given, kept, moved or given up; the words are the promise's own. */
export function promiseLetter(
  about: ForCustomer,
  what: 'made' | 'kept' | 'moved' | 'declined',
  promise: PortalPromise,
): Letter {
  const { t, when } = speak(about);
  const blocks: Block[] = [
    { kind: 'text', text: t(`promise_${what}.first`) },
    { kind: 'quote', text: promise.words },
  ];
  if ((what === 'made' || what === 'moved') && promise.due_at)
    blocks.push({ kind: 'fact', label: t('due_label'), text: when(promise.due_at) });
  blocks.push({ kind: 'text', text: t(`promise_${what}.last`) });
  const link =
    promise.ticket_id === null ? `${about.publicUrl}/portal` : questionLink(about, promise.ticket_id);
  blocks.push(...button(about, 'follow', link));
  return customerLetter(about, `promise_${what}`, promise.ticket_title ?? promise.words, blocks);
}

/** To a colleague: a ticket is theirs now. */
export function assignedLetter(
  to: Recipient,
  ticket: {
    id: string;
    number: number;
    title: string;
    customer_name: string;
    requester_name: string;
    priority: number;
    next_due_at: string | null;
  },
  by: { name: string | null; publicUrl: string },
): Letter {
  const t = textsFor(to.locale);
  return {
    locale: to.locale,
    subject: t('ticket_assigned.subject', { number: ticket.number, title: ticket.title }),
    greeting: t('colleague_greeting', { name: to.address }),
    blocks: [
      { kind: 'text', text: t('ticket_assigned.first', { by: by.name ?? t('ticket_assigned.somebody') }) },
      { kind: 'fact', label: t('ticket_assigned.title'), text: `#${ticket.number} ${ticket.title}` },
      { kind: 'fact', label: t('ticket_assigned.customer'), text: ticket.customer_name },
      { kind: 'fact', label: t('ticket_assigned.asked_by'), text: ticket.requester_name },
      { kind: 'fact', label: t('ticket_assigned.priority'), text: `P${ticket.priority}` },
      ...(ticket.next_due_at
        ? [
            {
              kind: 'fact' as const,
              label: t('ticket_assigned.due'),
              text: whenInWords(ticket.next_due_at, to),
            },
          ]
        : []),
      { kind: 'button', label: t('ticket_assigned.open'), link: `${by.publicUrl}/tickets/${ticket.id}` },
    ],
    foot: t('ticket_assigned.foot'),
  };
}

function customerLetter(about: ForCustomer, template: Subjects, title: string, blocks: Block[]): Letter {
  const { t } = speak(about);
  return {
    locale: about.to.locale,
    subject: t(`${template}.subject`, { title }),
    greeting: t('greeting', { name: about.to.address }),
    blocks,
    foot: t(footOf(about), { firm: about.sender.name }),
  };
}

function footOf({ to, answers_arrive }: ForCustomer): string {
  if (answers_arrive) return 'foot_answerable';
  return to.has_account ? 'foot' : 'foot_without_account';
}

function speak({ to }: ForCustomer) {
  return { t: textsFor(to.locale), when: (instant: string) => whenInWords(instant, to) };
}

/** A link helps only those who can sign in. */
function button(about: ForCustomer, key: 'follow' | 'answer' | 'rate', link: string): Block[] {
  return about.to.has_account
    ? [{ kind: 'button', label: textsFor(about.to.locale)(`buttons.${key}`), link }]
    : [];
}

function questionLink({ publicUrl }: ForCustomer, id: string): string {
  return `${publicUrl}/portal/questions/${id}`;
}
