import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyKickOff } from '#domain/visits/visit.ts';
import { hasSiteParts, type SiteParts } from './site-parts.ts';

const at = '2026-11-21T01:00:00.000Z';
const blank: SiteParts = {
  state: 'planned',
  days: [],
  log: [],
  findings: [],
  promises: [],
  wrap_ups: [],
  signatures: [],
  kick_off: emptyKickOff,
};
const one = [{}] as unknown[];
const day = {
  departed_at: at,
  arrived_at: at,
  started_at: at,
  left_at: at,
  no_wrap_up_reason: null,
  held: [],
};

const cases: [string, Partial<Record<keyof SiteParts, unknown>>, boolean][] = [
  ['planned, and nobody was there', {}, false],
  ['on the way for the first time', { state: 'travelling' }, false],
  ['somebody is there', { state: 'on_site' }, true],
  ['between two days, with an empty log and no kick-off', { state: 'dispatched', days: [day] }, true],
  ['on the way for the second day', { state: 'travelling', days: [day] }, true],
  ['time was written down before anybody arrived', { state: 'travelling', log: one }, true],
  ['something was found while the plan stands', { findings: one }, true],
  ['the kick-off was prepared', { kick_off: { ...emptyKickOff, plan: '先备份' } }, true],
  [
    'only what to mind was written for the kick-off',
    { kick_off: { ...emptyKickOff, cautions: '别断电' } },
    true,
  ],
  ['cancelled before anybody went', { state: 'cancelled' }, false],
  [
    'cancelled, the kick-off being prepared',
    {
      state: 'cancelled',
      kick_off: { ...emptyKickOff, plan: '先备份' },
    },
    true,
  ],
  ['cancelled with a finding alone', { state: 'cancelled', findings: one }, true],
  ['cancelled with a signature alone', { state: 'cancelled', signatures: one }, true],
  ['cancelled between two days', { state: 'cancelled', days: [day] }, true],
];

for (const [what, part, isShown] of cases)
  test(`what is written on site stands at the desk once it can be: ${what}`, () => {
    assert.equal(hasSiteParts({ ...blank, ...part } as SiteParts), isShown);
  });
