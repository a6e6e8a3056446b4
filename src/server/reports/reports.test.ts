import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import type { ReportRow } from '#domain/reports/commands.ts';
import type { ReportFacts } from '#domain/reports/report.ts';
import { newId } from '#server/platform/ids.ts';
import { pictureSources } from '#server/reports/actions/print-version.ts';
import { type CastName, contacts, cookieOf, customers } from '#test/cast.ts';
import { wordsOfDocx, wordsOfPdf } from '#test/paper-words.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { act, logOf, openVisit, planVisit, signatureOf, succeed, visitIn, wrapUpOf } from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer({ worker: true });
});
after(() => server.stop());

const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;

async function make(visit: string, who: CastName = '林海'): Promise<ReportRow> {
  return succeed(server.send(who, `POST /api/visits/${visit}/reports`, { id: newId() }));
}
async function listed(visit: string): Promise<ReportRow[]> {
  return (await succeed<{ items: ReportRow[] }>(server.get('周敏', `/api/visits/${visit}/reports`))).items;
}
async function until<T>(found: () => Promise<T | undefined>): Promise<T> {
  for (let round = 0; round < 300; round += 1) {
    const value = await found();
    if (value !== undefined) return value;
    await sleep(50);
  }
  throw new Error('it never came');
}

async function download(report: string, query = '', who: CastName = '周敏') {
  const headers = { cookie: cookieOf(who) };
  const url = `/api/reports/${report}/download${query}`;
  const { statusCode, rawPayload, headers: heads } = await server.server.inject({ url, headers });
  return { status: statusCode, bytes: rawPayload, heads };
}

async function upload(who: CastName, bytes: Buffer, customer: string = customers.鲁味餐饮.id) {
  const id = newId();
  const form = new FormData();
  form.set('id', id);
  form.set('customer_id', customer);
  form.set('file', new Blob([new Uint8Array(bytes)]), 'paper.jpg');
  const request = new Request('http://x/', { method: 'POST', body: form });
  const headers = {
    cookie: cookieOf(who),
    'idempotency-key': id,
    'content-type': request.headers.get('content-type') as string,
  };
  const payload = Buffer.from(await request.arrayBuffer());
  const answer = await server.server.inject({ method: 'POST', url: '/api/files', headers, payload });
  assert.equal(answer.statusCode, 201, answer.body);
  return id;
}

const photo = (background = '#3a6') =>
  sharp({ create: { width: 400, height: 300, channels: 3, background } })
    .jpeg()
    .toBuffer();

test('R27 a report is made of what the visit says, in PDF and Word, Chinese and English, and its event is recorded', async () => {
  const { id } = await visitIn(server, 'working');
  const file_id = await upload('林海', await photo());
  await act(server, '林海', id, 'log', logOf({ photos: [{ file_id, caption: '更换后的网线' }] }));
  const report = await make(id);
  assert.deepEqual([report.version, report.reason, report.made_by_name], [1, 'made', '林海']);
  assert.match(report.sha256, /^[0-9a-f]{64}$/);
  assert.deepEqual(await server.eventsOf(report.id), ['report.made']);
  const pdf = await download(report.id);
  assert.equal(pdf.status, 200);
  assert.equal(pdf.heads['content-type'], 'application/pdf');
  assert.match(String(pdf.heads['content-disposition']), /^attachment; filename=".*\.pdf"/);
  assert.equal(pdf.bytes.subarray(0, 5).toString(), '%PDF-');
  const words = wordsOfPdf(pdf.bytes);
  for (const said of ['换了网线', '更换后的网线'])
    assert.ok(
      words.some((text) => text.includes(said)),
      said,
    );
  assert.ok(!words.some((text) => text.includes('水晶头氧化')), 'the line for colleagues stays inside');
  const docx = await download(report.id, '?format=docx&language=en');
  assert.match(String(docx.heads['content-disposition']), /Field-Service-Report-\d+-v1\.docx/);
  const { text } = wordsOfDocx(docx.bytes);
  for (const said of ['Field Service Report', '换了网线', report.sha256])
    assert.ok(text.includes(said), said);
  assert.ok(!text.includes('水晶头氧化'));
  assert.deepEqual((await download(report.id)).bytes, pdf.bytes, 'the same download gives the same bytes');
});

