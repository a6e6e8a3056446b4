import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  dispatcher,
  engineer,
  plannedVisit,
  type Random,
  randomAct,
  randomFrom,
  readyInAll,
  start,
  stateWithinReach,
} from '#test/offline/random-acts.ts';
import { fromMs, type Instant, plusMinutes, toMs } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import { applyAct } from './acting.ts';
import { type By, refuseTime } from './by.ts';
import { valueAt } from './clashes.ts';
import { type ActName, fieldActs, type VisitAct, visitActs } from './commands.ts';
import { type Visit, visit as visitShape } from './visit.ts';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

/** As JSONB gives it back: the same value, its keys in another order. */
function fromDatabase<T>(value: T): T {
  if (Array.isArray(value)) return value.map(fromDatabase) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, fromDatabase(part)])) as T;
}

const every = Object.keys(visitActs) as ActName[];
// What ends a visit comes last in life; played as often as the rest, it would end every run at once.
const lively = every.filter((name) => !['cancel', 'leave', 'reassign'].includes(name));
const byOf = (who: { id: string; name: string }, now: Instant): By => ({ ...who, happened_at: now });

test('whatever comes in whatever order, a rule answers with a whole visit or with a Refusal that changed nothing', () => {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= 120; seed += 1) {
    const random = randomFrom(seed);
    let visit = frozen(plannedVisit(random));
    if (random.maybe(0.7)) visit = frozen(stateWithinReach(visit, random));
    else visit = frozen({ ...visit, readiness: readyInAll() });
    const first = visit;
    let now = start;
    for (let step = 0; step < 60; step += 1) {
      now = plusMinutes(now, random.below(10));
      const among = random.maybe(0.95) ? lively : every;
      const act = randomAct(random.maybe(0.2) ? first : visit, random, { now, among });
      // A frozen visit throws at whoever writes into it.
      const after = applyAct(visit, frozen(act), byOf(engineer, now));
      const outcome = after instanceof Refusal ? after.code : 'done';
      seen.set(`${act.name} ${outcome}`, (seen.get(`${act.name} ${outcome}`) ?? 0) + 1);
      if (after instanceof Refusal) continue;
      assert.equal(after.version, visit.version + 1, `seed ${seed}`);
      const parsed = visitShape.safeParse(after);
      assert.ok(parsed.success, `seed ${seed}, ${act.name}: ${parsed.error}`);
      visit = frozen(after);
    }
  }
  for (const name of every) assert.ok(seen.has(`${name} done`), `${name} never went through`);
  assert.ok([...seen.keys()].filter((key) => !key.endsWith(' done')).length > 20, 'many kinds of refusals');
});

test('R28 for each act that a phone can queue, what it shows is what the server will hold after the round trip', () => {
  const queued = new Map<ActName, number>();
  for (let seed = 1_000; seed < 1_150; seed += 1) {
    const random = randomFrom(seed);
    const first = stateWithinReach(plannedVisit(random), random);
    let onPhone = first;
    let onServer = fromDatabase(onPhone);
    let now = start;
    for (let step = 0; step < 50; step += 1) {
      now = plusMinutes(now, random.below(10));
      // An edit of what was read long ago makes a clash, so that there is one to settle.
      const seen = random.maybe(0.3) ? first : onPhone;
      const act = randomAct(random.maybe(0.2) ? onPhone : seen, random, { now, among: fieldActs });
      const local = applyAct(onPhone, act, byOf(engineer, now));
      const sent = JSON.parse(JSON.stringify(act)) as VisitAct;
      const parsed = { name: sent.name, body: visitActs[sent.name].parse(sent.body) } as VisitAct;
      const verdict = applyAct(onServer, parsed, byOf(engineer, now));
      assert.equal(verdict instanceof Refusal, local instanceof Refusal, `seed ${seed} ${act.name}`);
      if (local instanceof Refusal || verdict instanceof Refusal) {
        assert.equal((verdict as Refusal).code, (local as Refusal).code, `seed ${seed} ${act.name}`);
        continue;
      }
      assert.deepEqual(verdict, local, `seed ${seed}: ${act.name}`);
      queued.set(act.name, (queued.get(act.name) ?? 0) + 1);
      onPhone = local;
      onServer = fromDatabase(verdict);
      // Every screen reads the day in the order in which it happened.
      const starts = onPhone.log.map(({ started_at, id }) => started_at + id);
      assert.deepEqual(starts, starts.toSorted(), `seed ${seed}: the log is in order after ${act.name}`);
    }
  }
  assert.deepEqual([...queued.keys()].sort(), [...fieldActs].sort());
});

