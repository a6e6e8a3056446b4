import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  dispatcher,
  engineer,
  plannedVisit,
  randomAct,
  randomFrom,
  start,
} from '#test/offline/random-acts.ts';
import { type Instant, plusMinutes } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import { applyAct } from './acting.ts';
import type { By } from './by.ts';
import { isSame, openClashes, valueAt } from './clashes.ts';
import { type ActName, type VisitAct, visitActs } from './commands.ts';
import { kickOffConfirmation, todayConfirmation } from './confirming.ts';
import type { Clash, Visit } from './visit.ts';

const among: ActName[] = [
  ...(['edit', 'edit', 'edit_kick_off', 'settle_clash', 'settle_clash'] as const),
  ...(['confirm_today', 'acknowledge_kick_off', 'log', 'edit_log'] as const),
];
const words = ['goal', 'done_when', 'not_today', 'kick_off.need', 'kick_off.plan', 'kick_off.their_people'];

/** Somebody comes round to what waits beside the record. */
function agreeing(visit: Visit, { field, mine }: Clash, id: string): VisitAct {
  const change = { from: valueAt(visit, field), to: mine };
  const [first = '', second = '', third = ''] = field.split('.');
  const name = first === 'kick_off' ? 'edit_kick_off' : first === 'log' ? 'edit_log' : 'edit';
  const changes = { [third || second || first]: change };
  const body = name === 'edit_log' ? { id, entry_id: second, changes } : { id, changes };
  return { name, body: visitActs[name].parse(body) } as VisitAct;
}

/** A phone that sees an old visit and a desk that sees the present one, in the order in which the server hears of them. */
function* playTwo(seed: number): Generator<{ before: Visit; after: Visit; act: VisitAct; by: By }> {
  const random = randomFrom(seed);
  let visit: Visit = { ...plannedVisit(random), state: 'working' };
  let onPhone = visit;
  let now: Instant = start;
  for (let step = 0; step < 60; step += 1) {
    now = plusMinutes(now, 1 + random.below(10));
    const isPhone = random.maybe(0.6);
    if (random.maybe(0.3)) onPhone = visit;
    const clash = random.maybe(0.2) ? random.pick(openClashes(visit)) : undefined;
    const act = clash
      ? agreeing(visit, clash, random.newId())
      : randomAct(isPhone ? onPhone : visit, random, { now, among });
    const by = { ...(isPhone ? engineer : dispatcher), happened_at: now };
    const after = applyAct(visit, act, by);
    if (after instanceof Refusal) continue;
    yield { before: visit, after, act, by };
    visit = after;
  }
}

test('R22 R33 a confirmation stands for the words that were read and for no others, and names who changed them since', () => {
  const seen = { as_read: 0, changed: 0, unknown: 0 };
  for (let seed = 5_000; seed < 5_200; seed += 1) {
    const authors = new Map<string, By>();
    const read: Record<string, unknown> = {};
    for (const { before, after, act, by } of playTwo(seed)) {
      for (const path of words)
        if (!isSame(valueAt(before, path), valueAt(after, path))) authors.set(path, by);
      if (act.name === 'confirm_today') read[''] = act.body.read;
      if (act.name === 'acknowledge_kick_off') read.kick_off = act.body.read;
      for (const [prefix, confirmed] of [
        ['', todayConfirmation(after)],
        ['kick_off', kickOffConfirmation(after)],
      ] as const) {
        if (confirmed === null) continue;
        const shown = read[prefix] as Record<string, unknown> | null;
        assert.equal(confirmed.since === null, shown === null, `seed ${seed}`);
        seen[shown === null ? 'unknown' : confirmed.since?.length ? 'changed' : 'as_read'] += 1;
        if (shown === null) continue;
        const paths = words.filter((path) => path.startsWith('kick_off') === (prefix === 'kick_off'));
        const unlike = paths.filter(
          (path) => !isSame(valueAt(after, path), shown[path.split('.').at(-1) ?? '']),
        );
        const told = (confirmed.since ?? []).filter(({ path }) => words.includes(path));
        assert.deepEqual(told.map(({ path }) => path).sort(), unlike.sort(), `seed ${seed}`);
        for (const { path, changed } of told) assert.equal(changed?.at, authors.get(path)?.happened_at);
      }
    }
  }
  assert.ok(Math.min(...Object.values(seen)) > 200, JSON.stringify(seen));
});

test('R28 no clash stays open whose sides say the same, and none is settled so unless they do', () => {
  let settled = 0;
  for (let seed = 6_000; seed < 6_200; seed += 1) {
    for (const { before, after, by } of playTwo(seed)) {
      for (const { field, mine } of openClashes(after))
        assert.ok(!isSame(valueAt(after, field), mine), `seed ${seed}: ${field} is settled`);
      const waiting = new Set(openClashes(before).map(({ id }) => id));
      for (const { id, field, mine, settled: how } of after.clashes) {
        if (how?.keep !== 'same' || !waiting.has(id)) continue;
        settled += 1;
        assert.ok(isSame(valueAt(after, field), mine), `seed ${seed}: ${field} differs`);
        assert.deepEqual([how.by_id, how.at], [by.id, by.happened_at]);
      }
    }
  }
  assert.ok(settled > 30, `only ${settled} came to say the same`);
});
