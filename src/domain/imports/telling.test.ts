import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conversationTeller } from './conversations.ts';
import { mappedTeller } from './mapped-tickets.ts';
import { mapping } from './mapping.ts';
import { mappingFrom, presetFor, presets } from './presets.ts';
import { type CountedEvent, recount } from './recounting.ts';
import { sourceTimeMs } from './source-time.ts';
import { cleanText, cut, inMessages, type Teller, type Told } from './told.ts';

const now = '2026-11-28T00:00:00.000Z';

test('times are read as desks write them, and none is made up', () => {
  const cases: [string, 'dmy' | 'mdy', string | null][] = [
    ['2022-01-02 11:12:51+00:00', 'dmy', '2022-01-02T11:12:51.000Z'],
    ['2022-01-02T11:12:51.5Z', 'dmy', '2022-01-02T11:12:51.500Z'],
    ['2022/1/2 9:05', 'dmy', '2022-01-02T01:05:00.000Z'],
    ['2022年1月2日 9:05', 'dmy', '2022-01-02T01:05:00.000Z'],
    ['29/2/2016 01:16', 'dmy', '2016-02-28T17:16:00.000Z'],
    ['2/29/2016 1:16 PM', 'mdy', '2016-02-29T05:16:00.000Z'],
    ['12:00 AM', 'dmy', null],
    ['02/Jan/22 12:30 AM', 'dmy', '2022-01-01T16:30:00.000Z'],
    ['2022-01-02', 'dmy', '2022-01-01T16:00:00.000Z'],
    ['2022-01-02 10:00 -0530', 'dmy', '2022-01-02T15:30:00.000Z'],
    ['29/2/2015 01:16', 'dmy', null],
    ['13/13/2015 01:16', 'dmy', null],
    ['2022-01-02 25:00', 'dmy', null],
    ['2022-01-02 10:00 somewhere', 'dmy', null],
    ['yesterday', 'dmy', null],
    ['', 'dmy', null],
  ];
  for (const [text, order, expected] of cases) {
    const ms = sourceTimeMs(text, { zone: 'Asia/Shanghai', order });
    assert.equal(ms === null ? null : new Date(ms).toISOString(), expected, text);
  }
});

test('texts are cut between characters, and long ones become several messages without losing a word', () => {
  assert.equal(cut('a😀b', 2), 'a');
  assert.equal(cleanText('a\u0000b\ud800\r\nc'), 'ab\ufffd\nc');
  const long = '一句话，'.repeat(12_000);
  const parts = inMessages(long);
  assert.equal(parts.join(''), long);
  assert.ok(parts.length > 1 && parts.every((part) => part.length <= 20_000));
});

function tellAll(teller: Teller, rows: Record<string, string>[]): Told[] {
  const told = rows.flatMap((fields, index) => teller.take({ index, line: index + 2, fields }));
  return [...told, ...teller.end()];
}

const sentence = (text: string, others: Record<string, string> = {}) => ({
  issueid: '9.0',
  id: '1.0',
  comment_seq: '0',
  utr_seq: '0',
  author: '甲',
  created: '2022-01-02 11:12:51+00:00',
  is_private: '0.0',
  actionbody: text,
  author_role: 'reporter',
  ...others,
});

test('R4 one private sentence makes its comment private, and a private word is never title or first words', () => {
  const [told] = tellAll(conversationTeller({ zone: 'UTC', now, state: 'closed' }), [
    sentence('公开半句'),
    sentence('私下半句', { utr_seq: '1.0', is_private: '1.0' }),
  ]);
  assert.deepEqual(
    told?.messages.map(({ voice, from }) => [voice, from]),
    [['internal', 'staff']],
  );
  assert.equal(told?.ticket?.title, '9');
  assert.equal(told?.ticket?.customer_words, null);
});

test('an endless conversation comes in by parts, each sentence once', () => {
  const rows = Array.from({ length: 5_000 }, (_, n) =>
    sentence(`第 ${n} 句`, { id: `${Math.floor(n / 3)}.0`, utr_seq: String(n % 3) }),
  );
  const told = tellAll(conversationTeller({ zone: 'UTC', now, state: 'open' }), rows);
  assert.ok(told.length > 1);
  const all = told.flatMap(({ messages }) => messages);
  assert.equal(new Set(all.map(({ key }) => key)).size, all.length);
  assert.equal(all.flatMap(({ body }) => body.split('\n')).length, 5_000);
  assert.equal(told.at(-1)?.through, 4_999);
});

test('a mapped row: voices by column, unknown states stay out, several rows of one ticket are one ticket', () => {
  const map = mapping.parse({
    source: 'old',
    columns: {
      reference: 'no',
      title: 't',
      words: 'w',
      state: 's',
      opened_at: 'at',
      internal_notes: ['note'],
      public_notes: ['reply'],
    },
    states: { Open: 'open', ' CLOSED ': 'closed' },
  });
  const row = (fields: Record<string, string>) => ({
    no: '1',
    t: '标题',
    w: '原话',
    s: 'open',
    at: '2022-01-02',
    note: '',
    reply: '',
    ...fields,
  });
  const told = tellAll(mappedTeller({ zone: 'UTC', now, mapping: map }), [
    row({ note: '内部' }),
    row({ s: 'closed', reply: '回复' }),
    row({ no: '2', s: 'limbo' }),
    row({ no: '3', t: '', w: '' }),
  ]);
  assert.deepEqual(
    told[0]?.messages.map(({ voice, from, body }) => [voice, from, body]),
    [
      ['customer', 'contact', '原话'],
      ['internal', 'staff', '内部'],
      ['customer', 'staff', '回复'],
    ],
  );
  assert.equal(told[0]?.ticket?.state, 'closed');
  assert.deepEqual(
    told.flatMap(({ rejects }) => rejects.map(({ reason, line }) => [reason, line])),
    [
      ['state_unknown', 4],
      ['title_missing', 5],
    ],
  );
});

