import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#domain/ground/refusal.ts';
import type * as shape from '#domain/search/commands.ts';
import {
  audienceToken,
  customerToken,
  kindToken,
  portalKinds,
  type SearchKind,
  searchKinds,
  stateToken,
} from '#domain/search/document.ts';
import { parseQuery, type Query } from '#domain/search/query.ts';
import { longestQuery } from '#domain/search/query-length.ts';
import type { Context } from '../../platform/context.ts';
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts';
import { findHits, type Hit, type Scope } from './find-hits.ts';
import { forContact, showHits } from './show-hits.ts';

type Asked<S extends { query: z.ZodType }> = { query: z.output<S['query']> };

const suggestions = 10;
const suggestedKinds: SearchKind[] = ['ticket', 'customer', 'site', 'contact', 'asset', 'visit'];
// Stands before everything that was found by words.
const numbered = 1e9;

/** R51: whatever a colleague may read that answers the query, best first. */
export async function findEverything(ctx: Context, { query: asked }: Asked<typeof shape.search>) {
  const query = parseQuery(asked.q);
  const is_cut = asked.q.length > longestQuery;
  const scope = scopeOf(ctx, { kinds: asked.kinds, asked });
  if (!scope) return { items: [], next: null, is_cut };
  const hits = await bestHits(ctx, { query, scope });
  const { ids, next } = cutPage(hits, asked);
  return { items: await showHits(ctx, { ids, query }), next, is_cut };
}

/** What is meant, while it is being typed: things that have a name or a number. */
export async function suggestThings(ctx: Context, { query: asked }: Asked<typeof shape.suggest>) {
  const query = parseQuery(asked.q, { typing: true });
  const scope = scopeOf(ctx, { kinds: suggestedKinds, asked: {} });
  if (!scope) return { items: [] };
  const hits = await bestHits(ctx, { query, scope });
  return { items: await showHits(ctx, { ids: hits.slice(0, suggestions).map(({ id }) => id), query }) };
}

/**
 * What a contact finds: only what is written for their customer, and their own or everybody's by their setting. The
 * candidates are looked up with the app's rights, narrowed here; what is shown is read under row security, which says the
 * same again.
 */
export async function findInPortal(ctx: Context, { query: asked }: Asked<typeof shape.portalSearch>) {
  const { actor } = ctx;
  if (actor.kind !== 'contact') throw new Refusal('not_found', 'ground.not_found');
  const query = parseQuery(asked.q);
  const theirs =
    actor.sees === 'all'
      ? sql`true`
      : sql`(exists (select from tickets where tickets.id = search_documents.ticket_id and requester_id = ${actor.contact_id})
        or kind = 'promise' and exists (select from promises where promises.id = subject_id and to_contact_id = ${actor.contact_id}))`;
  const scope = {
    filters: [portalKinds.map(kindToken), [customerToken(actor.customer_id)], [audienceToken('customer')]],
    where: sql`customer_id = ${actor.customer_id} and audience = 'customer' and kind = any(${[...portalKinds]}::text[]) and ${theirs}`,
  };
  const hits = await ctx.asApp(() => bestHits(ctx, { query, scope }));
  const ids = hits.map(({ id }) => id);
  const { rows } = await sql<{
    id: string;
  }>`select id from search_documents where id = any(${ids}::uuid[])`.execute(ctx.db);
  const visible = new Set(rows.map(({ id }) => id));
  const page = cutPage(
    hits.filter(({ id }) => visible.has(id)),
    asked,
  );
  return {
    items: (await showHits(ctx, { ids: page.ids, query })).map(forContact),
    next: page.next,
    is_cut: asked.q.length > longestQuery,
  };
}

type Filters = {
  customer_id?: string | undefined;
  state?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** The kinds that this colleague may read, or this key of theirs; null when none is left. */
function scopeOf(
  ctx: Context,
  { kinds, asked }: { kinds: SearchKind[] | undefined; asked: Filters },
): Scope | null {
  const { actor } = ctx;
  if (actor.kind !== 'staff') throw new Refusal('not_found', 'ground.not_found');
  const { scopes } = actor;
  const open = searchKinds.filter((kind) => scopes === null || scopes.includes(`${familyOf[kind]}:read`));
  const wanted = kinds && kinds.length > 0 ? open.filter((kind) => kinds.includes(kind)) : open;
  if (wanted.length === 0) return null;
  const filters: string[][] = [];
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (wanted.length < searchKinds.length) {
    filters.push(wanted.map(kindToken));
    conditions.push(sql`kind = any(${wanted}::text[])`);
  }
  if (asked.customer_id) {
    filters.push([customerToken(asked.customer_id)]);
    conditions.push(sql`customer_id = ${asked.customer_id}`);
  }
  if (asked.state) filters.push([stateToken(asked.state)]);
  // Days as the asker counts them.
  const zone = actor.zone;
  if (asked.from) conditions.push(sql`happened_at >= (${asked.from}::date)::timestamp at time zone ${zone}`);
  if (asked.to) conditions.push(sql`happened_at < (${asked.to}::date + 1)::timestamp at time zone ${zone}`);
  return { filters, where: sql.join(conditions, sql` and `) };
}

const familyOf: Record<SearchKind, string> = {
  ticket: 'tickets',
  message: 'tickets',
  customer: 'customers',
  site: 'customers',
  contact: 'customers',
  asset: 'customers',
  promise: 'promises',
  visit: 'visits',
  finding: 'visits',
  log_entry: 'visits',
  wrap_up: 'visits',
  visit_note: 'visits',
};

/** What has the number asked for, then what answers the words. */
async function bestHits(ctx: Context, { query, scope }: { query: Query; scope: Scope }): Promise<Hit[]> {
  const byWords = await findHits(ctx.db, { query, scope, now: ctx.now });
  if (query.number === null) return byWords;
  const { rows } = await sql<{ id: string; subject_id: string }>`
    select id, subject_id from search_documents where number = ${query.number} and audience = 'customer'
      and tokens @@ ${scope.filters.map(anyToken).join(' & ') || "!'='"}::tsquery and ${scope.where}
    order by kind limit 10`.execute(ctx.db);
  const first = rows.map(({ id }, index) => ({ id, score: numbered - index }));
  return [...first, ...byWords.filter(({ id }) => !rows.some((row) => row.id === id))];
}

function anyToken(tokens: readonly string[]): string {
  return `(${tokens.map((token) => `'${token}'`).join(' | ')})`;
}

/** A page by key: what comes after the score and id of the last one shown. */
function cutPage(hits: readonly Hit[], { after, limit }: { after?: string | undefined; limit: number }) {
  let from = 0;
  if (after !== undefined) {
    const [score, id] = decodeCursor(after, ['text', 'id']);
    const at = hits.findIndex((hit) => hit.id === id);
    // Gone since: go on with what is worth less.
    const below = hits.findIndex((hit) => hit.score < Number(score));
    from = at >= 0 ? at + 1 : below >= 0 ? below : hits.length;
  }
  const page = hits.slice(from, from + limit);
  const last = page.at(-1);
  return {
    ids: page.map(({ id }) => id),
    next: last && from + limit < hits.length ? encodeCursor([String(last.score), last.id]) : null,
  };
}
