import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuery } from './query.ts';

const weightsOf = (text: string) =>
  Object.fromEntries(parseQuery(text).terms.map(({ term, weight }) => [term, weight]));

test('R51 question words are asked for too, and count little', () => {
  const weights = weightsOf('打印机为什么连不上？');
  assert.equal(weights.打印, 1);
  assert.equal(weights.为什, 0.2);
  assert.ok((weights.机为 as number) < 1 && (weights.机为 as number) > 0.2);
  assert.deepEqual(weightsOf('what is the printer'), { what: 0.2, is: 0.2, the: 0.2, printer: 1 });
});

test('R51 nothing but question words is still a query', () => {
  assert.deepEqual(weightsOf('什么'), { 什么: 0.2 });
  assert.deepEqual(weightsOf('的'), { 的: 0.2 });
});

test('R51 a single character finds all that begins with it; one that only holds a sentence together does not count', () => {
  assert.deepEqual(
    parseQuery('卡').terms.map(({ term, isPrefix }) => [term, isPrefix]),
    [['卡', true]],
  );
  assert.deepEqual(new Set(Object.keys(weightsOf('Win10 的 驱动'))), new Set(['win10', 'win', '10', '驱动']));
});

const phrases: [text: string, phrases: string[][]][] = [
  ['"label printer"', [['label@0', 'printer@1']]],
  ['“收银机卡住”', [['收银@0', '银机@1', '机卡@2', '卡住@3']]],
  ['「断线」 网络', [['断线@0']]],
  ['＂ＯＲＡ－０１５５５＂', [['ora@0', '01555@1']]],
  ['"收银机 printer"', [['收银@0', '银机@1', 'printer@3']]],
  ['"never closed', []],
  ['“ ”', []],
  ['it\'s "a" and "b"', [['a@0'], ['b@0']]],
];
for (const [text, expected] of phrases)
  test(`R51 ${text} asks for ${expected.length} phrases`, () => {
    const found = parseQuery(text).phrases.map((phrase) =>
      phrase.map(({ term, offset }) => `${term}@${offset}`),
    );
    assert.deepEqual(found, expected);
  });

const numbers: [text: string, number: number | null][] = [
  ['#1043', 1043],
  [' 1043 ', 1043],
  ['＃１０４３', 1043],
  ['1043 打印机', null],
  ['#', null],
  ['9'.repeat(20), null],
];
for (const [text, number] of numbers)
  test(`R51 ${text.slice(0, 12)} is ${number === null ? 'no number' : 'the number of a ticket'}`, () => {
    assert.equal(parseQuery(text).number, number);
  });

test('R51 a word that is being typed is looked for by its beginning as well', () => {
  const typed = parseQuery('restart prin', { typing: true }).terms.filter(({ isPrefix }) => isPrefix);
  assert.deepEqual(
    typed.map(({ term }) => term),
    ['prin'],
  );
  const code = parseQuery('ORA-015', { typing: true }).terms.filter(({ isPrefix }) => isPrefix);
  assert.deepEqual(
    code.map(({ term }) => term),
    ['015'],
  );
});

test('R51 a query without end is cut, and keeps what says most', () => {
  const { terms } = parseQuery(
    `${'的什么'.repeat(40)}打印机 ${Array.from({ length: 80 }, (_, n) => `w${n}x`).join(' ')}`,
  );
  assert.ok(terms.length <= 48);
  assert.ok(terms.some(({ term }) => term === '打印'));
});

test('R51 operators of other machines, marks and halves of letters are only signs', () => {
  for (const text of ['& | ! <-> :*', '\u202e\u200f\ufeff', '\ud800', '((("', "\\'"])
    assert.deepEqual(parseQuery(text).terms, []);
});
