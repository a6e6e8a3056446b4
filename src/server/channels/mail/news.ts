import { sql } from 'kysely';
import type { PortalConversation } from '#domain/channels/commands.ts';
import { receiptPauseHours } from '#domain/channels/receiving.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import { isUnknownCustomer } from '../../customers/queries/senders.ts';
import type { Context } from '../../platform/context.ts';
import type { JobTools, RecordedEvent } from '../../platform/jobs.ts';
import { findOwed } from '../portal/promises.ts';
import { openQuestion } from '../portal/questions.ts';
import type { Letter } from './letter.ts';
import {
  answerLetter,
  assignedLetter,
  closingLetter,
  type ForCustomer,
  promiseLetter,
  receiptLetter,
  waitingLetter,
} from './letters.ts';
import { loadSender, postMail } from './outbox.ts';
import {
  type ContactRecipient,
  findContactRecipient,
  findStaffRecipient,
  listApprovers,
  readAs,
} from './recipients.ts';
import { isAnswerable } from './threads.ts';

/** "We have it": to whoever asked, once per ticket, and to whoever wrote by mail not more than once in a while. */
export async function tellOfReceipt(event: RecordedEvent, tools: JobTools): Promise<void> {
  const byMail = event.data.channel === 'mail';
  await tellAboutTicket(event, tools, {
    template: 'ticket_received',
    to: event.contact_id,
    opens_thread: true,
    ...(byMail ? { unless: (ctx, to) => isReceiptTooMuch(ctx, event, to.email) } : {}),
    write: (about, question) => receiptLetter(about, question),
  });
}

export async function tellOfAnswer(event: RecordedEvent, tools: JobTools): Promise<void> {
  await tellAboutTicket(event, tools, {
    template: 'ticket_replied',
    to: event.contact_id,
    about_message_id: typeof event.data.message_id === 'string' ? event.data.message_id : null,
    write: (about, question) => {
      const message = question.messages.find(({ id }) => id === event.data.message_id);
      return message ? answerLetter(about, question, message) : null;
    },
  });
}

/** To the one who was asked, who need not be the one who asked us. */
export async function tellOfWaiting(event: RecordedEvent, tools: JobTools): Promise<void> {
  const needed = event.data.waiting_for;
  await tellAboutTicket(event, tools, {
    template: 'ticket_waited',
    to: typeof event.data.contact_id === 'string' ? event.data.contact_id : event.contact_id,
    write: (about, question) => (typeof needed === 'string' ? waitingLetter(about, question, needed) : null),
  });
}

/** R7: long waiting climbs on the customer's side too: to those who approve there and may see the question. */
export async function tellSuperiorsOfWaiting(event: RecordedEvent, tools: JobTools): Promise<void> {
  const needed = event.data.waiting_for;
  if (typeof needed !== 'string' || !event.customer_id) return;
  for (const to of await listApprovers(tools.db, event.customer_id)) {
    if (to === event.data.waiting_on_contact_id) continue;
    await tellAboutTicket(event, tools, {
      template: 'ticket_waited',
      to,
      write: (about, question) => waitingLetter(about, question, needed),
    });
  }
}

export async function tellOfClosing(event: RecordedEvent, tools: JobTools): Promise<void> {
  await tellAboutTicket(event, tools, {
    template: 'ticket_closed',
    to: event.contact_id,
    // Opened again meanwhile: then there is nothing to tell.
    write: (about, question) => (question.state === 'done' ? closingLetter(about, question) : null),
  });
}

/** To whom it was promised; where that was not said, nobody is told until it is. */
export function tellOfPromise(what: 'made' | 'kept' | 'moved' | 'declined') {
  return async (event: RecordedEvent, tools: JobTools): Promise<void> => {
    const to = event.contact_id && (await findContactRecipient(tools.db, event.contact_id));
    if (!to) return;
    const promise = await readAs(tools, to, (ctx) => findOwed(ctx, event.subject_id));
    if (!promise?.is_mine || (what === 'made' && promise.due_at === null)) return;
    const about = await forCustomer(tools, to, promise.ticket_id);
    await tools.asSystem((ctx) =>
      postMail(ctx, {
        occasion:
          what === 'made' ? `promise.made:${event.subject_id}:${event.contact_id}` : occasionOf(event),
        to,
        locale: to.locale,
        template: `promise_${what}`,
        letter: promiseLetter(about, what, promise),
        ticket: promise.ticket_id ? { id: promise.ticket_id, customer_id: to.actor.customer_id } : null,
        in_conversation: true,
        customer_id: to.actor.customer_id,
      }),
    );
  };
}

