import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stemOf } from './stemming.ts';
import { tokensOf } from './tokens.ts';

const termsOf = (text: string) => tokensOf(text).tokens.map(({ term }) => term);

const cases: [text: string, terms: string[]][] = [
  ['打印机', ['打印', '印机', '机']],
  ['卡', ['卡']],
  ['收银机，卡住', ['收银', '银机', '机', '卡住', '住']],
  ['Printers are PRINTING', ['printer', 'are', 'print']],
  ['Ｐｒｉｎｔ１２', ['print12', 'print', '12']],
  ['ORA-01555', ['ora01555', 'ora', '01555']],
  ['ora 01555', ['ora', '01555']],
  ['ＯＲＡ－０１５５５', ['ora01555', 'ora', '01555']],
  ['ORA01555', ['ora01555', 'ora', '01555']],
  ['0x80070005', ['0x80070005', '80070005']],
  ['SN: HX-2019-0042', ['sn', 'hx20190042', 'hx', '2019', '0042', '20190042']],
  ['138 1234 5678', ['138', '1234', '5678', '13812345678']],
  ['138-1234-5678', ['13812345678', '138', '1234', '5678', '13812345678']],
  ['+86 138 1234 5678', ['86', '138', '1234', '5678', '8613812345678', '13812345678']],
  ['Win10系统', ['win10', 'win', '10', '系统', '统']],
  ['wang@firm.example', ['wang', 'firm', 'exampl']],
  ['10.0.0.1', ['10001', '10', '0', '0', '1']],
  ['ﾌﾟﾘﾝﾀ', ['プリ', 'リン', 'ンタ', 'タ']],
  ['a\u200bb', ['ab']],
  ['Ⅳ', ['iv']],
  ['ﬁle', ['file']],
  ['𠮷野', ['𠮷野', '野']],
  ['， … ！', []],
  ['', []],
];

for (const [text, terms] of cases)
  test(`R51 ${JSON.stringify(text)} is found by ${terms.join(' ') || 'nothing'}`, () => {
    assert.deepEqual(termsOf(text), terms);
  });

test('R51 codes spelled in any way share their terms', () => {
  for (const spelling of ['ora 01555', 'ＯＲＡ－０１５５５', 'Ora-01555', 'ORA01555', 'ora_01555'])
    for (const term of ['ora', '01555']) assert.ok(termsOf(spelling).includes(term), `${spelling}: ${term}`);
});

test('R51 neighbours have neighbouring positions, whatever lies between as signs', () => {
  const at = new Map(tokensOf('把ORA-01555 重启').tokens.map(({ term, position }) => [term, position]));
  assert.deepEqual([at.get('把'), at.get('ora'), at.get('01555'), at.get('重启')], [1, 2, 3, 4]);
});

test('R51 spans lead back to the original, where folding changed its length', () => {
  const text = '①号ﬁle';
  const { tokens, folded } = tokensOf(text);
  const spans = tokens.map(({ start, end }) => text.slice(...folded.spanOf(start, end)));
  assert.deepEqual(spans, ['①', '号', 'ﬁle']);
});

test('R51 a long text is read in time that grows with it', () => {
  const text = '收银机ORA-01555卡住了 printer offline '.repeat(1_500);
  const started = performance.now();
  assert.ok(tokensOf(text).tokens.length > 10_000);
  tokensOf('a-'.repeat(30_000));
  tokensOf('1 '.repeat(30_000));
  tokensOf('123 4567 '.repeat(6_000));
  tokensOf('\u0301'.repeat(30_000));
  assert.ok(performance.now() - started < 3_000);
});

// Pairs from the sample vocabulary of Snowball's English stemmer.
const stems = {
  consign: 'consign',
  consigned: 'consign',
  consigning: 'consign',
  consignment: 'consign',
  consistency: 'consist',
  consistently: 'consist',
  consolation: 'consol',
  consolations: 'consol',
  consolatory: 'consolatori',
  console: 'consol',
  consolidating: 'consolid',
  consols: 'consol',
  conspicuous: 'conspicu',
  constables: 'constabl',
  knack: 'knack',
  kneeling: 'kneel',
  knightly: 'knight',
  knives: 'knive',
  happy: 'happi',
  by: 'by',
  say: 'say',
  dying: 'die',
  hopping: 'hop',
  hoping: 'hope',
  luxuriated: 'luxuri',
  agreed: 'agre',
  generously: 'generous',
  proceeds: 'proceed',
  news: 'news',
  gas: 'gas',
  gaps: 'gap',
  ties: 'tie',
  cries: 'cri',
  printers: 'printer',
  printing: 'print',
  relational: 'relat',
  falling: 'fall',
};
test('R51 the forms of an English word share its stem', () => {
  assert.deepEqual(Object.fromEntries(Object.keys(stems).map((word) => [word, stemOf(word)])), stems);
});
