import { type Instant, plusMinutes } from '#domain/ground/instant.ts';
import { openClashes } from '#domain/visits/clashes.ts';
import { type ActName, type VisitAct, visitActs } from '#domain/visits/commands.ts';
import { minutesOf, todayCardOf } from '#domain/visits/confirming.ts';
import { signingText } from '#domain/visits/signing-off.ts';
import {
  emptyKickOff,
  readinessItems,
  risks,
  scopeParties,
  type Visit,
  visitStates,
  workKinds,
} from '#domain/visits/visit.ts';

/** Everything random comes from the seed, so that a failure names the run that shows it again. */
export function randomFrom(seed: number) {
  let state = seed >>> 0;
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(number() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const hex = (digits: number) => Array.from({ length: digits }, () => below(16).toString(16)).join('');
  const newId = () => `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
  let words = 0;
  // No two texts are the same: one that is missing afterwards was lost, and not merely said twice.
  const text = () => {
    words += 1;
    return `${pick(['换网线', 'fan', '温度 41℃', 'a\nb', '“”', '🔧'])} ${seed}.${words}`;
  };
  const line = () => text().replace('\n', ' ');
  return { number, below, pick, newId, text, line, maybe: (chance: number) => number() < chance };
}
export type Random = ReturnType<typeof randomFrom>;

export const start = '2026-11-23T01:00:00.000Z';
export const playedContacts = [
  '00000000-0000-7000-8000-0000000000c1',
  '00000000-0000-7000-8000-0000000000c2',
];
export const engineer = { id: '00000000-0000-7000-8000-0000000000e1', name: '周明轩' };
const colleague = { id: '00000000-0000-7000-8000-0000000000e2', name: '贺知远' };
export const dispatcher = { id: '00000000-0000-7000-8000-0000000000d1', name: '林书瑶' };

export function plannedVisit(random: Random): Visit {
  return {
    id: random.newId(),
    number: 1,
    version: 1,
    ticket_id: random.newId(),
    customer_id: random.newId(),
    site_id: null,
    engineer_id: engineer.id,
    engineer_name: engineer.name,
    kind: 'repair',
    is_emergency: random.maybe(0.3),
    emergency_reason: '',
    state: 'planned',
    planned_from: start,
    planned_to: plusMinutes(start, 480),
    goal: random.text(),
    done_when: random.text(),
    not_today: '',
    interface_contact_id: random.maybe(0.8) ? (playedContacts[0] as string) : null,
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
  };
}

export const stateWithinReach = (visit: Visit, random: Random): Visit => ({
  ...visit,
  state: random.pick(visitStates.filter((state) => state !== 'cancelled')),
});

export const readyInAll = () =>
  readinessItems.map((item) => ({
    ...{ item, state: 'ticked' as const, reason: null },
    ...{ by_id: engineer.id, by_name: engineer.name, at: start },
  }));

const change = (visit: object, name: string, to: unknown) => ({
  [name]: { from: (visit as Record<string, unknown>)[name], to },
});

function photosOf(random: Random) {
  return Array.from({ length: random.below(3) }, () => ({ file_id: random.newId(), caption: random.text() }));
}

/** One way to make each act, from what its author sees. */
const makers: { [N in ActName]: (seen: Visit, random: Random, now: Instant) => unknown } = {
  edit: (seen, random, now) => ({
    id: random.newId(),
    changes: {
      ...change(seen, random.pick(['goal', 'done_when', 'not_today']), random.text()),
      ...(random.maybe(0.2) && change(seen, 'planned_to', plusMinutes(now, random.below(900) - 300))),
      ...(random.maybe(0.2) && change(seen, 'planned_from', plusMinutes(now, random.below(900) - 600))),
      ...(random.maybe(0.2) && change(seen, 'signer_ids', [random.pick(playedContacts)])),
      ...(random.maybe(0.1) && change(seen, 'interface_contact_id', random.pick(playedContacts))),
      ...(random.maybe(0.2) && change(seen, 'is_emergency', !seen.is_emergency)),
      ...(random.maybe(0.2) && change(seen, 'emergency_reason', random.text())),
    },
  }),
  set_scope: (seen, random, now) => {
    const party = random.pick(scopeParties);
    const to = {
      what: random.text(),
      hours: random.pick([4, 5, 8]),
      night: false,
      verification: '',
      said_by: '钱工',
      said_at: now,
    };
    return { id: random.newId(), party, from: seen[`scope_${party}`], to };
  },
  check_readiness: (_seen, random) => {
    const state = random.pick(['ticked', 'waived', 'open']);
    return {
      item: random.pick(readinessItems),
      state,
      reason: state === 'waived' || random.maybe(0.3) ? '客户已确认' : null,
    };
  },
  dispatch: (_seen, random) => ({ override_reason: random.maybe(0.7) ? random.line() : null }),
  reassign: (_seen, random) => {
    const to = random.pick([engineer, colleague]);
    return { engineer_id: to.id, engineer_name: to.name };
  },
  cancel: (_seen, random) => ({ reason: random.line() }),
  confirm_today: (seen, random) => ({
    ...{ contact_id: random.pick(playedContacts), name: '王丽娟' },
    // An older app does not say what was read.
    ...(random.maybe(0.7) && { read: todayCardOf(seen) }),
  }),
  depart: () => ({}),
  arrive: () => ({}),
  start: () => ({}),
  edit_kick_off: (seen, random) => ({
    id: random.newId(),
    changes: {
      ...change(seen.kick_off, random.pick(['need', 'plan', 'cooperation', 'cautions']), random.text()),
      ...(random.maybe(0.3) &&
        change(seen.kick_off, random.pick(['our_people', 'their_people']), [
          { name: '周明轩', duty: random.line() },
        ])),
    },
  }),
  acknowledge_kick_off: (seen, random) => ({
    ...{ contact_id: random.pick(playedContacts), name: '王丽娟' },
    ...(random.maybe(0.7) && { read: minutesOf(seen.kick_off) }),
  }),
  log: (_seen, random, now) => {
    const kind = random.pick(workKinds);
    const started_at = plusMinutes(now, -random.below(120));
    return {
      id: random.newId(),
      kind,
      started_at,
      ended_at: random.maybe(0.5) ? plusMinutes(started_at, random.below(60) - 2) : null,
      line: random.text(),
      customer_line: random.maybe(0.5) ? random.text() : '',
      waiting_for: kind === 'waiting' ? random.text() : '',
      waiting_on_contact_id: kind === 'waiting' && random.maybe(0.9) ? random.pick(playedContacts) : null,
      photos: photosOf(random),
    };
  },
  edit_log: (seen, random, now) => {
    const entry = random.pick(seen.log);
    if (!entry)
      return {
        id: random.newId(),
        entry_id: random.newId(),
        changes: { line: { from: '', to: random.text() } },
      };
    return {
      id: random.newId(),
      entry_id: entry.id,
      changes: {
        ...change(entry, random.pick(['line', 'customer_line']), random.text()),
        ...(random.maybe(0.3) && change(entry, 'ended_at', plusMinutes(entry.started_at, random.below(90)))),
        ...(random.maybe(0.3) && change(entry, 'started_at', plusMinutes(now, -random.below(300)))),
        ...(random.maybe(0.2) && change(entry, 'photos', photosOf(random))),
      },
    };
  },
  find: (_seen, random) => ({
    id: random.newId(),
    what: random.text(),
    risk: random.pick(risks),
    advice: random.text(),
    photos: photosOf(random),
  }),
  edit_finding: (seen, random) => {
    const found = random.pick(seen.findings);
    if (!found)
      return {
        id: random.newId(),
        finding_id: random.newId(),
        changes: { advice: { from: '', to: random.text() } },
      };
    return {
      id: random.newId(),
      finding_id: found.id,
      changes: {
        ...change(found, random.pick(['what', 'advice', 'evidence', 'reaction_words']), random.text()),
        ...(random.maybe(0.2) && change(found, 'reaction', random.pick(['agrees', 'disagrees', 'later']))),
      },
    };
  },
  promise: (_seen, random, now) => ({
    id: random.newId(),
    words: random.line(),
    due_at: random.maybe(0.5) ? plusMinutes(now, random.below(3_000) - 60) : null,
  }),
  wrap_up: (_seen, random) => ({
    id: random.newId(),
    rested_on: random.text(),
    problems: random.text(),
    advice: '',
    support_needed: '',
    tomorrow: '',
    reaction: '',
    promised_today: random.pick(['nothing', 'noted']),
    minutes: random.below(20),
  }),
  sign: (seen, random) => ({
    id: random.newId(),
    contact_id: random.pick(playedContacts),
    name: '王丽娟',
    role: '门店经理',
    strokes: random.maybe(0.9) ? [[1, 2, 3, 4, 5, 6.5]] : [],
    shown: signingText(seen),
    shown_sha256: 'a'.repeat(64),
  }),
  leave: (_seen, random) => ({
    promised_today: random.pick(['nothing', 'noted']),
    comes_back: random.maybe(0.7),
    no_wrap_up_reason: random.maybe(0.6) ? random.line() : null,
  }),
  note: (_seen, random) => ({ id: random.newId(), body: random.text() }),
  settle_clash: (seen, random) => ({
    clash_id: random.pick(openClashes(seen))?.id ?? `${random.newId()}:goal`,
    keep: random.pick(['theirs', 'mine']),
  }),
};

/** As it comes out of a request: parsed by the schema of the act. */
export function randomAct(
  seen: Visit,
  random: Random,
  at: { now: Instant; among: readonly ActName[] },
): VisitAct {
  const name = random.pick(at.among);
  return { name, body: visitActs[name].parse(makers[name](seen, random, at.now)) } as VisitAct;
}