/** To the colleague who got the ticket, unless they took it themselves. */
export async function tellOfAssignment(event: RecordedEvent, tools: JobTools): Promise<void> {
  const assignee = event.data.to;
  if (typeof assignee !== 'string' || assignee === event.actor_id) return;
  const to = await findStaffRecipient(tools.db, assignee);
  if (!to) return;
  await tools.asSystem(async (ctx) => {
    const ticket = await findAssigned(ctx, event.subject_id, assignee);
    if (!ticket) return;
    await postMail(ctx, {
      occasion: occasionOf(event, assignee),
      to,
      locale: to.locale,
      template: 'ticket_assigned',
      letter: assignedLetter(to, ticket, {
        name: ticket.assigned_by_name,
        publicUrl: tools.settings.publicUrl,
      }),
      ticket: { id: event.subject_id, customer_id: ticket.customer_id },
    });
  });

  function findAssigned(ctx: Context, ticketId: string, userId: string) {
    return ctx.db
      .selectFrom('tickets')
      .innerJoin('customers', 'customers.id', 'tickets.customer_id')
      .innerJoin('contacts', 'contacts.id', 'tickets.requester_id')
      .leftJoin('users as assigner', (join) => join.on('assigner.id', '=', event.actor_id))
      .select([
        'tickets.id',
        'tickets.number',
        'tickets.title',
        'tickets.customer_id',
        'customers.name as customer_name',
        'contacts.name as requester_name',
        'tickets.priority',
        'tickets.next_due_at',
        'assigner.name as assigned_by_name',
      ])
      .where('tickets.id', '=', ticketId)
      .where('tickets.assignee_id', '=', userId)
      .executeTakeFirst();
  }
}

/** Reads the ticket as its recipient would see it, writes the letter from that alone, and posts it. */
async function tellAboutTicket(
  event: RecordedEvent,
  tools: JobTools,
  news: {
    template: string;
    to: string | null;
    opens_thread?: boolean;
    about_message_id?: string | null;
    /** Asked last of all, in the transaction in which the mail is written. */
    unless?: (ctx: Context, to: ContactRecipient) => Promise<boolean>;
    write: (about: ForCustomer, question: PortalConversation) => Letter | null;
  },
): Promise<void> {
  const to = news.to && (await findContactRecipient(tools.db, news.to));
  if (!to) return;
  const question = await readAs(tools, to, (ctx) =>
    openQuestion(ctx, { params: { id: event.subject_id } }).catch(unlessInvisible),
  );
  const letter = question && news.write(await forCustomer(tools, to, event.subject_id), question);
  if (!letter) return;
  await tools.asSystem(async (ctx) => {
    if (await news.unless?.(ctx, to)) return;
    await postMail(ctx, {
      occasion: occasionOf(event, news.to),
      to,
      locale: to.locale,
      template: news.template,
      letter,
      ticket: { id: event.subject_id, customer_id: to.actor.customer_id },
      opens_thread: news.opens_thread ?? false,
      in_conversation: true,
      about_message_id: news.about_message_id ?? null,
    });
  });
}

/**
 * Answers that no person wrote: none to a sender whom nobody knows (whose address that is, they say themselves), none
 * to a program, a list or somebody who asks for none, none where the mailbox gives none, and one in 24 hours, so that
 * two programs which answer each other fall silent.
 */
async function isReceiptTooMuch(ctx: Context, event: RecordedEvent, email: string): Promise<boolean> {
  if (!event.customer_id || (await isUnknownCustomer(ctx.db, event.customer_id))) return true;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`receipt ${email.toLowerCase()}`}, 0))`.execute(
    ctx.db,
  );
  const { rows } = await sql`select from mails where lower(to_email) = ${email.toLowerCase()}
      and template = 'ticket_received' and created_at > now() - make_interval(hours => ${receiptPauseHours})
    union all select from ticket_threads join mailboxes on mailboxes.id = ticket_threads.mailbox_id
      where ticket_threads.ticket_id = ${event.subject_id} and not mailboxes.sends_receipts
    union all select from received_mails where ticket_id = ${event.subject_id} and outcome = 'ticket' and wants_no_answer
    limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/** What somebody may not see is not written to them, and is no failure either. */
function unlessInvisible(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

async function forCustomer(
  tools: JobTools,
  to: ContactRecipient,
  ticketId: string | null,
): Promise<ForCustomer> {
  return {
    to,
    sender: await loadSender(tools.db, to.locale),
    publicUrl: tools.settings.publicUrl,
    answers_arrive: ticketId !== null && (await isAnswerable(tools.db, ticketId)),
  };
}

function occasionOf(event: RecordedEvent, to: string | null = event.contact_id): string {
  return `${event.name}:${event.id}:${to}`;
}