test('a photo is made ready for paper when it arrives on a visit, before anybody asks for a report', async () => {
  const { id } = await visitIn(server, 'working');
  const file_id = await upload('林海', await photo('#a36'));
  await act(server, '林海', id, 'log', logOf({ photos: [{ file_id, caption: '' }] }));
  const sources = await pictureSources(server, [file_id]);
  const ready = await until(() => readFile(sources(file_id)?.prepared ?? '').catch(() => undefined));
  assert.equal((await sharp(ready).metadata()).format, 'jpeg');
});

test('a report without change is not made twice; a change makes the next version and the first stays as it was', async () => {
  const { id } = await visitIn(server, 'on_site');
  const first = await make(id);
  const again = await server.send('林海', `POST /api/visits/${id}/reports`, { id: newId() });
  assert.deepEqual([again.status, code(again)], [409, 'reports.unchanged']);
  await act(server, '林海', id, 'start');
  await act(server, '林海', id, 'log', logOf());
  const second = await make(id, '周敏');
  assert.equal(second.version, 2);
  const versions = await listed(id);
  assert.deepEqual(
    versions.map(({ version, sha256 }) => [version, sha256]),
    [
      [2, second.sha256],
      [1, first.sha256],
    ],
  );
});

test('nothing is reported of a visit before anybody was there, by those whose visit it is not, or by the customer', async () => {
  const planned = await planVisit(server);
  const early = await server.send('周敏', `POST /api/visits/${planned.id}/reports`, { id: newId() });
  assert.deepEqual([early.status, code(early)], [409, 'reports.nothing_to_tell']);
  const { id } = await visitIn(server, 'working');
  const path = `POST /api/visits/${id}/reports`;
  const others = await server.send('赵工', path, { id: newId() });
  assert.deepEqual([others.status, code(others)], [403, 'visits.not_yours']);
  assert.equal(code(await server.send('王经理', path, { id: newId() })), 'ground.forbidden');
  const report = await make(id);
  for (const who of ['小吴', '李医生'] as const) {
    assert.equal((await server.send(who, path, { id: newId() })).status, 404);
    assert.equal((await server.get(who, `/api/visits/${id}/reports`)).status, 404);
    assert.equal((await download(report.id, '', who)).status, 404);
  }
  assert.equal(
    (await server.send('周敏', `POST /api/visits/${newId()}/reports`, { id: newId() })).status,
    404,
  );
  assert.equal((await server.get('周敏', `/api/visits/${newId()}/reports`)).status, 404);
  assert.equal((await download(newId())).status, 404);
  assert.equal((await download('not-an-id')).status, 404);
  assert.equal((await download(report.id, '?format=exe')).status, 422);
});

test('R27 a signature makes its version by itself, of what was signed; later changes never reach it', async () => {
  const { id } = await visitIn(server, 'working');
  await act(server, '林海', id, 'log', logOf({ customer_line: '签字前做的事' }));
  await act(server, '林海', id, 'wrap_up', wrapUpOf());
  await act(server, '林海', id, 'sign', await signatureOf(server, id));
  const late = logOf({ customer_line: '签字后补记的事' });
  await act(server, '林海', id, 'log', late);
  const signed = await until(async () => (await listed(id)).find(({ reason }) => reason === 'signed'));
  assert.deepEqual([signed.version, signed.signed?.name, signed.made_by_name], [1, '小吴', null]);
  const pdf = await download(signed.id);
  const docx = await download(signed.id, '?format=docx');
  const { text } = wordsOfDocx(docx.bytes);
  assert.ok(text.includes('签字前做的事') && text.includes('小吴') && !text.includes('签字后补记的事'));
  await act(server, '林海', id, 'edit_log', {
    entry_id: late.id,
    id: newId(),
    changes: { customer_line: { from: late.customer_line, to: '改过的话' } },
  });
  const next = await make(id);
  assert.equal(next.version, 2);
  assert.ok(wordsOfDocx((await download(next.id, '?format=docx')).bytes).text.includes('改过的话'));
  assert.deepEqual((await download(signed.id)).bytes, pdf.bytes);
  assert.deepEqual((await download(signed.id, '?format=docx')).bytes, docx.bytes);
  assert.deepEqual(
    (await listed(id)).map(({ version, sha256 }) => [version, sha256]),
    [
      [2, next.sha256],
      [1, signed.sha256],
    ],
  );
  const { visit } = await openVisit(server, id);
  assert.equal(visit.signatures.length, 1);
});