test('what the source kept from the customer stays out, in whatever language it says so', () => {
  const columns = { reference: 'no', title: 't', opened_at: 'at', is_private: 'p' };
  const map = mapping.parse({ source: 'old', columns, other_states: 'closed' });
  const said = ['', 'No', 'false', '否', 'Yes', 'TRUE', '1', '是', 'top secret'];
  const rows = said.map((p, n) => ({ no: `${n}`, t: '标题', at: '2022-01-02', p }));
  const told = tellAll(mappedTeller({ zone: 'UTC', now, mapping: map }), rows);
  assert.deepEqual(
    told.flatMap(({ rejects }) => rejects.map(({ reason, line }) => [reason, line])),
    [6, 7, 8, 9, 10].map((line) => ['kept_private', line]),
  );
  assert.equal(mappingFrom('redmine', ['#', 'Subject', 'Created', 'Private'])?.columns.is_private, 'Private');
});

test('each preset knows its own export again, and comments of unknown voice are proposed as internal', () => {
  for (const [name, { columns }] of Object.entries(presets)) {
    const header = Object.values(columns).map(([first]) => first);
    assert.equal(presetFor(header), name);
    assert.equal(mappingFrom(name as keyof typeof presets, header)?.columns.public_notes, undefined);
  }
  const jira = [
    'Summary',
    'Issue key',
    'Status',
    'Created',
    'Reporter',
    'Priority',
    'Comment',
    'Comment (2)',
  ];
  assert.deepEqual(mappingFrom('jira-service-management', jira)?.columns.internal_notes, [
    'Comment',
    'Comment (2)',
  ]);
  assert.equal(presetFor(['a', 'b']), null);
});

// The first lines of real exports, by the sources that stand beside the presets.
const exported = {
  zammad:
    '#,Title,State,Priority,Group,Owner,Customer,Organization,Create Channel,Sender,Tags,Time Units Total,Created At,' +
    'Updated At,Closed At,Close Escalation At,Close In Min,First Response At,Last Contact At,Article Count,Escalation At',
  osticket:
    'Ticket Number,Date Created,Subject,From,From Email,Priority,Department,Help Topic,Source,Current Status,Last Updated,' +
    'SLA Due Date,Due Date,Closed Date,Overdue,Merged,Linked,Answered,Agent Assigned,Team Assigned,Thread Count,Reopen Count',
  glpi:
    'ID,Title,Entity,Opening Date,Priority,Last Update,Last edit by,Status,Type,Requester - Requester,Category,' +
    'Assigned To - Technician,Assigned to - Technician group,Resolution date,Time to resolve,Closing date',
  redmine:
    '#,Project,Tracker,Parent task,Status,Priority,Subject,Author,Assignee,Updated,Category,Target version,Start date,' +
    'Due date,Estimated time,Spent time,% Done,Created,Closed,Related issues,Private,Description',
  'jira-service-management':
    'Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Priority,Resolution,Assignee,Reporter,Creator,' +
    'Created,Updated,Last Viewed,Resolved,Labels,Description,Custom field (Organizations),Satisfaction rating,Comment',
  freshdesk:
    'Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,' +
    'Last update time,Initial response time,Time tracked,Tags,Full name,Email,Work phone,Contact ID,Company Name',
} satisfies Record<keyof typeof presets, string>;
for (const [name, head] of Object.entries(exported))
  test(`R71 an export of ${name} is known by its first line, and says who asked, when, how it stands, who has it`, () => {
    const header = head.split(',');
    assert.equal(presetFor(header), name);
    const columns = mappingFrom(name as keyof typeof presets, header)?.columns;
    for (const field of [
      'reference',
      'title',
      'state',
      'requester_name',
      'assignee',
      'opened_at',
      'closed_at',
    ] as const)
      assert.ok(columns?.[field], field);
  });

test('recounting names each place where counters and events differ', () => {
  const event = (
    line: number,
    state: CountedEvent['state'],
    data: CountedEvent['data'],
    at = line,
  ): CountedEvent => ({
    line,
    state,
    happened_at: `2020-01-01T00:00:${String(at).padStart(2, '0')}.000Z`,
    data: { active: true, group: 'A', reassignment_count: 0, reopen_count: 0, sys_mod_count: line, ...data },
  });
  const counted = recount([
    event(2, 'open', {}),
    event(3, 'closed', { group: 'B', reassignment_count: 1 }),
    event(4, 'open', { group: 'B', reassignment_count: 1, reopen_count: 1 }),
    event(5, 'open', { group: 'B', reassignment_count: 2, reopen_count: 1 }),
    event(6, 'open', { group: 'C', reassignment_count: 2, reopen_count: 1, sys_mod_count: 5 }, 1),
    event(7, 'open', { group: 'C', reassignment_count: 2, reopen_count: 3, active: false }),
  ]);
  assert.deepEqual([counted.reopenings, counted.source_reopenings], [1, 3]);
  assert.deepEqual([counted.reassignments, counted.source_reassignments], [2, 2]);
  assert.deepEqual(
    counted.contradictions.map(({ kind, line }) => `${line} ${kind}`),
    [
      '5 reassigned_without_new_group',
      '6 new_group_not_counted',
      '6 modification_repeated',
      '6 time_backwards',
      '7 open_but_not_active',
      '7 counted_reopening_without_one',
      '7 counted_more_than_once',
    ],
  );
  assert.equal(counted.begins_as_new, false);
});
