import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ImportPage } from '#domain/imports/commands.ts';
import { newId } from '#server/platform/ids.ts';
import { type CastName, contacts, customers, people } from '#test/cast.ts';
import { bring, ended, importHead, smallConversations, upload } from '#test/imports.ts';
import { indexAnew } from '#test/index-anew.ts';
import { startTestServer, type TestServer } from '#test/server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer({ worker: true });
});
after(() => server.stop());

type Loose = Record<string, never> & { items: Loose[]; code: string };
const bodyOf = (answer: { body: unknown }) => answer.body as Loose;
const ours = { customer: { id: customers.鲁味餐饮.id } };

async function takeBack(id: string): Promise<ImportPage> {
  const answer = await server.send('管理员', `POST /api/imports/${id}/take_back`, {});
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return ended(server, id);
}

const ticketsOf = (id: string) =>
  server.db.selectFrom('tickets').selectAll().where('import_id', '=', id).orderBy('id').execute();

const small = (text = smallConversations, options: object = ours) =>
  bring(server, { kind: 'conversations', bytes: text, name: 'old.csv', options });

test('R71 conversations come in with their voices, times, people and numbers, and once only', async () => {
  const first = await small();
  const counts = ({ state, tickets, messages, contacts, known, rejected }: ImportPage) => ({
    state,
    tickets,
    messages,
    contacts,
    known,
    rejected,
  });
  assert.deepEqual(counts(first), {
    state: 'done',
    tickets: 2,
    messages: 5,
    contacts: 2,
    known: 0,
    rejected: 0,
  });
  const [ticket, other] = await ticketsOf(first.id);
  assert.equal(ticket?.title, '收银机打不开');
  assert.equal(ticket?.reference, '7001');
  assert.equal(ticket?.state, 'closed');
  assert.equal(ticket?.created_at, '2022-01-02T11:12:51.000Z');
  assert.equal(ticket?.channel, 'import');
  // An internal note came first; the title is the customer's own word all the same.
  assert.equal(other?.title, '打印机, 又卡纸了');
  const page = bodyOf(await server.get('林海', `/api/tickets/${ticket?.id}`));
  const said = (page.messages as unknown as Record<string, string>[]).map(
    ({ voice, author_kind, author_id, author_name, body }) => [
      voice,
      author_kind,
      author_id === null ? null : 'contact',
      author_name,
      body,
    ],
  );
  assert.deepEqual(said, [
    ['customer', 'contact', 'contact', '赵丽', '收银机打不开。\n请尽快处理。'],
    ['internal', 'staff', null, '老陈', '上次也是她弄坏的。'],
    ['customer', 'staff', null, '老陈', '已经换了电源。'],
  ]);
  // The number of the desk it came from, which people go on saying.
  await indexAnew(server);
  const found = bodyOf(await server.get('林海', '/api/search?q=7001'));
  assert.equal((found.items as unknown as { subject_id: string }[])[0]?.subject_id, ticket?.id);
  const again = await small();
  assert.deepEqual(counts(again), { ...counts(first), tickets: 0, messages: 0, contacts: 0, known: 2 });
  assert.equal((await takeBack(again.id)).kept, 0);
  assert.equal((await ticketsOf(first.id)).length, 2);
  assert.deepEqual(await server.eventsOf(first.id), ['import.started', 'import.finished']);
  await takeBack(first.id);
});

test('R71 history starts no clock, no mail, no notice, and climbs to nobody', async () => {
  const mapping = {
    source: 'oldest',
    columns: { reference: 'no', title: 'what', state: 'state', opened_at: 'at' },
    states: { waiting: 'waiting_on_customer', open: 'open' },
  };
  const csv = 'no,what,state,at\nA-1,等客户的,waiting,2020-01-01 10:00\nA-2,开着的,open,2020-01-01 10:00\n';
  const before = await server.db.selectFrom('events').select('id').execute();
  const done = await bring(server, {
    kind: 'tickets',
    bytes: csv,
    name: 'a.csv',
    options: { ...ours, mapping },
  });
  assert.equal(done.tickets, 2);
  const { climbLongWaiting, tickClocks } = await import('#server/tickets/jobs.ts');
  await climbLongWaiting(server);
  await tickClocks(server);
  const ids = (await ticketsOf(done.id)).map(({ id }) => id);
  const clocks = await server.db
    .selectFrom('ticket_clocks')
    .select('id')
    .where('ticket_id', 'in', ids)
    .execute();
  assert.deepEqual(clocks, []);
  assert.deepEqual(await server.db.selectFrom('mails').select('id').execute(), []);
  const events = await server.db.selectFrom('events').select('name').orderBy('id').execute();
  assert.deepEqual(
    events.slice(before.length).map(({ name }) => name),
    ['file.uploaded', 'import.started', 'import.finished'],
  );
  await takeBack(done.id);
  // By choice they are counted from now.
  const counted = await bring(server, {
    kind: 'tickets',
    bytes: csv,
    name: 'a.csv',
    options: { ...ours, mapping, start_clocks: true },
  });
  const [open] = (await ticketsOf(counted.id)).filter(({ state }) => state === 'open');
  assert.ok((open?.next_due_at ?? '') > new Date().toISOString());
  await takeBack(counted.id);
});