/** What the signed versions froze, the oldest first, once there are so many. */
async function frozenOf(id: string, count: number) {
  await until(async () => {
    const signed = (await listed(id)).filter(({ reason }) => reason === 'signed');
    return signed.length === count || undefined;
  });
  const rows = await server.db
    .selectFrom('report_versions')
    .select(['id', 'facts'])
    .where('visit_id', '=', id)
    .where('reason', '=', 'signed')
    .orderBy('version')
    .execute();
  return rows.map(({ id, facts }) => ({ id, facts: facts as unknown as ReportFacts }));
}

test('R27 who signed first is drawn on the paper of the second signature too', async () => {
  const { id } = await visitIn(server, 'working', { signer_ids: [contacts.孙悦.id] });
  const first = await signatureOf(server, id);
  await act(server, '林海', id, 'sign', first);
  const as = { contact_id: contacts.孙悦.id, name: '孙悦', role: '店长' };
  const strokes = [[400, 300, 200, 100, 0, 0, 9, 9]];
  await act(server, '林海', id, 'sign', await signatureOf(server, id, { ...as, strokes }));
  const [one, both] = await frozenOf(id, 2);
  assert.deepEqual(
    [one, both].map((version) => version?.facts.signatures.map((signed) => [signed.name, signed.strokes])),
    [
      [['小吴', first.strokes]],
      [
        ['小吴', first.strokes],
        ['孙悦', strokes],
      ],
    ],
  );
});

test('R27 paper says what the signer read wherever the record says something else, and only there', async () => {
  const { id } = await visitIn(server, 'working');
  const said = await signatureOf(server, id);
  const goal = { from: '收银机恢复正常', to: '后来改过的目标' };
  await act(server, '周敏', id, 'edit', { id: newId(), changes: { goal } });
  await act(server, '林海', id, 'sign', said);
  await act(server, '林海', id, 'sign', await signatureOf(server, id));
  const [other, both] = await frozenOf(id, 2);
  assert.ok(other && both);
  assert.deepEqual(
    [other, both].map(({ facts }) => facts.signatures.map(({ as_shown, shown }) => [as_shown, shown])),
    [
      [[false, said.shown]],
      [
        [false, said.shown],
        [true, undefined],
      ],
    ],
  );
  for (const language of ['zh-CN', 'en']) {
    const { text } = wordsOfDocx((await download(other.id, `?format=docx&language=${language}`)).bytes);
    for (const words of [goal.from, goal.to, said.shown_sha256]) assert.ok(text.includes(words), words);
  }
  assert.ok(wordsOfPdf((await download(other.id)).bytes).some((text) => text.includes(goal.from)));
  await act(server, '林海', id, 'log', logOf({ customer_line: '签字后补记的事' }));
  const later = wordsOfDocx((await download((await make(id)).id, '?format=docx')).bytes).text;
  assert.equal(
    later.split('读到的内容与本报告其他部分有出入').length - 1,
    2,
    'neither signed the later line',
  );
});

test('the rights of the app allow no change of a version, its prints or its stamped paper', async () => {
  for (const table of ['report_versions', 'report_prints', 'stamped_papers'] as const)
    await assert.rejects(
      server.db.updateTable(table).set({ customer_id: customers.华安医院.id }).execute(),
      /permission denied/,
    );
});

