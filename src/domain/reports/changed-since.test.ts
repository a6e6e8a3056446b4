import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toldFirm, toldPage } from '#test/told-visit.ts';
import { hasChangedSince } from './changed-since.ts';
import { reportFacts as factsShape } from './report.ts';
import type { ReportedPage } from './telling-facts.ts';
import { reportFacts } from './telling-facts.ts';

const now = '2026-11-22T08:30:00.000Z';
const later = '2026-11-22T09:45:00.000Z';
const facts = (change: (page: ReportedPage) => void = () => {}, at = now) => {
  const page = toldPage();
  change(page);
  return reportFacts(page, toldFirm, at);
};
const onSite = (page: ReportedPage) => {
  const last = page.visit.log.at(-1);
  assert.ok(last);
  Object.assign(page.visit, { left_at: null, state: 'signed' });
  last.ended_at = null;
};
const left = (page: ReportedPage) => {
  const last = page.visit.log.at(-1);
  assert.ok(last);
  Object.assign(page.visit, { left_at: later, state: 'done' });
  last.ended_at = later;
};

const changes: [what: string, change: (page: ReportedPage) => void, isChanged: boolean][] = [
  ['nothing', () => {}, false],
  [
    'a line for the customer',
    ({ visit }) => Object.assign(visit.log[0] ?? {}, { customer_line: '又查了一遍' }),
    true,
  ],
  ['a line for colleagues', ({ visit }) => Object.assign(visit.log[0] ?? {}, { line: '只给同事' }), false],
  [
    'a note',
    ({ visit }) => visit.notes.push({ ...visit.wrap_ups[0], id: visit.id, body: '备注' } as never),
    false,
  ],
  ['the goal', ({ visit }) => Object.assign(visit, { goal: '别的目标' }), true],
  ['what sales said', ({ visit }) => Object.assign(visit, { scope_sales: null }), false],
  ['a finding’s advice', ({ visit }) => Object.assign(visit.findings[0] ?? {}, { advice: '换一台' }), true],
  [
    'what stands in its way',
    ({ visit }) => Object.assign(visit.findings[0] ?? {}, { obstacle: '没有预算' }),
    false,
  ],
  [
    'a promise that was kept',
    ({ visit }) =>
      Object.assign(visit.promises.find(({ state }) => state === 'open') ?? {}, { state: 'kept' }),
    true,
  ],
  [
    'another signature',
    ({ visit }) => visit.signatures.push({ ...visit.signatures[0], id: visit.id } as never),
    true,
  ],
  ['who reads it', ({ about }) => Object.assign(about.customer, { name: '改名了' }), true],
];
for (const [what, change, isChanged] of changes)
  test(`R27 after ${what} changed, the newest version is ${isChanged ? 'marked' : 'as good as before'}`, () => {
    assert.equal(hasChangedSince(facts(), facts(change, later)), isChanged);
  });

test('leaving the site after the signature, and running work that ends with it, is no change', () => {
  assert.equal(hasChangedSince(facts(onSite), facts(onSite, later)), false, 'work goes on running');
  assert.equal(hasChangedSince(facts(onSite), facts(left, later)), false);
  const corrected = facts((page) => {
    left(page);
    Object.assign(page.visit.log.at(-1) ?? {}, { ended_at: '2026-11-22T09:00:00.000Z' });
  });
  assert.equal(hasChangedSince(facts(onSite), corrected), true, 'an end that somebody else gave it is one');
  assert.equal(hasChangedSince(facts(left), facts(onSite)), true);
});

test('a second day on site is a change, and so are the firm’s colours not', () => {
  const day = { departed_at: null, started_at: null, no_wrap_up_reason: null, held: [] };
  const earlier = { ...day, arrived_at: '2026-11-21T01:00:00.000Z', left_at: '2026-11-21T09:00:00.000Z' };
  const secondDay = facts(({ visit }) => Object.assign(visit, { days: [earlier] }));
  assert.equal(secondDay.visit.days?.length, 2);
  assert.equal(secondDay.visit.arrived_at, earlier.arrived_at);
  assert.equal(hasChangedSince(facts(), secondDay), true);
  const painted = reportFacts(toldPage(), { ...toldFirm, accent_color: '#000000', name: '新名字' }, now);
  assert.equal(hasChangedSince(facts(), painted), false);
});

test('a visit that was called off marks the versions made before, and no version that was made after without telling it', () => {
  const stamp = { by_id: toldPage().visit.engineer_id, by_name: '周敏', at: now, reason: '客户改期' };
  const cancelled = facts(({ visit }) => Object.assign(visit, { state: 'cancelled', cancelled: stamp }));
  assert.equal(cancelled.visit.cancelled_at, now);
  assert.ok(!JSON.stringify(cancelled).includes('客户改期'), 'why stays inside');
  const { cancelled_at: _, ...olderVisit } = facts().visit;
  const untold = factsShape.parse({ ...facts(), visit: olderVisit });
  assert.equal(hasChangedSince(untold, cancelled), false, 'an older version lacks the field');
  assert.equal(hasChangedSince(untold, cancelled, later), false);
  assert.equal(hasChangedSince(untold, cancelled, '2026-11-22T08:00:00.000Z'), true);
  assert.equal(hasChangedSince(facts(), cancelled, later), true, 'called off before, and heard of after');
  assert.equal(hasChangedSince(cancelled, cancelled, '2026-11-22T08:00:00.000Z'), false);
});
