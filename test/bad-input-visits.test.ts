import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import sharp from 'sharp';
import type { ReportRow } from '#domain/reports/commands.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { newId } from '#server/platform/ids.ts';
import { type CastName, contacts, cookieOf, customers, people } from './cast.ts';
import { changedTables, TableHashes } from './fuzz/table-hashes.ts';
import { wordsOfDocx, wordsOfPdf } from './paper-words.ts';
import { type Answer, startTestServer, type TestServer } from './server.ts';
import {
  act,
  askTicket,
  fromDevice,
  hours,
  logOf,
  openVisit,
  planOf,
  sha256,
  signatureOf,
  succeed,
  visitIn,
  wrapUpOf,
} from './visits.ts';

let server: TestServer;
let hashes: TableHashes;
before(async () => {
  server = await startTestServer();
  hashes = new TableHashes(server.databaseUrl);
  await hashes.open();
});
after(async () => {
  await hashes.close();
  await server.stop();
});

const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;
const visitOf = async (id: string): Promise<Visit> => (await openVisit(server, id)).visit;
const sends = (who: CastName, id: string, name: string, body: Record<string, unknown>, options = {}) =>
  server.send(who, `POST /api/visits/${id}/${name}`, body, options);

/** The request is refused with this code, and no table is other than before. */
async function refusedWith(expected: string, request: () => Promise<Answer>): Promise<void> {
  const earlier = await hashes.read();
  const answer = await request();
  assert.equal(code(answer), expected, JSON.stringify(answer.body).slice(0, 300));
  assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
  assert.deepEqual(changedTables(earlier, await hashes.read()), [], expected);
}

async function upload(bytes: Buffer, name: string, who: CastName = '林海'): Promise<Answer> {
  const form = new FormData();
  form.set('id', newId());
  form.set('customer_id', customers.鲁味餐饮.id);
  form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), name);
  const packed = new Request('http://pack.invalid', { method: 'POST', body: form });
  return server.send(who, 'POST /api/files', Buffer.from(await packed.arrayBuffer()), {
    headers: { 'content-type': packed.headers.get('content-type') as string },
  });
}

const idOf = (answer: Answer) => (answer.body as { id: string }).id;

test('R28 times that cannot be are refused: ahead of the act, of 1970, ended before they began', async () => {
  const { id } = await visitIn(server, 'working');
  const far = '1970-01-01T00:00:00.000Z';
  const forged: [string, Record<string, unknown>][] = [
    ['visits.time_in_future', { started_at: hours(1) }],
    ['visits.time_in_future', { started_at: hours(-1), ended_at: hours(2) }],
    ['visits.time_too_old', { started_at: far }],
    ['visits.times_reversed', { started_at: hours(-1), ended_at: hours(-2) }],
    ['ground.invalid', { started_at: '2026-02-30T00:00:00.000Z' }],
    ['ground.invalid', { started_at: '2026-01-01T08:00:00.000+08:00' }],
  ];
  for (const [expected, times] of forged)
    await refusedWith(expected, () => sends('林海', id, 'log', logOf(times)));
});

test('R7 a clock from 1970, or from far ahead, keeps the act and is not believed: the receipt counts, both are shown', async () => {
  const clocks: [string, number | null][] = [
    ['1970-01-01T00:00:00.000Z', null],
    ['2099-12-31T23:59:59.999Z', null],
    // Set right by such an offset, it lies outside of every calendar.
    ['0001-01-01T00:00:00.000Z', 1e13],
    ['9999-12-31T23:59:59.999Z', -1e13],
  ];
  for (const [device_time, offset_ms] of clocks) {
    const { id } = await visitIn(server, 'working');
    const entry = logOf({ started_at: hours(-0.5), customer_line: `写于 ${device_time}` });
    const unknown = { device_time, last_server_time: null, since_server_ms: null, offset_ms };
    const began = Date.now();
    const acted = await act(server, '林海', id, 'log', entry, fromDevice(0, unknown));
    assert.ok(Math.abs(Date.parse(acted.happened_at) - began) < 10_000, acted.happened_at);
    assert.deepEqual(
      (await visitOf(id)).log.map(({ customer_line }) => customer_line),
      [entry.customer_line],
    );
    const doubted = await server.db
      .selectFrom('doubtful_times')
      .select('device_at')
      .where('device_at', '=', device_time)
      .execute();
    assert.equal(doubted.length, 1, 'a lead sees both times');
  }
});

