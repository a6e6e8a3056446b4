import { sql } from 'kysely';
import type { TicketState } from '#domain/tickets/ticket.ts';
import type { TodayCard, Visit } from '#domain/visits/visit.ts';
import type { Context } from '../../platform/context.ts';

/** A visit as acts change it, with what they need to know beside it. */
export type VisitRecord = {
  visit: Visit;
  ticket: { id: string; customer_id: string; requester_id: string; state: TicketState };
  /** Whether the visit is or ever was this actor's. */
  was_theirs: boolean;
};

type Row = Omit<Visit, 'today_confirmed' | 'dispatched' | 'cancelled'> & {
  /** The version that the parts beside it belong to. */
  seen_version: number;
  was_theirs: boolean;
  requester_id: string;
  ticket_state: TicketState;
  today_confirmed_at: string | null;
  today_confirmed_contact_id: string | null;
  today_confirmed_name: string | null;
  today_confirmed_read: TodayCard | null;
  dispatched_at: string | null;
  dispatched_by_id: string | null;
  dispatched_by_name: string | null;
  overridden: string[];
  override_reason: string | null;
  cancelled_at: string | null;
  cancelled_by_id: string | null;
  cancelled_by_name: string | null;
  cancel_reason: string | null;
};

// JSON made inside PostgreSQL spells instants its own way.
const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
const who = sql`part.done_by_id as by_id, part.done_by_name as by_name, ${iso('part.happened_at')} as at`;

/**
 * Everything of one visit in one statement: a phone that comes home sends hundreds of acts. What was signed is long, and no
 * act looks at it again: `signed` false leaves texts and strokes empty.
 */
const record = (ctx: Context, id: string, signed: boolean) => sql<Row>`
  select visits.id, visits.number, visits.version, visits.ticket_id, visits.customer_id, visits.site_id,
    visits.engineer_id, engineer.name as engineer_name, visits.kind, visits.is_emergency, visits.emergency_reason,
    visits.state, visits.last_changed,
    visits.planned_from, visits.planned_to, visits.goal, visits.done_when, visits.not_today,
    visits.interface_contact_id, to_json(visits.signer_ids) as signer_ids,
    visits.today_confirmed_at, visits.today_confirmed_contact_id, visits.today_confirmed_name,
    visits.today_confirmed_read,
    visits.scope_sales, visits.scope_customer, visits.scope_interface,
    visits.dispatched_at, visits.dispatched_by_id, visits.dispatched_by_name, visits.overridden, visits.override_reason,
    visits.days, visits.departed_at, visits.arrived_at, visits.started_at, visits.left_at, visits.no_wrap_up_reason,
    visits.cancelled_at, visits.cancelled_by_id, visits.cancelled_by_name, visits.cancel_reason, visits.kick_off,
    tickets.requester_id, tickets.state as ticket_state,
    (select seen.version from visits seen where seen.id = visits.id) as seen_version,
    exists (select from visit_assignments had where had.visit_id = visits.id and had.engineer_id = ${ctx.actor.id}::uuid)
      as was_theirs,
    (select coalesce(json_agg(each order by each.item), '[]') from (
      select part.item, part.state, part.reason, ${who} from visit_readiness part
      where part.visit_id = visits.id) each) as readiness,
    (select coalesce(json_agg(each order by each.started_at, each.id), '[]') from (
      select part.id, part.kind, ${iso('part.started_at')} as started_at, ${iso('part.ended_at')} as ended_at, part.line,
        part.customer_line, part.waiting_for, part.waiting_on_contact_id, part.photos, ${who}
      from visit_log_entries part where part.visit_id = visits.id) each) as log,
    (select coalesce(json_agg(each order by each.id), '[]') from (
      select part.id, part.what, part.risk, part.standard, part.evidence, part.advice, part.cheaper_advice, part.obstacle,
        part.reaction, part.reaction_words, part.photos, ${who}
      from visit_findings part where part.visit_id = visits.id) each) as findings,
    (select coalesce(json_agg(each order by each.id), '[]') from (
      select part.id, part.words, part.to_contact_id, part.owner_id, ${iso('part.due_at')} as due_at, part.state
      from promises part where part.visit_id = visits.id) each) as promises,
    (select coalesce(json_agg(each order by each.id), '[]') from (
      select part.id, part.rested_on, part.problems, part.advice, part.support_needed, part.tomorrow, part.reaction,
        part.promised_today, part.minutes, ${who}
      from visit_wrap_ups part where part.visit_id = visits.id) each) as wrap_ups,
    (select coalesce(json_agg(each order by each.id), '[]') from (
      select part.id, part.contact_id, part.name, part.role, ${sql.raw(signed ? 'part.strokes, part.shown' : "'[]'::json as strokes, '' as shown")},
        part.shown_sha256, part.as_shown,
        ${who}
      from visit_signatures part where part.visit_id = visits.id) each) as signatures,
    (select coalesce(json_agg(each order by each.id), '[]') from (
      select part.id, part.body, part.photos, ${who} from visit_notes part where part.visit_id = visits.id) each) as notes,
    (select coalesce(json_agg(json_build_object('id', part.key, 'field', part.field, 'based_on', part.based_on,
        'theirs', part.theirs, 'mine', part.mine, 'by_id', part.done_by_id, 'by_name', part.done_by_name,
        'at', ${iso('part.happened_at')}, 'settled', case when part.settled_keep is not null then json_build_object(
          'keep', part.settled_keep, 'by_id', part.settled_by_id, 'by_name', part.settled_by_name,
          'at', ${iso('part.settled_at')}) end) order by part.id), '[]')
      from visit_clashes part where part.visit_id = visits.id) as clashes
  from visits
    join tickets on tickets.id = visits.ticket_id
    join users engineer on engineer.id = visits.engineer_id
  where visits.id = ${id}`;

