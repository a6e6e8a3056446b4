import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contractState, refuseTerms, type Targets } from './contract.ts';

const each = { first_response: 30, resolution: 240 };
const targets: Targets = { p1: each, p2: each, p3: each, p4: each };
const terms = { targets, starts_on: '2026-01-01', ends_on: '2026-12-31' };

const cases = [
  { name: 'a year with answers before solutions', terms, code: null },
  { name: 'no end', terms: { ...terms, ends_on: null }, code: null },
  { name: 'one day', terms: { ...terms, ends_on: '2026-01-01' }, code: null },
  {
    name: 'an end before the start',
    terms: { ...terms, ends_on: '2025-12-31' },
    code: 'contracts.ends_before_start',
  },
  {
    name: 'an answer due after the solution',
    terms: { ...terms, targets: { ...targets, p3: { first_response: 300, resolution: 240 } } },
    code: 'contracts.response_after_resolution',
  },
];
for (const { name, terms, code } of cases) {
  test(`R37 a contract with ${name} is ${code ?? 'taken'}`, () => {
    assert.equal(refuseTerms(terms)?.code ?? null, code);
  });
}

test('R37 the refusal of reversed targets names the priority', () => {
  const reversed = { ...targets, p3: { first_response: 300, resolution: 240 } };
  assert.deepEqual(refuseTerms({ ...terms, targets: reversed })?.params, { priority: 3 });
});

test('R37 a contract is in force from its first day to its last, both included', () => {
  const on = (date: string) => contractState(terms, date);
  assert.deepEqual(
    [on('2025-12-31'), on('2026-01-01'), on('2026-12-31'), on('2027-01-01')],
    ['coming', 'in_force', 'in_force', 'ended'],
  );
  assert.equal(contractState({ ...terms, ends_on: null }, '2099-01-01'), 'in_force');
});