test('R28 the year 0000, which the database’s calendar lacks, is refused in words: in a query, in an act, as a device’s clock', async () => {
  const { id } = await visitIn(server, 'working');
  const never = '0000-01-01T00:00:00.000Z';
  const span = { planned_from: never, planned_to: hours(1) };
  const searched = '/api/search?q=%E6%94%B6%E9%93%B6&from=0000-01-01';
  const ticket = await askTicket(server);
  await refusedWith('ground.invalid', () => server.get('周敏', `/api/visits?from=${never}`));
  await refusedWith('ground.invalid', () => server.get('周敏', `/api/visits?to=${never}`));
  await refusedWith('ground.invalid', () => server.get('周敏', searched));
  await refusedWith('ground.invalid', () => server.send('周敏', 'POST /api/visits', planOf(ticket, span)));
  await refusedWith('ground.invalid', () => sends('林海', id, 'log', logOf({ started_at: never })));
  for (const clock of [{ device_time: never }, { last_server_time: never }])
    await refusedWith('ground.device_unreadable', () =>
      sends('林海', id, 'log', logOf(), fromDevice(0, clock)),
    );
});

test('a time that the database’s calendar lacks is refused in words inside a cursor, too', async () => {
  for (const at of ['0000-01-01T00:00:00.000Z', '2026-02-30T00:00:00.000Z']) {
    const after = Buffer.from(JSON.stringify([at, newId()])).toString('base64url');
    await refusedWith('ground.value_not_allowed', () => server.get('周敏', `/api/visits?after=${after}`));
  }
});

test('R27 a hash that is not that of its text is refused; a text of one’s own is never “as shown”; nobody changes what was signed', async () => {
  const { id } = await visitIn(server, 'working');
  const honest = await signatureOf(server, id);
  const other = honest.shown.replace('收银', '全部');
  await refusedWith('visits.hash_mismatch', () => sends('林海', id, 'sign', { ...honest, shown: other }));
  await refusedWith('visits.hash_mismatch', () =>
    sends('林海', id, 'sign', { ...honest, shown_sha256: sha256('') }),
  );
  const noHash = { ...honest, shown_sha256: honest.shown_sha256.toUpperCase() };
  await refusedWith('ground.invalid', () => sends('林海', id, 'sign', noHash));
  await refusedWith('visits.signer_not_entitled', () =>
    sends('林海', id, 'sign', { ...honest, contact_id: contacts.老马.id }),
  );
  const forged = { ...honest, shown: other, shown_sha256: sha256(other) };
  await act(server, '林海', id, 'sign', forged);
  await act(server, '林海', id, 'sign', { ...honest, id: newId() });
  const { signatures } = await visitOf(id);
  assert.deepEqual(
    signatures.map((one) => [one.id === forged.id, one.as_shown]),
    [
      [true, false],
      [false, true],
    ],
  );
  for (const change of ['update visit_signatures set name = name', 'delete from visit_signatures'])
    await assert.rejects(sql.raw(change).execute(server.db), /permission denied/);
});

test('R27 a signature of nothing is refused: no strokes, an empty one, two points, numbers that are none', async () => {
  const { id } = await visitIn(server, 'working');
  const honest = await signatureOf(server, id);
  const scribbles: [string, unknown][] = [
    ['visits.signature_empty', []],
    ['visits.signature_empty', [[5, 5]]],
    ['visits.signature_empty', [[5, 5, 6, 6]]],
    ['ground.invalid', [[]]],
    ['ground.invalid', [[1, 2, null, 4, 5, 6]]],
    ['ground.invalid', [['1', '2', '3', '4', '5', '6']]],
    ['ground.invalid', [[1e9, 2, 3, 4, 5, 6]]],
    ['ground.invalid', null],
  ];
  for (const [expected, strokes] of scribbles)
    await refusedWith(expected, () => sends('林海', id, 'sign', { ...honest, strokes }));
  assert.deepEqual((await visitOf(id)).signatures, []);
});

test('R28 an operation replayed is done once: same key, same thing under another key, same key for something else', async () => {
  const { id } = await visitIn(server, 'working');
  const other = await visitIn(server, 'working', { engineer_id: people.林海.id });
  const entry = logOf();
  const key = newId();
  const first = await act(server, '林海', id, 'log', entry, { key });
  for (let again = 0; again < 3; again += 1)
    assert.deepEqual(await act(server, '林海', id, 'log', entry, { key }), first);
  await refusedWith('visits.entry_exists', () => sends('林海', id, 'log', entry));
  await refusedWith('ground.key_reused', () =>
    sends('林海', id, 'log', { ...entry, line: '另一句' }, { key }),
  );
  await refusedWith('ground.key_reused', () => sends('林海', other.id, 'log', entry, { key }));
  // Somebody else's key is another key: nobody hears another's verdict.
  await refusedWith('visits.not_yours', () => sends('赵工', id, 'log', entry, { key }));
  const { log, version } = await visitOf(id);
  assert.deepEqual([log.length, version], [1, first.version]);
});

