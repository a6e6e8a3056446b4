import { sql } from 'kysely';
import type { TicketState } from '#domain/tickets/ticket.ts';
import type { Context } from '../../platform/context.ts';

/** ⌘K: a ticket's number, words of its title, a customer's name. At most eight of each. */
export async function findThings(ctx: Context, { query }: { query: { q: string } }) {
  const pattern = `%${query.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const number = /^#?\d{1,15}$/.test(query.q) ? Number(query.q.replace('#', '')) : null;
  const tickets = await ctx.db
    .selectFrom('tickets')
    .innerJoin('customers', 'customers.id', 'tickets.customer_id')
    .select([
      'tickets.id',
      'tickets.number',
      'tickets.title',
      'tickets.state',
      'customers.name as customer_name',
    ])
    .where((is) =>
      is.or([
        ...(number === null ? [] : [is('tickets.number', '=', number)]),
        is('tickets.title', 'ilike', pattern),
        // The number of the desk it came from, which people go on saying.
        sql<boolean>`lower(tickets.reference) like lower(${pattern.slice(1)})`,
      ]),
    )
    .orderBy(sql`tickets.number = ${number ?? 0}`, 'desc')
    .orderBy('tickets.id', 'desc')
    .limit(8)
    .execute();
  const customers = await ctx.db
    .selectFrom('customers')
    .select(['id', 'name'])
    .where('archived_at', 'is', null)
    .where((is) => is.or([is('name', 'ilike', pattern), is('short_name', 'ilike', pattern)]))
    .orderBy('name')
    .limit(8)
    .execute();
  return { tickets: tickets as ((typeof tickets)[number] & { state: TicketState })[], customers };
}
