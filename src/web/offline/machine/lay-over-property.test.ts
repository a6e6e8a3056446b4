import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Instant, plusMinutes } from '#domain/ground/instant.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import { applyAct } from '#domain/visits/acting.ts';
import { fieldActs, type VisitAct, visitActs } from '#domain/visits/commands.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Visit } from '#domain/visits/visit.ts';
import {
  engineer,
  plannedVisit,
  type Random,
  randomAct,
  randomFrom,
  start,
  stateWithinReach,
} from '#test/offline/random-acts.ts';
import { type Laid, layOver } from './lay-over.ts';

type Done = { act: VisitAct; happened_at: Instant; after: Visit };

/** What an engineer does one after the other, each act as the rule takes it. */
function dayOf(first: Visit, random: Random): Done[] {
  const day: Done[] = [];
  let now = start;
  for (let step = 0; step < 40; step += 1) {
    now = plusMinutes(now, random.below(10));
    const seen = day.at(-1)?.after ?? first;
    const act = randomAct(random.maybe(0.3) ? first : seen, random, { now, among: fieldActs });
    const after = applyAct(seen, act, { ...engineer, happened_at: now });
    if (!(after instanceof Refusal)) day.push({ act, happened_at: now, after });
  }
  return day;
}

const rowOf = ({ act, happened_at }: Done, row: Omit<Laid, 'stored'>) =>
  ({ ...row, stored: { act, happened_at } }) as Laid;
const onTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

test('R28 however little of the day the server has told or answered yet, the phone shows all of it once', () => {
  const played = new Set<string>();
  let doneAgain = 0;
  for (let seed = 2_000; seed < 2_150; seed += 1) {
    const random = randomFrom(seed);
    const first = stateWithinReach(plannedVisit(random), random);
    const day = dayOf(first, random);
    for (const { act } of day) played.add(act.name);
    const last = day.at(-1)?.after ?? first;
    // The answers run ahead of the page: verdicts come one by one, the page is fetched afterwards.
    const answered = random.below(day.length + 1);
    const told = random.below(answered + 1);
    doneAgain += answered - told;
    const page = { visit: onTheWire(day[told - 1]?.after ?? first) } as VisitPage;
    const rows = day.map((done, at) => {
      const sent = { ...done, act: onTheWire(done.act) };
      return at < answered
        ? rowOf(sent, { state: 'done', version: done.after.version, outcome: 'done' })
        : rowOf(sent, { state: 'waiting', version: null, outcome: null });
    });
    assert.deepEqual(layOver(page, rows, engineer).visit, last, `seed ${seed}: ${told} of ${answered}`);
    // What was refused or set apart is no part of it, wherever it stands.
    const body = visitActs.note.parse({ id: random.newId(), body: '不算数' });
    const note = { act: { name: 'note', body }, happened_at: start, after: last } as Done;
    const apart = [
      rowOf(note, { state: 'refused', version: null, outcome: null }),
      rowOf(note, { state: 'done', version: last.version + 1, outcome: 'quarantined' }),
    ];
    const among = rows.toSpliced(random.below(rows.length + 1), 0, ...apart);
    assert.deepEqual(layOver(page, among, engineer).visit, last, `seed ${seed}, with what is no part of it`);
  }
  assert.deepEqual([...played].sort(), [...fieldActs].sort());
  assert.ok(doneAgain > 500, `only ${doneAgain} acts were answered and not told yet`);
});
