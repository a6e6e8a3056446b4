import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexedTokens, type SearchDocument, sinceTokens } from './document.ts';
import { excerptOf, markAll } from './highlighting.ts';
import { candidateQueries, needsDays } from './planning.ts';
import { parseQuery } from './query.ts';
import { type Found, rarityOf, scoreOf, siblingScores } from './ranking.ts';

const statistics = {
  documents: 1_000,
  mean_length: 50,
  with_term: new Map([
    ['print', 300],
    ['zebra', 3],
    ['label', 300],
  ]),
};
const hit = (found: Record<string, number[]>, { length = 50, title = [] as string[] } = {}) => ({
  length,
  found: new Map<string, Found>(
    Object.entries(found).map(([term, positions]) => [
      term,
      title.includes(term)
        ? { in_title: positions.length, in_body: 0, positions }
        : { in_title: 0, in_body: positions.length, positions },
    ]),
  ),
});
const score = (query: string, one: ReturnType<typeof hit>) =>
  scoreOf(one, parseQuery(query).terms, statistics);

const better: [what: string, query: string, first: ReturnType<typeof hit>, second: ReturnType<typeof hit>][] =
  [
    [
      'the rare word outweighs the common ones',
      'zebra label print',
      hit({ zebra: [1] }),
      hit({ label: [1], print: [9] }),
    ],
    ['more of the words is better', 'zebra label', hit({ zebra: [1], label: [7] }), hit({ zebra: [1] })],
    ['oftener is better', 'label', hit({ label: [1, 5, 9] }), hit({ label: [1] })],
    ['shorter is better', 'label', hit({ label: [1] }, { length: 10 }), hit({ label: [1] }, { length: 400 })],
    [
      'the title is better than the text',
      'label',
      hit({ label: [1] }, { title: ['label'] }),
      hit({ label: [1] }),
    ],
    [
      'side by side is better',
      'label print',
      hit({ label: [4], print: [5] }),
      hit({ label: [4], print: [20] }),
    ],
  ];
for (const [what, query, first, second] of better)
  test(`R51 ${what}`, () => assert.ok(score(query, first) > score(query, second)));

test('R51 a word of a ticket’s title and one of its messages count together, less than both in one place', () => {
  const { terms } = parseQuery('zebra label');
  const hits = [
    { ticket: 'split', ...hit({ zebra: [1] }) },
    { ticket: 'split', ...hit({ label: [1] }) },
    { ticket: 'whole', ...hit({ zebra: [1], label: [9] }) },
    { ticket: 'one word', ...hit({ zebra: [1] }) },
    { ticket: null, ...hit({ zebra: [1] }) },
    { ticket: null, ...hit({ label: [1] }) },
  ];
  const more = siblingScores(hits, terms, statistics);
  const [title, , whole, one] = hits.map((found, at) => scoreOf(found, terms, statistics) + (more[at] ?? 0));
  assert.ok((whole as number) > (title as number));
  assert.ok((title as number) > (one as number));
  assert.deepEqual(more.slice(2), [0, 0, 0, 0]);
});

test('R51 what was never counted is rarer than anything, and nothing counts below zero', () => {
  assert.ok(rarityOf(0, 1_000) > rarityOf(1, 1_000));
  assert.ok(rarityOf(1_000, 1_000) >= 0 && rarityOf(2_000, 1_000) >= 0);
});

const marks: [text: string, query: string, marked: string[]][] = [
  ['打印机卡住了', '打印机', ['打印机']],
  ['提示 ＯＲＡ－０１５５５ 快照过旧', 'ora 01555', ['ＯＲＡ－０１５５５']],
  ['The PRINTERS were offline', 'printing printer', ['PRINTERS']],
  ['重启后卡死', '卡', ['卡']],
  ['不知道为什么卡住', '为什么卡住', ['卡住']],
  ['①号机', '1号', ['①号']],
  // One sign that is read as two: what comes after it stands elsewhere in the folded text.
  ['净重三㎏的秤坏了', '秤', ['秤']],
  ['没有', '打印机', []],
];
for (const [text, query, marked] of marks)
  test(`R51 in “${text}”, ${query} marks ${marked.join(', ') || 'nothing'}`, () => {
    const found = markAll(text, parseQuery(query));
    assert.deepEqual(
      found.marks.map(([start, end]) => text.slice(start, end)),
      marked,
    );
  });