test('R7 what another desk closed has no clocks until it is opened again here', async () => {
  const mapping = {
    source: 'older',
    columns: { reference: 'no', title: 'what', opened_at: 'at' },
    other_states: 'closed',
  };
  const csv = 'no,what,at\nB-1,早就关了的,2020-01-01 10:00\n';
  const options = { ...ours, mapping };
  const done = await bring(server, { kind: 'tickets', bytes: csv, name: 'b.csv', options });
  const [ticket] = await ticketsOf(done.id);
  const reopened = await server.send('林海', `POST /api/tickets/${ticket?.id}/reopen`, { reason: '又坏了' });
  const clocks = bodyOf(reopened).clocks as unknown as { due_at: string }[];
  assert.equal(clocks.length, 3);
  assert.ok(clocks.every(({ due_at }) => due_at > new Date().toISOString()));
  const [after] = await ticketsOf(done.id);
  assert.ok(after?.next_due_at && after.contract_id === customers.鲁味餐饮.contract);
});

test('R71 rows that cannot come in are kept with line and reason, and hold nothing up', async () => {
  const csv = [
    importHead,
    '1.0,1.0,0,0,甲,2022-01-02 11:12:51+00:00,0.0,好的一行,reporter',
    '1.0,2.0,1,0,甲,2022-13-02 11:12:51+00:00,0.0,没有这个月,reporter',
    '1.0,3.0,2,0,乙,2022-01-02 11:12:51+00:00,perhaps,谁能看？,assignee',
    ',4.0,2,0,乙,2022-01-02 11:12:51+00:00,0.0,没有编号,assignee',
    '1.0,5.0,3,0,乙,2099-01-02 11:12:51+00:00,0.0,将来,assignee',
    `1.0,9.0,3,0,乙,\u0000 never \ud800,0.0,${'怪'.repeat(3)}\u0000,assignee`,
    'too,short',
    '1.0,6.0,4,0,乙,2022-01-03 11:12:51+00:00,1.0,"两行',
    '的备注",assignee',
    '2.0,7.0,0,0,丙,2022-01-03 11:12:51+00:00,0.0,,reporter',
    '',
  ].join('\n');
  const done = await small(csv);
  const { items } = bodyOf(await server.get('管理员', `/api/imports/${done.id}/rejects`));
  assert.deepEqual(
    items.map(({ line, reason }) => `${line} ${reason}`),
    [
      '3 time_unreadable',
      '4 voice_unknown',
      '5 no_key',
      '6 time_in_future',
      '7 time_unreadable',
      '8 wrong_column_count',
      '11 nothing_said',
    ],
  );
  assert.equal(done.rejected, 7);
  const bodies = await server.db
    .selectFrom('messages')
    .select('body')
    .where('import_id', '=', done.id)
    .execute();
  assert.deepEqual(bodies.map(({ body }) => body).sort(), ['两行\n的备注', '好的一行']);
  await takeBack(done.id);
});