test('R28 acts that come in the wrong order are refused and can come again in the right one', async () => {
  const { id } = await visitIn(server, 'dispatched');
  const entry = logOf();
  const change = { id: newId(), entry_id: entry.id, changes: { line: { from: entry.line, to: '换了两根' } } };
  await refusedWith('visits.not_arrived', () => sends('林海', id, 'start', {}));
  await refusedWith('visits.not_arrived', () => sends('林海', id, 'wrap_up', wrapUpOf()));
  await refusedWith('visits.nothing_to_sign', async () =>
    sends('林海', id, 'sign', await signatureOf(server, id)),
  );
  await refusedWith('visits.entry_unknown', () => sends('林海', id, 'edit_log', change));
  await refusedWith('visits.not_arrived', () => sends('林海', id, 'leave', { promised_today: 'nothing' }));
  for (const name of ['arrive', 'start']) await act(server, '林海', id, name);
  await refusedWith('visits.already_arrived', () => sends('林海', id, 'arrive', {}));
  await refusedWith('visits.already_departed', () => sends('林海', id, 'depart', {}));
  await act(server, '林海', id, 'log', entry);
  await act(server, '林海', id, 'edit_log', change);
  assert.equal((await visitOf(id)).log[0]?.line, '换了两根');
});

test('R28 parts of another visit cannot be named, taken or overwritten', async () => {
  const mine = await visitIn(server, 'working');
  const theirs = await visitIn(server, 'working', { engineer_id: people.林海.id });
  const entry = logOf();
  const found = { id: newId(), what: '电源没有接地', risk: 'high' };
  const promise = { id: newId(), words: '周五前送新扫码枪' };
  await act(server, '林海', theirs.id, 'log', entry);
  await act(server, '林海', theirs.id, 'find', found);
  await act(server, '林海', theirs.id, 'promise', promise);
  const edit = { id: newId(), changes: { goal: { from: '别的', to: '我的' } } };
  await act(server, '林海', theirs.id, 'edit', edit);
  const before = await visitOf(theirs.id);
  const tries: [string, string, Record<string, unknown>][] = [
    ['visits.entry_unknown', 'edit_log', { id: newId(), entry_id: entry.id, changes: {} }],
    ['visits.finding_unknown', 'edit_finding', { id: newId(), finding_id: found.id, changes: {} }],
    ['visits.clash_unknown', 'settle_clash', { clash_id: `${edit.id}:goal`, keep: 'mine' }],
    ['ground.already_exists', 'log', { ...entry, line: '占了它的号' }],
    ['ground.already_exists', 'find', { ...found, what: '占了它的号' }],
    ['ground.already_exists', 'promise', { ...promise, words: '占了它的号' }],
    ['visits.contact_unknown', 'confirm_today', { contact_id: contacts.李医生.id, name: '李医生' }],
    [
      'visits.contact_unknown',
      'log',
      logOf({ kind: 'waiting', waiting_for: '钥匙', waiting_on_contact_id: contacts.李医生.id }),
    ],
    [
      'visits.site_unknown',
      'edit',
      { id: newId(), changes: { site_id: { from: customers.鲁味餐饮.site, to: customers.华安医院.site } } },
    ],
  ];
  for (const [expected, name, body] of tries)
    await refusedWith(expected, () => sends('林海', mine.id, name, body));
  await refusedWith('visits.not_yours', () =>
    sends('赵工', mine.id, 'note', { id: newId(), body: '不是我的' }),
  );
  assert.deepEqual(await visitOf(theirs.id), before);
});