test('R51 an excerpt shows where most was found, marked in its own text', () => {
  const text = `${'早上一切正常。'.repeat(900)}收银机报 ORA-01555 以后卡住。${'后来好了。'.repeat(50)}`;
  const { text: excerpt, marks: spans } = excerptOf(text, parseQuery('收银机 ora01555'), 80);
  assert.ok(excerpt.length <= 82);
  assert.deepEqual(
    spans.map(([start, end]) => excerpt.slice(start, end)),
    ['收银机', 'ORA-01555'],
  );
  assert.equal(excerptOf('短', parseQuery('x'), 80).text, '短');
});

const document: SearchDocument = {
  kind: 'ticket',
  subject_id: '01900000-0000-7000-8000-000000000001',
  audience: 'customer',
  customer_id: '01900000-0000-7000-8000-0123456789ab',
  ticket_id: null,
  visit_id: null,
  number: 1043,
  state: 'open',
  happened_at: '2026-11-28T00:00:00.000Z',
  title: '卡住',
  body: "it's 卡住",
};

test('R51 a document carries its words with their places, and what is filtered by', () => {
  const { tokens, length } = indexedTokens(document);
  assert.match(tokens, /'卡住':1A,\d+(?= )/);
  for (const filter of ['=kticket', '=c0123456789ab', '=acustomer', '=sopen', '=d20785'])
    assert.ok(tokens.includes(`'${filter}'`), filter);
  assert.equal(length, 6);
});

test('R51 few tokens name all days since one, and no day before it', () => {
  const tokens = sinceTokens(20_001, 20_785);
  assert.ok(tokens.length < 30);
  const daysOf = (token: string) => {
    const size = { d: 1, e: 8, f: 64, g: 512 }[token[1] as 'd' | 'e' | 'f' | 'g'];
    return Array.from({ length: size }, (_, n) => Number(token.slice(2)) * size + n);
  };
  const days = tokens.flatMap(daysOf);
  assert.equal(new Set(days).size, days.length);
  assert.equal(Math.min(...days), 20_001);
  assert.ok(days.includes(20_786));
});

const plan = (text: string, counts: Record<string, number>, over: object = {}) => ({
  query: parseQuery(text),
  documents: 1_000_000,
  with_term: new Map(Object.entries(counts)),
  filters: [],
  days: [
    { day: 20_785, documents: 5_000 },
    { day: 20_784, documents: 500_000 },
  ],
  today: 20_785,
  ...over,
});

test('R51 rare terms bring all their documents, common ones those of the newest days', () => {
  const [rare, common] = candidateQueries(plan('zebra label', { zebra: 12, label: 400_000 })) as [
    string,
    string,
  ];
  assert.equal(rare, "'zebra'");
  assert.match(common, /^'label' & \('=d20785' \| .*\)$/);
  assert.ok(!common.includes('20784'));
});

test('R51 a phrase is demanded; a phrase of unknown words has no candidates; filters stand in every question', () => {
  const filters = [['=kticket', '=kvisit'], ['=c0123456789ab']];
  const counts = { label: 40, printer: 30, '=kticket': 900_000, '=c0123456789ab': 5_000 };
  const [only] = candidateQueries(plan('"label printer"', counts, { filters })) as [string];
  assert.equal(only, "('label' <1> 'printer') & ('=kticket' | '=kvisit') & '=c0123456789ab'");
  assert.deepEqual(candidateQueries(plan('"label zebra"', { label: 40 })), []);
  assert.deepEqual(candidateQueries(plan('zebra', {})), []);
});

test('R51 overlapping pairs of one word are not taken for two words that meet', () => {
  const counts = { 打印: 100_000, 印机: 100_000, 卡住: 50_000 };
  const [together] = candidateQueries(plan('打印机 卡住', counts)) as [string];
  assert.ok(together.startsWith("'卡住' & '打印'") && !together.includes('印机'));
  assert.equal(needsDays(plan('打印机', counts)), true);
  assert.equal(needsDays(plan('zebra', { zebra: 3 })), false);
});