/** The visit, or undefined. */
export async function findVisit(ctx: Context, id: string): Promise<VisitRecord | undefined> {
  const { rows } = await record(ctx, id, true).execute(ctx.db);
  return rows[0] && recordOf(rows[0]);
}

/**
 * The visit with its row locked, for an act; signatures without what was signed. Who had to wait for the lock gets the row as
 * it is now, but beside it the parts of before; and no row at all where it was given to a colleague meanwhile, as PostgreSQL
 * holds it against the engineer of before. Then it is read once more, under the lock.
 */
export async function lockVisit(ctx: Context, id: string): Promise<VisitRecord | undefined> {
  const read = async () =>
    (await sql<Row>`${record(ctx, id, false)} for update of visits`.execute(ctx.db)).rows[0];
  const row = await read();
  const whole = row && row.version === row.seen_version ? row : await read();
  return whole && recordOf(whole);
}

function recordOf(row: Row): VisitRecord {
  const { seen_version, was_theirs, requester_id, ticket_state, ...rest } = row;
  const {
    today_confirmed_at,
    today_confirmed_contact_id,
    today_confirmed_name,
    today_confirmed_read,
    ...rest2
  } = rest;
  const { dispatched_at, dispatched_by_id, dispatched_by_name, overridden, override_reason, ...rest3 } =
    rest2;
  const { cancelled_at, cancelled_by_id, cancelled_by_name, cancel_reason, ...visit } = rest3;
  return {
    visit: {
      ...visit,
      today_confirmed: today_confirmed_at && {
        contact_id: today_confirmed_contact_id as string,
        name: today_confirmed_name as string,
        at: today_confirmed_at,
        read: today_confirmed_read,
      },
      dispatched: dispatched_at && {
        by_id: dispatched_by_id as string,
        by_name: dispatched_by_name as string,
        at: dispatched_at,
        overridden,
        override_reason,
      },
      cancelled: cancelled_at && {
        by_id: cancelled_by_id as string,
        by_name: cancelled_by_name as string,
        at: cancelled_at,
        reason: cancel_reason as string,
      },
    } as Visit,
    ticket: { id: visit.ticket_id, customer_id: visit.customer_id, requester_id, state: ticket_state },
    was_theirs,
  };
}