test('R71 taken back whole: what nobody touched goes, what somebody worked on stays and is named', async () => {
  const rows = async () => ({
    customers: (await server.db.selectFrom('customers').select('id').execute()).length,
    contacts: (await server.db.selectFrom('contacts').select('id').execute()).length,
    tickets: (await server.db.selectFrom('tickets').select('id').execute()).length,
    messages: (await server.db.selectFrom('messages').select('id').execute()).length,
  });
  const empty = await rows();
  const named = { customer: { name: '新来的客户' } };
  const whole = await small(smallConversations, named);
  assert.equal(whole.customers, 1);
  assert.equal((await takeBack(whole.id)).kept, 0);
  assert.deepEqual(await rows(), empty);

  const worked = await small(smallConversations, named);
  const [ticket] = await ticketsOf(worked.id);
  await server.send('林海', `POST /api/tickets/${ticket?.id}/note`, { id: newId(), body: '我看过了' });
  const page = await takeBack(worked.id);
  assert.equal(page.state, 'taken_back');
  assert.equal(page.kept, 1);
  assert.deepEqual(
    page.kept_tickets.map(({ reference }) => reference),
    ['7001'],
  );
  assert.deepEqual(await rows(), {
    customers: empty.customers + 1,
    contacts: empty.contacts + 1,
    tickets: empty.tickets + 1,
    messages: empty.messages + 4,
  });
  const again = await server.send('管理员', `POST /api/imports/${worked.id}/take_back`, {});
  assert.equal(bodyOf(again).code, 'imports.already_taken_back');
  assert.deepEqual(await server.eventsOf(worked.id), [
    'import.started',
    'import.finished',
    'import.taken_back',
    'import.removed',
  ]);
});

test('R71 what came for a customer that was put away stays out with its reason, and comes once it is restored', async () => {
  const name = '老客户（归档）';
  const customer = newId();
  await server.send('管理员', 'POST /api/customers', { id: customer, name });
  assert.equal((await server.send('管理员', `POST /api/customers/${customer}/archive`)).status, 200);
  const mapping = {
    source: 'putaway',
    columns: { reference: 'no', title: 'what', words: 'words', customer: 'whose', opened_at: 'at' },
    other_states: 'closed',
  };
  const csv = `no,what,words,whose,at\nC-1,旧事一,旧事,${name},2020-01-01 10:00\nC-2,旧事二,旧事,别家,2020-01-01 10:00\n`;
  const look = async () => {
    const file_id = await upload(server, csv, 'c.csv');
    const asked = encodeURIComponent(JSON.stringify({ ...ours, mapping, unknown_contact: '?' }));
    const answer = await server.get(
      '管理员',
      `/api/import-preview?file_id=${file_id}&kind=tickets&options=${asked}`,
    );
    const { tickets, messages, rejected, reasons } = bodyOf(answer).dry_run as unknown as Loose;
    return { tickets, messages, rejected, reasons };
  };
  const short = { tickets: 1, messages: 1, rejected: 1, reasons: { customer_archived: 1 } };
  assert.deepEqual(await look(), short as never);
  const file = { kind: 'tickets', bytes: csv, name: 'c.csv', options: { ...ours, mapping } } as const;
  const first = await bring(server, file);
  assert.deepEqual([first.tickets, first.messages, first.rejected], [1, 1, 1]);
  const { items } = bodyOf(await server.get('管理员', `/api/imports/${first.id}/rejects`));
  assert.deepEqual(
    items.map(({ line, reason, params }) => [line, reason, params] as unknown),
    [[2, 'customer_archived', { name }]],
  );
  const file_id = await upload(server, csv, 'c.csv');
  const options = { customer: { name }, unknown_contact: '?', mapping };
  const refused = await server.send('管理员', 'POST /api/imports', {
    id: newId(),
    file_id,
    kind: 'tickets',
    options,
  });
  assert.deepEqual([refused.status, bodyOf(refused).code], [409, 'customers.name_taken_archived']);
  await server.send('管理员', `POST /api/customers/${customer}/restore`);
  const second = await bring(server, file);
  assert.deepEqual([second.tickets, second.known, second.rejected], [1, 1, 0]);
  await takeBack(second.id);
  await takeBack(first.id);
});

test('R71 with an import its file is taken back too: cleared within a day', async () => {
  const done = await small();
  const fileOf = () =>
    server.db
      .selectFrom('files')
      .innerJoin('imports', 'imports.file_sha256', 'files.sha256')
      .select(['files.id', 'files.subject_id'])
      .where('imports.id', '=', done.id)
      .where('files.subject_id', 'is not', null)
      .execute();
  const kept = await fileOf();
  assert.ok(kept.some(({ subject_id }) => subject_id === done.id));
  await takeBack(done.id);
  assert.ok(!(await fileOf()).some(({ subject_id }) => subject_id === done.id));
  const { clearUnclaimed } = await import('#server/platform/files/clearing.ts');
  const { FileStore } = await import('#server/platform/files/store.ts');
  await clearUnclaimed(server.db, new FileStore(server.settings.dataDir), Date.now() + 2 * 86_400_000);
  const id = kept.find(({ subject_id }) => subject_id === done.id)?.id ?? '';
  assert.deepEqual(await server.db.selectFrom('files').select('id').where('id', '=', id).execute(), []);
});

