import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { JobTools, RecordedEvent } from '../../platform/jobs.ts';
import type { Letter } from './letter.ts';
import { postMail } from './outbox.ts';
import { findStaffRecipient, type Recipient } from './recipients.ts';
import { textsFor, whenInWords } from './texts.ts';

type Alarm =
  | 'clock_breached'
  | 'promise_overdue'
  | 'promise_overdue_climbed'
  | 'waiting_climbed'
  | 'scope_owed'
  | 'scope_owed_climbed'
  | 'answer_undelivered';

/** R7: a clock was breached: the one who has the ticket hears it, and the managers. */
export const tellOfBreach = (event: RecordedEvent, tools: JobTools) =>
  tellStaff(event, tools, {
    alarm: 'clock_breached',
    whom: async (ctx) => [textOf(event.data.assignee_id), ...(await listManagers(ctx))],
  });

/** R9: a promise came due unsettled: the one who gave it hears it, and the managers. */
export const tellOfOverdue = (event: RecordedEvent, tools: JobTools) =>
  tellStaff(event, tools, {
    alarm: 'promise_overdue',
    whom: async (ctx) => [textOf(event.data.owner_id), ...(await listManagers(ctx))],
  });

/** R9: a day later it climbs to the account owner. */
export const tellOfOverdueClimbed = (event: RecordedEvent, tools: JobTools) =>
  tellStaff(event, tools, {
    alarm: 'promise_overdue_climbed',
    whom: async (ctx) => [await findAccountOwner(ctx, event.customer_id)],
  });

/** R7: we have waited for the customer for long: our managers hear it; the customer's approver by news.ts. */
export const tellOfLongWaiting = (event: RecordedEvent, tools: JobTools) =>
  tellStaff(event, tools, { alarm: 'waiting_climbed', whom: listManagers });

/** R20: an emergency's scope sheet is still not complete: whoever sent the engineer off hears it. */
export const tellOfScopeOwed = (event: RecordedEvent, tools: JobTools) =>
  tellStaff(event, tools, {
    alarm: 'scope_owed',
    whom: async () => [textOf(event.data.dispatched_by_id)],
  });

/** R20: nor is it a day later: the managers hear it. */
export const tellOfScopeOwedClimbed = (event: RecordedEvent, tools: JobTools) =>
  tellStaff(event, tools, { alarm: 'scope_owed_climbed', whom: listManagers });

/** An answer did not arrive: whoever wrote it thinks that the customer knows. */
export const tellOfUndelivered = (event: RecordedEvent, tools: JobTools) =>
  tellStaff(event, tools, {
    alarm: 'answer_undelivered',
    whom: async (ctx) => [await findAuthor(ctx, event)],
  });

async function tellStaff(
  event: RecordedEvent,
  tools: JobTools,
  news: { alarm: Alarm; whom: (ctx: Context) => Promise<(string | null)[]> },
): Promise<void> {
  await tools.asSystem(async (ctx) => {
    const ticket = await findTicket(ctx, event.context_id ?? event.subject_id);
    if (!ticket) return;
    for (const id of new Set(await news.whom(ctx))) {
      const to = id && (await findStaffRecipient(ctx.db, id));
      if (!to) continue;
      await postMail(ctx, {
        occasion: `${event.name}:${event.id}:${id}`,
        to,
        locale: to.locale,
        template: news.alarm,
        letter: alarmLetter(to, { alarm: news.alarm, ticket, event, publicUrl: tools.settings.publicUrl }),
        ticket: { id: ticket.id, customer_id: ticket.customer_id },
      });
    }
  });
}

type AlarmTicket = NonNullable<Awaited<ReturnType<typeof findTicket>>>;

function alarmLetter(
  to: Recipient,
  about: { alarm: Alarm; ticket: AlarmTicket; event: RecordedEvent; publicUrl: string },
): Letter {
  const t = textsFor(to.locale);
  const { alarm, ticket, event } = about;
  const due = textOf(event.data.due_at);
  const words = textOf(event.data.words) ?? textOf(event.data.waiting_for) ?? textOf(event.data.to);
  const clock = textOf(event.data.clock);
  const missing = Array.isArray(event.data.missing)
    ? event.data.missing.map((party) => t(`alarm.scope_parties.${party}`)).join(t('alarm.and'))
    : null;
  const page = event.subject_kind === 'visit' ? `visits/${event.subject_id}` : `tickets/${ticket.id}`;
  const fact = (label: string, text: string | null) =>
    text === null ? [] : [{ kind: 'fact' as const, label: t(`alarm.${label}`), text }];
  return {
    locale: to.locale,
    subject: t(`${alarm}.subject`, { number: ticket.number, title: ticket.title }),
    greeting: t('colleague_greeting', { name: to.address }),
    blocks: [
      { kind: 'text', text: t(`${alarm}.first`) },
      ...fact('ticket', `#${ticket.number} ${ticket.title}`),
      ...fact('customer', ticket.customer_name),
      ...fact('assignee', ticket.assignee_name),
      ...fact('clock', clock && t(`alarm.clocks.${clock}`)),
      ...fact('words', words),
      ...fact('missing', missing),
      ...fact('due', due && whenInWords(due, to)),
      { kind: 'button', label: t('ticket_assigned.open'), link: `${about.publicUrl}/${page}` },
    ],
    foot: t('ticket_assigned.foot'),
  };
}

function findTicket(ctx: Context, id: string) {
  return ctx.db
    .selectFrom('tickets')
    .innerJoin('customers', 'customers.id', 'tickets.customer_id')
    .leftJoin('users', 'users.id', 'tickets.assignee_id')
    .select([
      'tickets.id',
      'tickets.number',
      'tickets.title',
      'tickets.customer_id',
      'customers.name as customer_name',
      'users.name as assignee_name',
    ])
    .where('tickets.id', '=', id)
    .executeTakeFirst();
}

async function findAuthor(ctx: Context, event: RecordedEvent): Promise<string | null> {
  const id = textOf(event.data.message_id);
  if (!id) return null;
  const message = await ctx.db
    .selectFrom('messages')
    .select('author_id')
    .where('id', '=', id)
    .where('author_kind', '=', 'staff')
    .executeTakeFirst();
  return message?.author_id ?? null;
}

async function listManagers(ctx: Context): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('users')
    .select('id')
    .where('kind', '=', 'staff')
    .where('disabled_at', 'is', null)
    .where(sql<boolean>`'manager' = any(roles)`)
    .limit(20)
    .execute();
  return rows.map((row) => row.id);
}

async function findAccountOwner(ctx: Context, customerId: string | null): Promise<string | null> {
  if (!customerId) return null;
  const row = await ctx.db
    .selectFrom('customers')
    .select('owner_id')
    .where('id', '=', customerId)
    .executeTakeFirst();
  return row?.owner_id ?? null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
