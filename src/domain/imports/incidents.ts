import type { Instant } from '../ground/instant.ts';
import type { TicketState } from '../tickets/ticket.ts';
import { groupingTeller, type TicketRow } from './grouping.ts';
import { readSourceTime } from './source-time.ts';
import {
  cleanLine,
  cut,
  type Reject,
  rejectOf,
  type SourceRecord,
  type Teller,
  type Told,
  type ToldEvent,
} from './told.ts';

export const incidentColumns = [
  'number',
  'incident_state',
  'active',
  'reassignment_count',
  'reopen_count',
  'sys_mod_count',
  'made_sla',
  'caller_id',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'category',
  'subcategory',
  'u_symptom',
  'impact',
  'urgency',
  'assignment_group',
  'assigned_to',
  'closed_at',
] as const;

/** The states of the incident log as ours. Resolved is our closed: it can still be opened again. */
export const incidentStates: Record<string, TicketState> = {
  New: 'new',
  Active: 'open',
  'Awaiting User Info': 'waiting_on_customer',
  'Awaiting Vendor': 'open',
  'Awaiting Problem': 'open',
  'Awaiting Evidence': 'open',
  Resolved: 'closed',
  Closed: 'closed',
};

type Logged = {
  record: SourceRecord;
  state: TicketState;
  at: Instant;
  opened_at: Instant;
  closed_at: Instant | null;
  counters: { reassignment_count: number; reopen_count: number; sys_mod_count: number };
};

/** The event log of a desk's incidents, one row an event, those of one incident together. */
export function incidentTeller(options: { zone: string; now: Instant }): Teller {
  return groupingTeller<Logged>({
    read: (record) => readLogged(record, options),
    tell: tellIncident,
  });
}

function readLogged(
  record: SourceRecord,
  { zone, now }: { zone: string; now: Instant },
): TicketRow<Logged> | Reject {
  const { fields } = record;
  const key = cleanLine(fields.number ?? '', 200);
  if (key === '') return rejectOf(record, 'no_key');
  if (key.length > 90) return rejectOf(record, 'key_too_long');
  const source_state = fields.incident_state ?? '';
  const state = Object.hasOwn(incidentStates, source_state) ? incidentStates[source_state] : undefined;
  if (!state) return rejectOf(record, 'state_unknown', { value: cut(source_state, 200) });
  const place = { zone, order: 'dmy' as const, now };
  const at = readSourceTime(fields.sys_updated_at, place);
  if ('reason' in at) return rejectOf(record, at.reason, { value: fields.sys_updated_at ?? '' });
  const opened = readSourceTime(fields.opened_at, place);
  if ('reason' in opened) return rejectOf(record, opened.reason, { value: fields.opened_at ?? '' });
  // When it will have been closed stands in each row of the log; for an open one it may be missing.
  const closed = readSourceTime(fields.closed_at, place);
  const counters = {
    reassignment_count: counted(fields.reassignment_count),
    reopen_count: counted(fields.reopen_count),
    sys_mod_count: counted(fields.sys_mod_count),
  };
  const unreadable = Object.entries(counters).find(([, count]) => Number.isNaN(count));
  if (unreadable) return rejectOf(record, 'counter_unreadable', { value: unreadable[0] });
  const row = {
    record,
    state,
    at: at.at,
    opened_at: opened.at,
    closed_at: 'at' in closed ? closed.at : null,
    counters,
  };
  return { key, part: String(record.index), row };
}

function counted(text: string | undefined): number {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : Number.NaN;
}

function tellIncident(key: string, rows: Logged[]): Omit<Told, 'through'> {
  const last = rows.at(-1) as Logged;
  const { fields } = last.record;
  const said = (name: string, max = 200) => {
    const text = cleanLine(fields[name] ?? '', max);
    return text === '?' ? '' : text;
  };
  const caller = said('caller_id', 100);
  const isClosed = last.state === 'closed';
  const ticket = {
    key,
    reference: cut(key, 100),
    customer: null,
    requester: caller ? { key: caller, name: caller, email: null, phone: null } : null,
    kind: 'incident' as const,
    title:
      cleanLine(
        [said('category', 60), said('subcategory', 60), said('u_symptom', 60)].filter(Boolean).join(' · '),
        200,
      ) || cut(key, 100),
    state: last.state,
    source_state: fields.incident_state ?? '',
    impact: step(fields.impact),
    urgency: step(fields.urgency),
    customer_words: null,
    done_for_customer: null,
    opened_at: last.opened_at,
    updated_at: last.at,
    closed_at: isClosed ? (last.closed_at ?? last.at) : null,
    last_customer_message_at: null,
    last_reply_at: null,
  };
  return { ticket, messages: [], events: eventsOf(rows), rejects: [] };
}

/** “2 - Medium” is step two of three. */
function step(text: string | undefined): number {
  const found = /^([123])\b/.exec(text ?? '');
  return found ? Number(found[1]) : 3;
}

/** The source numbers its modifications, a few of them twice: those are told apart by their order. */
function eventsOf(rows: Logged[]): ToldEvent[] {
  const seen = new Map<number, number>();
  return rows.map((row) => {
    const modification = row.counters.sys_mod_count;
    const times = (seen.get(modification) ?? 0) + 1;
    seen.set(modification, times);
    return eventOf(row, times === 1 ? String(modification) : `${modification}.${times}`);
  });
}

function eventOf({ record, state, at, counters, opened_at, closed_at }: Logged, key: string): ToldEvent {
  const { fields } = record;
  return {
    key,
    line: record.line,
    state,
    source_state: cut(fields.incident_state ?? '', 200),
    actor_name: cleanLine(fields.sys_updated_by ?? '', 200) || null,
    happened_at: at,
    data: {
      ...counters,
      active: fields.active === 'true',
      made_sla: fields.made_sla === 'true',
      group: cleanLine(fields.assignment_group ?? '', 200),
      assigned_to: cleanLine(fields.assigned_to ?? '', 200),
      opened_at,
      ...(closed_at ? { closed_at } : {}),
    },
  };
}