test('R27 stamped paper is bound to the version whose hash it carries, once, by those whose visit it is', async () => {
  const { id } = await visitIn(server, 'on_site');
  const first = await make(id);
  await act(server, '林海', id, 'start');
  const second = await make(id);
  const file_id = await upload('林海', await photo());
  const bind = (who: CastName, report: string, body: object) =>
    server.send(who, `POST /api/reports/${report}/bind_stamped_paper`, { id: newId(), file_id, ...body });
  const wrong = await bind('林海', first.id, { sha256: second.sha256 });
  assert.deepEqual([wrong.status, code(wrong)], [409, 'reports.other_version']);
  assert.equal(code(await bind('赵工', first.id, { sha256: first.sha256 })), 'visits.not_yours');
  assert.equal(code(await bind('周敏', first.id, { sha256: first.sha256 })), 'files.not_found');
  assert.equal((await bind('林海', newId(), { sha256: first.sha256 })).status, 404);
  const bound = await succeed<ReportRow>(bind('林海', first.id, { sha256: first.sha256 }));
  assert.deepEqual(
    bound.stamped_papers.map(({ file, bound_by_name }) => [file.id, file.has_thumbnail, bound_by_name]),
    [[file_id, true, '林海']],
  );
  assert.deepEqual(await server.eventsOf(first.id), ['report.made', 'report.stamped_paper_bound']);
  assert.equal(code(await bind('林海', second.id, { sha256: second.sha256 })), 'files.already_taken');
  const text = await upload('林海', Buffer.from('no paper at all'));
  const refused = await bind('林海', second.id, { file_id: text, sha256: second.sha256 });
  assert.deepEqual([refused.status, code(refused)], [422, 'reports.no_picture_of_paper']);
  const elsewhere = await upload('林海', await photo(), customers.华安医院.id);
  const other = await bind('林海', second.id, { file_id: elsewhere, sha256: second.sha256 });
  assert.equal(code(other), 'files.other_customer');
});

test('the photo of another visit’s work is no stamped paper', async () => {
  const [here, there] = [await visitIn(server, 'working'), await visitIn(server, 'working')];
  const file_id = await upload('林海', await photo());
  await act(server, '林海', there.id, 'log', logOf({ photos: [{ file_id, caption: '' }] }));
  const report = await make(here.id);
  const body = { id: newId(), file_id, sha256: report.sha256 };
  const answer = await server.send('林海', `POST /api/reports/${report.id}/bind_stamped_paper`, body);
  assert.deepEqual([answer.status, code(answer)], [409, 'files.already_taken']);
});

test('text full of markup is only ever text on paper; a form of a megabyte is refused', async () => {
  const hostile =
    '#panic("x") $ \\ ] } #read("/etc/passwd") *b* _i_ `c` <w:p><w:t>&lt; ]]> {{t}} $t(title) =1+1 \u202e';
  const { id } = await visitIn(server, 'working');
  await act(
    server,
    '林海',
    id,
    'log',
    logOf({ customer_line: `${hostile}\n${'长'.repeat(300)}${'x'.repeat(900)}` }),
  );
  await act(server, '林海', id, 'find', { id: newId(), what: hostile, risk: 'critical', evidence: hostile });
  const report = await make(id);
  const { text, xml } = wordsOfDocx((await download(report.id, '?format=docx&language=en')).bytes);
  assert.equal(text.split(hostile).length - 1, 3, 'in the work, as the finding and as its evidence');
  assert.ok(!xml.includes('<w:p><w:t>&lt;'));
  const pdf = await download(report.id);
  assert.equal(pdf.status, 200);
  const bare = (words: string) => words.replace(/[\s\u202e]/g, '');
  assert.ok(
    wordsOfPdf(pdf.bytes).some((words) =>
      bare(words).includes(bare('#read("/etc/passwd")*b*_i_`c`<w:p><w:t>&lt;')),
    ),
  );
  const huge = await server.send(
    '林海',
    `POST /api/visits/${id}/log`,
    logOf({ customer_line: '长'.repeat(400_000) }),
  );
  assert.ok(huge.status === 413 || huge.status === 422, String(huge.status));
});
