import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gravestFirst } from './gravity.ts';

test('R24 the gravest stands first, and what is as grave as another keeps its order', () => {
  const found = [
    { what: 'a', risk: 'low' },
    { what: 'b', risk: 'high' },
    { what: 'c', risk: 'critical' },
    { what: 'd', risk: 'high' },
    { what: 'e', risk: 'medium' },
  ] as const;
  assert.equal(
    gravestFirst(found)
      .map(({ what }) => what)
      .join(''),
    'cbdea',
  );
});
