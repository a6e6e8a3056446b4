import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { column, stamped, visitWith } from '#test/quiet-visit.ts';
import { filledColumns, owedScope, scopeDifferences, scopeObjections, unlikeRows } from './scope.ts';
import type { Visit } from './visit.ts';

const alike = { scope_sales: column(), scope_customer: column(), scope_interface: column() };

type Case = [what: string, visit: Partial<Visit>, objections: string[]];
const cases: Case[] = [
  ['three columns that agree and an interface person leave nothing to object to', alike, []],
  [
    'without an interface person nobody is sent off',
    { ...alike, interface_contact_id: null },
    ['no_interface_person'],
  ],
  [
    'each empty column is named',
    { scope_sales: column() },
    ['column_missing customer', 'column_missing interface'],
  ],
  [
    'nothing at all is said',
    {},
    ['column_missing sales', 'column_missing customer', 'column_missing interface'],
  ],
  [
    'hours of 4 and 6 are one visit: exactly one and a half',
    { ...alike, scope_customer: column({ hours: 6 }) },
    [],
  ],
  [
    'hours of 4 and 6.25 are two',
    { ...alike, scope_customer: column({ hours: 6.25 }) },
    ['hours_apart 4 6.25'],
  ],
  [
    'the smallest is held against the largest, not one against the next',
    {
      scope_sales: column({ hours: 2 }),
      scope_customer: column({ hours: 2.9 }),
      scope_interface: column({ hours: 4 }),
    },
    ['hours_apart 2 4'],
  ],
  [
    'night work that one side names',
    { ...alike, scope_interface: column({ night: true }) },
    ['night_one_sided interface'],
  ],
  [
    'night work that two of three name is still not agreed',
    { ...alike, scope_customer: column({ night: true }), scope_interface: column({ night: true }) },
    ['night_one_sided customer,interface'],
  ],
  [
    'night work that all name is agreed',
    {
      scope_sales: column({ night: true }),
      scope_customer: column({ night: true }),
      scope_interface: column({ night: true }),
    },
    [],
  ],
  [
    'a verification of blanks is none, and one that a single side names is not agreed',
    {
      ...alike,
      scope_sales: column({ verification: '十笔' }),
      scope_customer: column({ verification: '  ' }),
    },
    ['verification_one_sided sales'],
  ],
  ['an emergency goes with one column', { is_emergency: true, scope_customer: column() }, []],
  [
    'an emergency without any column does not',
    { is_emergency: true },
    ['column_missing sales', 'column_missing customer', 'column_missing interface'],
  ],
  [
    'an emergency needs its interface person all the same',
    { is_emergency: true, scope_customer: column(), interface_contact_id: null },
    ['no_interface_person'],
  ],
  [
    'two columns of an emergency that differ are objected to',
    { is_emergency: true, scope_sales: column({ hours: 1 }), scope_customer: column({ hours: 8 }) },
    ['hours_apart 1 8'],
  ],
];

describe('R20 what the scope sheet objects to', () => {
  for (const [what, visit, expected] of cases) {
    it(what, () => {
      const objections = scopeObjections(visitWith(visit)).map(({ code, ...rest }) =>
        [code, ...Object.values(rest)].join(' '),
      );
      assert.deepEqual(objections, expected);
    });
  }

  it('one column differs from nothing', () => {
    const visit = visitWith({ scope_sales: column({ night: true, verification: '十笔' }) });
    assert.deepEqual(scopeDifferences(visit), []);
    assert.deepEqual(
      filledColumns(visit).map(({ party }) => party),
      ['sales'],
    );
  });
});

describe('R20 what an emergency sent off by the short form still owes', () => {
  const dispatched = { ...stamped('08:00'), overridden: [], override_reason: null };
  const sent = { is_emergency: true, state: 'dispatched', dispatched, scope_sales: column() } as const;

  it('the empty columns, within a day of dispatch', () => {
    const { at } = dispatched;
    const due_at = new Date(Date.parse(at) + 86_400_000).toISOString();
    assert.deepEqual(owedScope(visitWith(sent)), { missing: ['customer', 'interface'], due_at });
    assert.equal(owedScope(visitWith({ ...sent, state: 'done' }))?.due_at, due_at);
  });

  const nothing: [string, Partial<Visit>][] = [
    ['all columns are filled in', { ...sent, ...alike }],
    ['it is no emergency', { ...sent, is_emergency: false }],
    ['nobody was sent off yet', { ...sent, state: 'planned', dispatched: null }],
    ['it was called off', { ...sent, state: 'cancelled' }],
  ];
  for (const [why, visit] of nothing) {
    it(`nothing when ${why}`, () => assert.equal(owedScope(visitWith(visit)), null));
  }
});

describe('R20 rows that do not say the same are seen, whether or not they stand in the way', () => {
  const rows: [string, Partial<Visit>, string[]][] = [
    ['columns that agree', alike, []],
    ['one column alone', { scope_sales: column() }, []],
    ['hours within what one may shrug off', { ...alike, scope_customer: column({ hours: 6 }) }, ['hours']],
    ['other work', { ...alike, scope_interface: column({ what: '换交换机' }) }, ['what']],
    ['night work of one side', { ...alike, scope_sales: column({ night: true }) }, ['night']],
    [
      'two ways to verify',
      { ...alike, scope_customer: column({ verification: '客户自己试' }) },
      ['verification'],
    ],
    ['a space too many', { ...alike, scope_customer: column({ what: ` ${column().what} ` }) }, []],
  ];
  for (const [what, visit, unlike] of rows)
    it(what, () => assert.deepEqual(unlikeRows(visitWith(visit)), unlike));
});
