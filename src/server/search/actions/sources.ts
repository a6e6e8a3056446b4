import { type RawBuilder, sql } from 'kysely';
import type { SearchDocument } from '#domain/search/document.ts';

/** The things that are indexed one by one; what stands in a visit is indexed with the visit. */
export const sourceKinds = [
  'customer',
  'site',
  'contact',
  'asset',
  'ticket',
  'message',
  'promise',
  'visit',
] as const;
export type SourceKind = (typeof sourceKinds)[number];

const lines = (...columns: string[]) =>
  sql.raw(`concat_ws(E'\\n', ${columns.map((name) => `nullif(${name}, '')`).join(', ')})`);
const nowhere = sql.raw('null::uuid as ticket_id, null::uuid as visit_id, null::bigint as number');
const inTicket = sql.raw('ticket_id, null::uuid as visit_id, null::bigint as number, null as state');
const inVisit = sql.raw(
  'visits.ticket_id, visits.id as visit_id, null::bigint as number, null as state, part.happened_at',
);
const ofVisit = (audience: 'customer' | 'internal') =>
  sql.raw(`part.id as subject_id, '${audience}' as audience, part.customer_id`);

/** What a contact may read is what the portal's column grants give (0004 to 0008); all else is internal. */
const documents: Record<SourceKind, (ids: readonly string[]) => RawBuilder<SearchDocument>> = {
  customer: (ids) => sql`
    select 'customer' as kind, id as subject_id, 'internal' as audience, id as customer_id, ${nowhere},
      case when archived_at is null then 'active' else 'archived' end as state, created_at as happened_at,
      name as title, ${lines('short_name', 'trade', 'notes')} as body
    from customers where id = any(${ids}::uuid[]) and stands_for is null`,
  site: (ids) => sql`
    select 'site' as kind, id as subject_id, 'internal' as audience, customer_id, ${nowhere}, null as state,
      created_at as happened_at, name as title, ${lines('address', 'city')} as body
    from sites where id = any(${ids}::uuid[])`,
  contact: (ids) => sql`
    select 'contact' as kind, id as subject_id, 'internal' as audience, customer_id, ${nowhere},
      case when left_at is null then 'active' else 'left' end as state, created_at as happened_at,
      name as title, ${lines('form_of_address', 'title', 'phone', 'email')} as body
    from contacts where id = any(${ids}::uuid[])`,
  asset: (ids) => sql`
    select 'asset' as kind, id as subject_id, 'internal' as audience, customer_id, ${nowhere},
      case when retired_at is null then 'active' else 'retired' end as state, created_at as happened_at,
      name as title, ${lines('serial', 'model', 'kind', 'version', 'notes')} as body
    from assets where id = any(${ids}::uuid[])`,
  ticket: (ids) => sql`
    select 'ticket' as kind, id as subject_id, 'customer' as audience, customer_id, id as ticket_id,
      null::uuid as visit_id, number, state, created_at as happened_at, title,
      ${lines('customer_words', 'waiting_for', 'done_for_customer')} as body
    from tickets where id = any(${ids}::uuid[])
    union all select 'ticket', id, 'internal', customer_id, id, null, number, state, created_at, '', reference
    from tickets where id = any(${ids}::uuid[]) and reference is not null`,
  message: (ids) => sql`
    select 'message' as kind, id as subject_id, voice as audience, customer_id, ${inTicket}, happened_at,
      author_name as title, body
    from messages where id = any(${ids}::uuid[])`,
  promise: (ids) => sql`
    select 'promise' as kind, id as subject_id, 'customer' as audience, customer_id, subject_id as ticket_id,
      visit_id, null::bigint as number, state, created_at as happened_at, '' as title, words as body
    from promises where id = any(${ids}::uuid[])
    union all select 'promise', id, 'internal', customer_id, subject_id, visit_id, null, state, created_at, '',
      ${lines('decline_reason', 'told_note')}
    from promises where id = any(${ids}::uuid[])`,
  visit: (ids) => sql`
    select 'visit' as kind, id as subject_id, 'customer' as audience, customer_id, ticket_id, id as visit_id, number,
      state, planned_from as happened_at, '' as title, ${lines('goal', 'done_when', 'not_today')} as body
    from visits where id = any(${ids}::uuid[])
    union all select 'visit', id, 'internal', customer_id, ticket_id, id, number, state, planned_from, '',
      ${lines(
        ...['need', 'expectations', 'cooperation', 'plan', 'cautions'].map(
          (field) => `kick_off->>'${field}'`,
        ),
        ...['sales', 'customer', 'interface'].flatMap((party) =>
          ['what', 'verification'].map((field) => `scope_${party}->>'${field}'`),
        ),
        ...['override_reason', 'cancel_reason', 'no_wrap_up_reason'],
      )}
    from visits where id = any(${ids}::uuid[])
    union all select 'finding', ${ofVisit('customer')}, ${inVisit}, '', ${lines('what', 'advice')}
    from visit_findings part join visits on visits.id = part.visit_id where part.visit_id = any(${ids}::uuid[])
    union all select 'finding', ${ofVisit('internal')}, ${inVisit}, '',
      ${lines('standard', 'evidence', 'cheaper_advice', 'obstacle', 'reaction_words')}
    from visit_findings part join visits on visits.id = part.visit_id where part.visit_id = any(${ids}::uuid[])
    union all select 'log_entry', ${ofVisit('customer')}, ${inVisit}, '', btrim(part.customer_line)
    from visit_log_entries part join visits on visits.id = part.visit_id where part.visit_id = any(${ids}::uuid[])
    union all select 'log_entry', ${ofVisit('internal')}, ${inVisit}, '', ${lines('part.line', 'part.waiting_for')}
    from visit_log_entries part join visits on visits.id = part.visit_id where part.visit_id = any(${ids}::uuid[])
    union all select 'wrap_up', ${ofVisit('internal')}, ${inVisit}, '',
      ${lines('rested_on', 'problems', 'advice', 'support_needed', 'tomorrow', 'reaction')}
    from visit_wrap_ups part join visits on visits.id = part.visit_id where part.visit_id = any(${ids}::uuid[])
    union all select 'visit_note', ${ofVisit('internal')}, ${inVisit}, part.done_by_name, part.body
    from visit_notes part join visits on visits.id = part.visit_id where part.visit_id = any(${ids}::uuid[])`,
};

/**
 * The documents of these things as they are now; nothing for things that are gone, and no empty ones. With `only`, those of
 * them that are about one of these: a visit, or something that stands in it.
 */
export function documentsOf(
  kind: SourceKind,
  ids: readonly string[],
  only?: readonly string[],
): RawBuilder<SearchDocument> {
  const about = only ? sql`subject_id = any(${only}::uuid[])` : sql`true`;
  return sql<SearchDocument>`
    select * from (${documents[kind](ids)}) document where (title <> '' or body <> '') and ${about}`;
}
