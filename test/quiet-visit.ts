import type { Refusal } from '#domain/ground/refusal.ts';
import type { By } from '#domain/visits/by.ts';
import { emptyKickOff, type LogEntry, type ScopeColumn, type Visit } from '#domain/visits/visit.ts';

const fixed = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** A moment of the day of the visit, which is planned from nine to five. */
export const on = (time: string) => `2026-11-23T${time}:00.000Z`;
export const 小吴 = fixed(201);
export const 老马 = fixed(203);
export const idOf = fixed;
export const 林海: By = { id: fixed(1), name: '林海', happened_at: on('12:00') };
export const at = (time: string): By => ({ ...林海, happened_at: on(time) });
export const stamped = (time: string) => ({ by_id: 林海.id, by_name: 林海.name, at: on(time) });

/** A visit on which nothing has happened yet, with what a case changes about it. */
export function visitWith(changes: Partial<Visit> = {}): Visit {
  return {
    id: fixed(900),
    number: 101,
    version: 1,
    ticket_id: fixed(901),
    customer_id: fixed(101),
    site_id: null,
    engineer_id: 林海.id,
    engineer_name: '林海',
    kind: 'repair',
    is_emergency: false,
    emergency_reason: '',
    state: 'planned',
    planned_from: on('09:00'),
    planned_to: on('17:00'),
    goal: '收银机恢复正常',
    done_when: '十笔交易',
    not_today: '',
    interface_contact_id: 小吴,
    signer_ids: [],
    today_confirmed: null,
    scope_sales: null,
    scope_customer: null,
    scope_interface: null,
    readiness: [],
    dispatched: null,
    departed_at: null,
    arrived_at: null,
    started_at: null,
    left_at: null,
    no_wrap_up_reason: null,
    cancelled: null,
    kick_off: emptyKickOff,
    log: [],
    findings: [],
    promises: [],
    wrap_ups: [],
    signatures: [],
    notes: [],
    clashes: [],
    ...changes,
  };
}

export const column = (changes: Partial<ScopeColumn> = {}): ScopeColumn => ({
  what: '换网线',
  hours: 4,
  night: false,
  verification: '',
  said_by: '王经理',
  said_at: on('01:00'),
  ...changes,
});

export const entry = (changes: Partial<LogEntry> = {}): LogEntry => ({
  id: fixed(910),
  kind: 'work',
  started_at: on('10:00'),
  ended_at: on('11:00'),
  line: '',
  customer_line: '',
  waiting_for: '',
  waiting_on_contact_id: null,
  photos: [],
  ...stamped('11:00'),
  ...changes,
});

/** The code of a refusal, or what came of the act instead. */
export const said = <T>(result: T | Refusal | null) =>
  result !== null && typeof result === 'object' && 'code' in result ? (result as Refusal).code : result;