test('a photo that is no picture, half a picture or another’s upload does not get onto a visit', async () => {
  const { id } = await visitIn(server, 'working');
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  for (const [name, bytes] of [
    ['文字.jpg', Buffer.from('这是一段文字，不是照片')],
    ['网页.png', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['图形.jpg', Buffer.from(svg)],
    ['纸.jpg', Buffer.from('%PDF-1.4\n%%EOF\n')],
  ] as const) {
    const put = await upload(bytes, name);
    assert.equal(put.status, 201, `${name}: ${JSON.stringify(put.body)}`);
    const photos = [{ file_id: idOf(put), caption: name }];
    await refusedWith('visits.no_picture', () => sends('林海', id, 'log', logOf({ photos })));
  }
  const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#3a6' } })
    .jpeg()
    .toBuffer();
  const foreign = idOf(await upload(picture, '别人的.jpg', '周敏'));
  for (const file_id of [foreign, newId()])
    await refusedWith('files.not_found', () =>
      sends('林海', id, 'log', logOf({ photos: [{ file_id, caption: '' }] })),
    );
  // Too many pixels for a few bytes.
  const bomb = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: '#fff' } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  await refusedWith('files.too_many_pixels', () => upload(bomb, '大图.png'));
});

test('a photo of 100 MB is refused in words while it arrives, and leaves nothing', async () => {
  const body = Buffer.alloc(100 * 1024 * 1024, 0x20);
  Buffer.from([0xff, 0xd8, 0xff, 0xe0]).copy(body);
  await refusedWith('files.too_large', () => upload(body, '大照片.jpg'));
  const rows = await sql<{ name: string }>`select name from files where name = '大照片.jpg'`.execute(
    server.db,
  );
  assert.deepEqual(rows.rows, []);
});

test('a form text of a megabyte is refused in words, whole; the longest that fits is kept whole', async () => {
  const { id } = await visitIn(server, 'working');
  const note = (body: string) => sends('林海', id, 'note', { id: newId(), body });
  await refusedWith('ground.too_large', () => note('长'.repeat(1_000_000)));
  await refusedWith('ground.invalid', () => note('a'.repeat(1_000_000)));
  const most = '满'.repeat(20_000);
  assert.equal((await note(most)).status, 200);
  assert.equal((await visitOf(id)).notes[0]?.body, most);
});

// What typst, Word and a template would take for their own, one piece each.
const markup = [
  '#import"@preview/x:1.0.0":*',
  '#read("/etc/passwd")',
  '#panic("no")',
  '$x^2/0$',
  '*粗*_斜_`码`',
  '=标题',
  '\\u{41}\\',
  '//注释',
  '</w:t></w:r><w:p/>',
  '<w:instrText>DDEAUTO</w:instrText>',
  '<!--&amp;&#60;]]>',
  '{{code}}{%x%}$' + '{y}',
  '@label<label>',
  '“”\'"',
];

test('R27 words full of typst and Word markup stand in the report as they were typed, in every format and language', async () => {
  const words = markup.join(' ');
  const { id } = await visitIn(server, 'working', { goal: words });
  const half = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#a63' } })
    .jpeg()
    .toBuffer();
  // The head of a picture with nothing behind it is kept, and leaves a gap in the report, not a hole.
  const broken = idOf(await upload(half.subarray(0, 400), '坏.jpg'));
  await act(
    server,
    '林海',
    id,
    'log',
    logOf({ customer_line: words, photos: [{ file_id: broken, caption: words }] }),
  );
  await act(server, '林海', id, 'find', {
    id: newId(),
    what: words,
    risk: 'high',
    advice: words,
    standard: words,
  });
  await act(server, '林海', id, 'promise', { id: newId(), words });
  await act(server, '林海', id, 'wrap_up', wrapUpOf({ rested_on: words, problems: words, tomorrow: words }));
  await act(server, '林海', id, 'sign', await signatureOf(server, id, { role: words.slice(0, 100) }));
  const report = await succeed<ReportRow>(
    server.send('林海', `POST /api/visits/${id}/reports`, { id: newId() }),
  );
  for (const language of ['zh-CN', 'en']) {
    for (const format of ['pdf', 'docx']) {
      const answer = await server.server.inject({
        url: `/api/reports/${report.id}/download?format=${format}&language=${language}`,
        headers: { cookie: cookieOf('周敏') },
      });
      assert.equal(answer.statusCode, 200, `${format} ${language}: ${answer.body.slice(0, 300)}`);
      const said = format === 'pdf' ? wordsOfPdf(answer.rawPayload) : [wordsOfDocx(answer.rawPayload).text];
      for (const piece of markup) {
        const bare = (text: string) => text.replace(/\s+/g, '');
        assert.ok(
          said.some((text) => bare(text).includes(bare(piece))),
          `${format} ${language} lacks ${piece}`,
        );
      }
    }
  }
});