test('the database itself lets nothing be deleted that did not come by an import', async () => {
  const id = newId();
  const asked = { id, customer_id: customers.鲁味餐饮.id, requester_id: contacts.小吴.id, kind: 'question' };
  const body = { ...asked, title: '问一下', body: '问一下', impact: 3, urgency: 3 };
  assert.equal((await server.send('林海', 'POST /api/tickets', body)).status, 201);
  for (const table of ['ticket_clocks', 'messages'] as const) {
    const { numDeletedRows } = await server.db
      .deleteFrom(table)
      .where('ticket_id', '=', id)
      .executeTakeFirst();
    assert.equal(numDeletedRows, 0n, table);
  }
  for (const [table, key] of [
    ['tickets', id],
    ['contacts', contacts.小吴.id],
  ] as const) {
    const { numDeletedRows } = await server.db.deleteFrom(table).where('id', '=', key).executeTakeFirst();
    assert.equal(numDeletedRows, 0n, table);
  }
});

test('an import that cannot go on says why, and keeps what came in until it is taken back', async () => {
  const refused = async (bytes: string | Buffer, name: string, kind: 'conversations' | 'incidents') => {
    const page = await bring(server, { kind, bytes, name, options: ours });
    assert.equal(page.state, 'failed');
    return page.failure?.code;
  };
  assert.equal(await refused('a,b\n1,2\n', 'wrong.csv', 'conversations'), 'imports.columns_missing');
  assert.equal(await refused('', 'nothing.csv', 'incidents').catch(() => 'files.empty'), 'files.empty');
  const open = `${importHead}\n1.0,1.0,0,0,甲,2022-01-02 11:12:51+00:00,0.0,"没有结束,reporter\n`;
  assert.equal(await refused(open, 'open.csv', 'conversations'), 'imports.quote_open');
  assert.equal(
    await refused(Buffer.from('PK\u0003\u0004 and no zip', 'latin1'), 'x.zip', 'incidents'),
    'imports.zip_unreadable',
  );
});

test('R70 imports are the administrator’s alone, and a look changes nothing', async () => {
  const file_id = await upload(server, smallConversations, 'look.csv');
  const options = { customer: ours.customer, unknown_contact: '?' };
  const done = await small('issueid\n').catch(() => null);
  assert.equal(done?.state, 'failed');
  const id = done?.id as string;
  const lines = (who: CastName | null) => [
    server.get(who, '/api/imports'),
    server.get(who, `/api/imports/${id}`),
    server.get(who, `/api/imports/${id}/rejects`),
    server.get(who, `/api/imports/${id}/comparison`),
    server.get(who, `/api/import-preview?file_id=${file_id}&kind=conversations`),
    server.send(who, 'POST /api/imports', { id: newId(), file_id, kind: 'conversations', options }),
    server.send(who, `POST /api/imports/${id}/take_back`, {}),
  ];
  for (const who of [...Object.keys(people), ...Object.keys(contacts)] as CastName[]) {
    if (who === '管理员') continue;
    const statuses = (await Promise.all(lines(who))).map(({ status }) => status);
    const expected = who in contacts ? 404 : 403;
    assert.deepEqual(statuses, Array(7).fill(expected), who);
  }
  assert.deepEqual(
    (await Promise.all(lines(null))).map(({ status }) => status),
    Array(7).fill(401),
  );
  const look = bodyOf(
    await server.get(
      '管理员',
      `/api/import-preview?file_id=${file_id}&kind=conversations&options=${encodeURIComponent(JSON.stringify(options))}`,
    ),
  );
  assert.deepEqual(look.columns, importHead.split(',') as never);
  const dry = look.dry_run as unknown as Record<string, number>;
  const { tickets = 0, known = 0, messages, rejected } = dry;
  assert.deepEqual([tickets + known, messages, rejected], [2, 5, 0]);
  assert.equal(
    bodyOf(await server.get('管理员', `/api/imports/${id}/comparison`)).code,
    'imports.nothing_to_compare',
  );
  const foreign = await upload(server, smallConversations, 'theirs.csv', '林海');
  const stolen = await server.get('管理员', `/api/import-preview?file_id=${foreign}`);
  assert.equal(bodyOf(stolen).code, 'files.not_found');
});