test('R28 an edit laid once more over a record that already has it changes nothing: its answer was lost, not the edit', () => {
  let clashes = 0;
  for (let seed = 1_200; seed < 1_300; seed += 1) {
    const random = randomFrom(seed);
    const first: Visit = { ...plannedVisit(random), state: 'working' };
    let visit = first;
    let now = start;
    for (let step = 0; step < 30; step += 1) {
      now = plusMinutes(now, random.below(10));
      const among: ActName[] = ['edit', 'edit_kick_off', 'log', 'edit_log', 'find', 'edit_finding'];
      const act = randomAct(random.maybe(0.4) ? first : visit, random, { now, among });
      const after = applyAct(visit, act, byOf(engineer, now));
      if (after instanceof Refusal) continue;
      const again = applyAct(after, act, byOf(engineer, now));
      if (!(again instanceof Refusal))
        assert.deepEqual({ ...again, version: after.version }, after, `seed ${seed}`);
      clashes += after.clashes.length - visit.clashes.length;
      visit = after;
    }
  }
  assert.ok(clashes > 50, `only ${clashes} clashes`);
});

type Verdict = { act: VisitAct; by: By; outcome: 'done' | 'refused' | 'quarantined' };
type Actor = { who: typeof engineer; replica: Visit; outbox: { act: VisitAct; by: By }[]; isDesk: boolean };

/** The server's part: field acts are the engineer's, and whoever was the engineer is not refused but kept apart. */
function receive(visit: Visit, { act, by }: { act: VisitAct; by: By }, log: Verdict[]): Visit {
  const isDesk = by.id === dispatcher.id;
  if (!isDesk && visit.engineer_id !== by.id) {
    log.push({ act, by, outcome: 'quarantined' });
    return visit;
  }
  const after = applyAct(visit, act, by);
  log.push({ act, by, outcome: after instanceof Refusal ? 'refused' : 'done' });
  return after instanceof Refusal ? visit : after;
}

/** What an actor sees: the replica, and upon it what still waits and is possible. */
function shown(actor: Actor): Visit {
  return actor.outbox.reduce((visit, { act, by }) => {
    const after = applyAct(visit, act, by);
    return after instanceof Refusal ? visit : after;
  }, actor.replica);
}

const deskActs: readonly ActName[] = ['edit', 'edit', 'edit_log', 'set_scope', 'note', 'settle_clash'];
const phoneActs = fieldActs;

/** Two phones of one engineer and a dispatcher act, send and fetch at random until all is sent and fetched. */
function playThree(seed: number) {
  const random = randomFrom(seed);
  const first: Visit = { ...plannedVisit(random), state: 'working' };
  const actors: Actor[] = [engineer, engineer, dispatcher].map((who, index) => ({
    who,
    replica: first,
    outbox: [],
    isDesk: index === 2,
  }));
  let server = first;
  let now = start;
  const verdicts: Verdict[] = [];
  const send = (actor: Actor, count: number) => {
    for (const item of actor.outbox.splice(0, count)) server = receive(server, item, verdicts);
  };
  for (let step = 0; step < 90; step += 1) {
    now = plusMinutes(now, random.below(6));
    const actor = random.pick(actors);
    const what = random.number();
    if (what < 0.7) {
      const seen = shown(actor);
      const among = actor.isDesk ? (random.maybe(0.02) ? every : deskActs) : phoneActs;
      const act = randomAct(seen, random, { now, among });
      const by = byOf(actor.who, now);
      // A refusal that the phone knows already is said on the screen and never queued.
      if (!(applyAct(seen, act, by) instanceof Refusal)) actor.outbox.push({ act, by });
      if (actor.isDesk) send(actor, 1);
    } else if (what < 0.85) send(actor, random.below(8));
    else actor.replica = server;
  }
  for (const actor of actors) send(actor, actor.outbox.length);
  for (const actor of actors) actor.replica = server;
  return { first, server, actors, verdicts };
}

test('R28 two devices and a dispatcher end in one state, which the server’s order of verdicts gives again', () => {
  let clashes = 0;
  let refused = 0;
  for (let seed = 2_000; seed < 2_150; seed += 1) {
    const { first, server, actors, verdicts } = playThree(seed);
    const again = verdicts
      .filter(({ outcome }) => outcome === 'done')
      .reduce((visit, { act, by }) => {
        const after = applyAct(fromDatabase(visit), act, by);
        assert.ok(!(after instanceof Refusal), `seed ${seed}: ${act.name} was done on the server`);
        return after;
      }, first);
    assert.deepEqual(again, server, `seed ${seed}`);
    for (const actor of actors) assert.deepEqual(shown(actor), server, `seed ${seed}`);
    clashes += server.clashes.length;
    refused += verdicts.filter(({ outcome }) => outcome === 'refused').length;
  }
  assert.ok(
    clashes > 100 && refused > 20,
    `${clashes} clashes, ${refused} refused: too tame to prove anything`,
  );
});

/** Every text that somebody typed into an act. */
function typedIn(value: unknown): string[] {
  if (typeof value === 'string') return / \d+\.\d+$/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'from' || key === 'shown' ? [] : typedIn(part),
  );
}

