import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countOfNext } from './count-of-next.ts';

const cases: [what: string, made: number, begun: number[], expected: number][] = [
  ['nothing was begun', 2, [], 2],
  ['it was begun before another came in', 2, [1], 1],
  ['it was begun before an earlier one was refused', 0, [1], 1],
  ['two were begun: the latest is gone on with', 1, [0, 2], 2],
];
for (const [what, made, begun, expected] of cases)
  test(`R28 what was begun of a signature or a wrap-up is found again: ${what}`, () => {
    assert.equal(
      countOfNext(made, (count) => begun.includes(count)),
      expected,
    );
  });