test('two runs of one import never write the same batch, and one file is not imported twice at once', async () => {
  const { runImport } = await import('#server/imports/actions/run-import.ts');
  const { beginImport } = await import('#server/imports/actions/start-import.ts');
  const { importOptions } = await import('#domain/imports/mapping.ts');
  const { writeFile } = await import('node:fs/promises');
  const path = `${server.settings.dataDir}/both.csv`;
  const rows = Array.from(
    { length: 6_000 },
    (_, n) => `${n}.0,${n}.0,0,0,甲,2022-01-02 11:12:51+00:00,0.0,第 ${n} 条,reporter`,
  );
  // A row that stays out would be written down by each run that writes its batch.
  await writeFile(path, [importHead, 'too,short', ...rows, ''].join('\n'));
  const id = newId();
  const options = importOptions.parse({ ...ours, unknown_contact: '?' });
  const file = { name: 'both.csv', sha256: 'a'.repeat(64), size: 1 };
  await server.asSystem((ctx) => beginImport(ctx, { id, kind: 'conversations', options, file }));
  await assert.rejects(
    server.asSystem((ctx) => beginImport(ctx, { id: newId(), kind: 'conversations', options, file })),
    { code: 'imports.already_running' },
  );
  const run = () => runImport(server, { id, file: { path, name: 'both.csv' } });
  const ends = await Promise.all([run(), run(), run()]);
  assert.deepEqual(ends.sort(), ['done', 'overtaken', 'overtaken']);
  const page = (await server.get('管理员', `/api/imports/${id}`)).body as ImportPage;
  assert.deepEqual(
    [page.tickets, page.messages, page.rejected, page.cursor_records],
    [6_000, 6_000, 1, 6_001],
  );
  await takeBack(id);
  assert.equal((await ticketsOf(id)).length, 0);
});

test('R71 the history that another desk recorded stands on the ticket, for the staff alone', async () => {
  const head =
    'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_at,' +
    'sys_updated_by,sys_updated_at,category,subcategory,u_symptom,impact,urgency,assignment_group,assigned_to,closed_at';
  const row = (state: string, moved: number, reopened: number, mod: number, group: string, at: string) =>
    `INC1,${state},true,${moved},${reopened},${mod},true,Caller 7,29/2/2016 01:16,Updated by 3,${at},Category 5,` +
    `Subcategory 1,?,2 - Medium,1 - High,${group},?,5/3/2016 12:00`;
  const csv = [
    head,
    row('New', 0, 0, 0, 'Group 1', '29/2/2016 01:23'),
    row('Resolved', 0, 0, 1, 'Group 1', '29/2/2016 02:23'),
    row('Active', 1, 1, 2, 'Group 1', '29/2/2016 03:23'),
    row('-100', 1, 1, 3, 'Group 1', '29/2/2016 03:24'),
    row('Closed', 1, 1, 4, 'Group 2', '29/2/2016 04:23'),
    '',
  ].join('\n');
  const done = await bring(server, {
    kind: 'incidents',
    bytes: csv,
    name: 'log.csv',
    options: { ...ours, zone: 'America/Sao_Paulo' },
  });
  assert.deepEqual([done.tickets, done.events, done.rejected], [1, 4, 1]);
  const [ticket] = await ticketsOf(done.id);
  assert.equal(ticket?.created_at, '2016-02-29T04:16:00.000Z');
  assert.deepEqual([ticket?.impact, ticket?.urgency, ticket?.state], [2, 1, 'closed']);
  const { items } = bodyOf(await server.get('林海', `/api/tickets/${ticket?.id}/imported-history`));
  assert.deepEqual(
    items.map(({ source_state, state, group }) => [source_state, state, group] as unknown),
    [
      ['New', 'new', 'Group 1'],
      ['Resolved', 'closed', 'Group 1'],
      ['Active', 'open', 'Group 1'],
      ['Closed', 'closed', 'Group 2'],
    ],
  );
  assert.equal((await server.get('孙悦', `/api/tickets/${ticket?.id}/imported-history`)).status, 404);
  const proof = bodyOf(await server.get('管理员', `/api/imports/${done.id}/comparison`));
  assert.deepEqual(proof.contradictions, {
    reassigned_without_new_group: 1,
    new_group_not_counted: 1,
  } as never);
  assert.deepEqual(proof.reopenings, { ours: 1, source: 1, agreeing_incidents: 1 } as never);
  assert.deepEqual(
    (proof.places as unknown as { incident: string; line: number }[]).map(({ incident, line }) => [
      incident,
      line,
    ]),
    [
      ['INC1', 4],
      ['INC1', 6],
    ],
  );
  await takeBack(done.id);
});
