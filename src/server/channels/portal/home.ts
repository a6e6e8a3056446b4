import type { PortalDeed, PortalHome } from '#domain/channels/commands.ts';
import type { Context } from '../../platform/context.ts';
import { listKept, listOwed } from './promises.ts';
import { listQuestions } from './questions.ts';
import { contactOf, visibleTickets } from './scope.ts';
import { listComing, listVisitDeeds } from './visits.ts';

// So much fits a first look; each list has its own page for the rest.
const openShown = 20;
const owedShown = 20;
const doneShown = 8;
const sitesOffered = 300;

/** The portal's first page: who they are with us, what is open, what we owe them, what we did lately. */
export async function openHome(ctx: Context): Promise<PortalHome> {
  const contact = contactOf(ctx);
  const me = await ctx.db
    .selectFrom('contacts')
    .innerJoin('customers', 'customers.id', 'contacts.customer_id')
    .select([
      'contacts.name',
      'contacts.form_of_address',
      'contacts.site_id',
      'customers.name as customer_name',
    ])
    .where('contacts.id', '=', contact.contact_id)
    .executeTakeFirstOrThrow();
  const firm = await ctx.db
    .selectFrom('firm')
    .select(['name', 'name_en', 'accent_color', 'contact_phone'])
    .executeTakeFirst();
  const sites = await ctx.db
    .selectFrom('sites')
    .select(['id', 'name'])
    .where('customer_id', '=', contact.customer_id)
    .orderBy('name')
    .limit(sitesOffered)
    .execute();
  const open = await listQuestions(ctx, { query: { state: 'open', limit: openShown } });
  const owed = await listOwed(ctx, { query: { state: 'open', limit: owedShown } });
  return {
    name: me.name,
    form_of_address: me.form_of_address,
    customer_name: me.customer_name,
    firm: firm ?? { name: '', name_en: null, accent_color: '#1f6feb', contact_phone: null },
    sees: contact.sees,
    my_site_id: me.site_id,
    sites,
    open: open.items,
    more_open: open.next !== null,
    coming: await listComing(ctx),
    owed: owed.items,
    done: await listDeeds(ctx),
  };
}

/** R53: what we did for you: closed questions in their words, promises kept, days on site; the latest first. */
async function listDeeds(ctx: Context): Promise<PortalDeed[]> {
  const closed = await visibleTickets(ctx)
    .select(['id', 'title', 'done_for_customer', 'closed_at'])
    .where('state', '=', 'closed')
    // Of what another desk closed it is not always known what was done.
    .where('done_for_customer', 'is not', null)
    .orderBy('closed_at', 'desc')
    .limit(doneShown)
    .execute();
  const kept = await listKept(ctx, doneShown);
  const deeds: PortalDeed[] = [
    ...(await listVisitDeeds(ctx, doneShown)),
    ...closed.map((ticket) => ({
      id: ticket.id,
      kind: 'ticket' as const,
      ticket_id: ticket.id,
      words: ticket.done_for_customer as string,
      title: ticket.title,
      done_at: ticket.closed_at as string,
    })),
    ...kept.map((promise) => ({
      id: promise.id,
      kind: 'promise' as const,
      ticket_id: promise.ticket_id,
      words: promise.words,
      title: promise.ticket_title,
      done_at: promise.settled_at as string,
    })),
  ];
  return deeds.sort((a, b) => (a.done_at < b.done_at ? 1 : -1)).slice(0, doneShown);
}
