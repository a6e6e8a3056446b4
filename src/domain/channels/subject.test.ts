import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberInSubject, plainSubject, threadSubject } from './subject.ts';

test('R1 a subject loses what mail programs and we put before and behind it', () => {
  const cases: [string, string][] = [
    ['收银机慢', '收银机慢'],
    ['Re: 收银机慢 [#1043]', '收银机慢'],
    ['回复：Re: 答复: 收银机慢 [#1043]', '收银机慢'],
    ['转发：RE[2]: Fw: printer', 'printer'],
    ['[#1043] Re: 网络', '网络'],
    ['Re: [ref:abcdefghjkmnpqrstuvwxyz2] 网络', '网络'],
    ['Re: ', ''],
    ['Report: nothing before it', 'Report: nothing before it'],
    ['  a \t b  ', 'a b'],
  ];
  for (const [given, plain] of cases) assert.equal(plainSubject(given), plain, given);
  assert.ok(plainSubject('好'.repeat(900)).length <= 200);
  assert.ok(plainSubject('😀'.repeat(300)).isWellFormed());
});

test('R1 hostile subjects take no time', () => {
  const started = performance.now();
  for (const text of [`${'Re: '.repeat(50_000)}x`, `${'[#'.repeat(50_000)}`, ' '.repeat(100_000)])
    plainSubject(text);
  assert.ok(performance.now() - started < 500);
});

test('R1 a number in a subject is found, and our own subject gives both back', () => {
  assert.equal(numberInSubject('Re: 收银机慢 [#1043]'), 1043);
  assert.equal(numberInSubject('#1043 收银机慢'), null);
  const ours = threadSubject('收银机慢', 1043);
  assert.equal(plainSubject(ours), '收银机慢');
  assert.equal(numberInSubject(ours), 1043);
});
