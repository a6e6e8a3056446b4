import { sql } from 'kysely';
import type { FoundForContact, FoundThing } from '#domain/search/commands.ts';
import { excerptOf, markAll } from '#domain/search/highlighting.ts';
import type { Query } from '#domain/search/query.ts';
import type { Context } from '../../platform/context.ts';

// In UTF-16 units: two lines at the desk.
const excerptLength = 160;
const longestTitle = 200;

type Row = Omit<FoundThing, 'title' | 'body' | 'customer' | 'ticket' | 'visit'> & {
  title: string;
  body: string;
  customer_id: string;
  customer_name: string;
  ticket_id: string | null;
  ticket_number: number | null;
  ticket_title: string | null;
  visit_id: string | null;
  visit_number: number | null;
};

/** These documents as far as the asker may read them, with what was found in them marked. In the order given. */
export async function showHits(
  ctx: Context,
  { ids, query }: { ids: readonly string[]; query: Query },
): Promise<FoundThing[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`
    select document.id, document.kind, document.subject_id, document.number::int as number, document.state,
      document.happened_at, document.title, document.body, document.audience = 'internal' as is_internal,
      document.customer_id, customers.name as customer_name, tickets.id as ticket_id, tickets.number::int as ticket_number,
      tickets.title as ticket_title, visits.id as visit_id, visits.number::int as visit_number
    from search_documents document
    join customers on customers.id = document.customer_id
    left join tickets on tickets.id = document.ticket_id
    left join visits on visits.id = document.visit_id
    where document.id = any(${ids}::uuid[])`.execute(ctx.db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [shown(row, query)] : [];
  });
}

function shown(row: Row, query: Query): FoundThing {
  const {
    customer_id,
    customer_name,
    ticket_id,
    ticket_number,
    ticket_title,
    visit_id,
    visit_number,
    ...thing
  } = row;
  return {
    ...thing,
    title:
      row.title.length > longestTitle ? excerptOf(row.title, query, longestTitle) : markAll(row.title, query),
    body: excerptOf(row.body, query, excerptLength),
    customer: { id: customer_id, name: customer_name },
    ticket:
      ticket_id && ticket_number ? { id: ticket_id, number: ticket_number, title: ticket_title ?? '' } : null,
    visit: visit_id && visit_number ? { id: visit_id, number: visit_number } : null,
  };
}

/** The same without what is not for a contact. */
export function forContact({
  is_internal: _internal,
  customer: _customer,
  ...thing
}: FoundThing): FoundForContact {
  return thing;
}