test('R28 no typed value is lost: it stands in the record, in a clash, in a refused act, in quarantine, or was replaced by who had read it', () => {
  for (let seed = 2_000; seed < 2_400; seed += 1) {
    const { server, verdicts } = playThree(seed);
    const record = JSON.stringify(server);
    const kept = new Set([...typedIn(server), ...typedIn(JSON.parse(record))]);
    const readAndReplaced = new Set<string>();
    for (const { act, outcome } of verdicts) {
      if (outcome !== 'done') for (const text of typedIn(act.body)) kept.add(text);
      else if ('changes' in act.body)
        for (const { from } of Object.values(act.body.changes) as { from: unknown }[])
          for (const text of typedIn({ from: undefined, was: from })) readAndReplaced.add(text);
      else if (act.name === 'set_scope')
        for (const text of typedIn({ was: act.body.from })) readAndReplaced.add(text);
    }
    const lost = verdicts.flatMap(({ act, by }) =>
      typedIn(act.body)
        .filter((text) => !kept.has(text) && !readAndReplaced.has(text))
        .map((text) => `seed ${seed}: ${by.name} ${act.name} ${JSON.stringify(text)}`),
    );
    assert.deepEqual(lost, []);
  }
});

// Times must fit each other; and where two people may say the same, neither's word can be told from the other's.
const fewValues = /planned_|interface_contact_id|is_emergency/;

test('R28 whatever order two devices arrive in, the same things stand there, and each field with all that was said about it', () => {
  for (let seed = 3_000; seed < 3_150; seed += 1) {
    const random = randomFrom(seed);
    const base: Visit = { ...plannedVisit(random), state: 'working' };
    // Each on its own copy, without a word from the others, as on a site without signal.
    const makes: readonly ActName[] = [
      'edit',
      'edit_kick_off',
      'log',
      'edit_log',
      'find',
      'edit_finding',
      'promise',
      'note',
    ];
    const actors = [engineer, engineer, dispatcher].map((who) => {
      const actor: Actor = { who, replica: base, outbox: [], isDesk: who === dispatcher };
      for (let step = 0; step < 8; step += 1) {
        const now = plusMinutes(start, 10 * step);
        const act = randomAct(shown(actor), random, { now, among: makes });
        const by = byOf(who, now);
        if (!fewValues.test(JSON.stringify(act)) && !(applyAct(shown(actor), act, by) instanceof Refusal))
          actor.outbox.push({ act, by });
      }
      return actor;
    });
    const ends = [1, 2, 3, 4].map((order) => arriveInSomeOrder(base, actors, randomFrom(seed * 10 + order)));
    const one = thingsIn(ends[0] as Visit);
    for (const end of ends) {
      assert.deepEqual(thingsIn(end), one, `seed ${seed}`);
      for (const actor of actors)
        for (const [field, last] of lastWords(actor))
          assert.ok(saidAt(end, field).includes(last), `seed ${seed}: ${field} lost ${last}`);
    }
  }
});

function arriveInSomeOrder(base: Visit, actors: Actor[], random: Random): Visit {
  const queues = actors.map(({ outbox }) => [...outbox]);
  let visit = base;
  for (let waiting = queues.filter((queue) => queue.length > 0); waiting.length > 0; ) {
    const item = random.pick(waiting).shift() as Actor['outbox'][number];
    const after = applyAct(visit, item.act, item.by);
    assert.ok(!(after instanceof Refusal), `${item.act.name}: ${(after as Refusal).code}`);
    visit = after;
    waiting = queues.filter((queue) => queue.length > 0);
  }
  return visit;
}

/** What was made, by whomever: it stands there whatever came first. */
function thingsIn(visit: Visit) {
  const { promises, notes } = visit;
  return {
    promises,
    notes,
    log: visit.log.map(({ id }) => id).sort(),
    findings: visit.findings.map(({ id }) => id),
  };
}

const prefixes: { [N in ActName]?: (body: never) => string } = {
  edit: () => '',
  edit_kick_off: () => 'kick_off.',
  edit_log: ({ entry_id }: { entry_id: string }) => `log.${entry_id}.`,
  edit_finding: ({ finding_id }: { finding_id: string }) => `findings.${finding_id}.`,
};

/** By field, the last that an actor said about it. */
function lastWords({ outbox }: Actor): Map<string, string> {
  const words = new Map<string, string>();
  for (const { act } of outbox) {
    const prefix = prefixes[act.name]?.(act.body as never);
    if (prefix === undefined || !('changes' in act.body)) continue;
    for (const [name, { to }] of Object.entries(act.body.changes) as [string, { to: unknown }][])
      words.set(prefix + name, JSON.stringify(to));
  }
  return words;
}

function saidAt(visit: Visit, field: string): string[] {
  const clashing = visit.clashes.filter((clash) => clash.field === field);
  return [valueAt(visit, field), ...clashing.flatMap(({ mine, theirs }) => [mine, theirs])].map((value) =>
    JSON.stringify(value),
  );
}

test('a time that a person gave may be as wrong as an honest clock and no more', () => {
  const random = randomFrom(7);
  const visit = plannedVisit(random);
  for (let tries = 0; tries < 200; tries += 1) {
    const at = fromMs(toMs(start) + random.below(20_000_000) - 10_000_000);
    const refused = refuseTime(visit, at, byOf(engineer, start));
    assert.equal(refused?.code ?? null, toMs(at) > toMs(start) + 300_000 ? 'visits.time_in_future' : null);
  }
});
