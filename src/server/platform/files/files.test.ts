import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import sharp from 'sharp';
import type { Actor, ContactActor, StaffActor } from '#domain/ground/actor.ts';
import { createTestDatabase, type TestDatabase } from '#test/database.ts';
import { Context } from '../context.ts';
import { connect, type Pools } from '../db/connect.ts';
import { inTransaction } from '../db/transaction.ts';
import { buildServer } from '../http/server.ts';
import { newId } from '../ids.ts';
import { LiveHub } from '../live.ts';
import { makeLog } from '../log.ts';
import { Metrics } from '../metrics.ts';
import { readSettings } from '../settings.ts';
import { claimFiles } from './claiming.ts';
import { clearUnclaimed } from './clearing.ts';
import { listFilesOf } from './listing.ts';
import { fileRoutes, filesPolicy } from './routes.ts';
import { FileStore } from './store.ts';

const megabyte = 1024 * 1024;
const now = '2026-11-22T08:00:00.000Z';

let database: TestDatabase;
let pools: Pools;
let server: FastifyInstance;
let dataDir: string;
let address: string;
let live: LiveHub;
const settings = () => readSettings({ DATA_DIR: dataDir, FILE_LIMIT_MB: '1', LOG_LEVEL: 'silent' });

// Two customers; at the first one cashier sees her own questions only, one colleague sees all of them.
const ours = newId();
const theirs = newId();
const engineer = newId();
const cashier = newId();
const colleague = newId();
const stranger = newId();

const staff: StaffActor = {
  kind: 'staff',
  id: engineer,
  name: '李工',
  roles: ['engineer'],
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
  session_id: null,
  api_key_id: null,
  scopes: null,
};
const contact = (contact_id: string, customer_id: string, sees: 'own' | 'all'): ContactActor => ({
  kind: 'contact',
  id: contact_id,
  name: '王女士',
  contact_id,
  customer_id,
  sees,
  is_customer_administrator: false,
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
  session_id: newId(),
});
const actors: Record<string, Actor> = {
  engineer: staff,
  cashier: contact(cashier, ours, 'own'),
  colleague: contact(colleague, ours, 'own'),
  owner: contact(colleague, ours, 'all'),
  stranger: contact(stranger, theirs, 'all'),
};

before(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'copperpea-files-'));
  pools = connect({ url: database.url, max: 5, name: 'files test' });
  const log = makeLog('silent');
  live = new LiveHub({ url: database.url, log });
  const listening = new Map();
  server = await buildServer({
    settings: settings(),
    db: pools.db,
    log,
    routes: fileRoutes({ db: pools.db, settings: settings(), listening }),
    policy: filesPolicy,
    listening,
    live,
    metrics: new Metrics(),
    resolveActor: async (request) => actors[String(request.headers['x-actor'])] ?? null,
  });
  address = await server.listen({ port: 0, host: '127.0.0.1' });
  await seed();
});
after(async () => {
  await server.close();
  await live.close();
  await pools.end();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function seed(): Promise<void> {
  const { db } = pools;
  await sql`insert into users (id, kind, name, email, roles, created_at, updated_at)
    values (${engineer}, 'staff', '李工', 'li@example.com', '{engineer}', ${now}, ${now})`.execute(db);
  for (const [customer, name] of [
    [ours, '蜀香小馆'],
    [theirs, '市第一医院'],
  ] as const)
    await sql`insert into customers (id, name, created_at) values (${customer}, ${name}, ${now})`.execute(db);
  for (const [id, customer] of [
    [cashier, ours],
    [colleague, ours],
    [stranger, theirs],
  ] as const)
    await sql`insert into contacts (id, customer_id, name, created_at) values (${id}, ${customer}, '王女士', ${now})`.execute(
      db,
    );
}

async function upload(as: string, file: { bytes: Buffer; name: string; id?: string; customer_id?: string }) {
  const form = new FormData();
  form.set('id', file.id ?? newId());
  if (file.customer_id) form.set('customer_id', file.customer_id);
  form.set('file', new Blob([new Uint8Array(file.bytes)], { type: 'image/png' }), file.name);
  const response = await fetch(`${address}/api/files`, {
    method: 'POST',
    body: form,
    headers: { 'x-actor': as },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function get(as: string, path: string) {
  return fetch(`${address}/api/files/${path}`, { headers: { 'x-actor': as } });
}

/** A message of the cashier's ticket, and the claiming of files for it by whoever acts. */
async function message(voice: 'customer' | 'internal' = 'customer'): Promise<string> {
  const [ticket, id] = [newId(), newId()];
  await sql`insert into tickets (id, customer_id, requester_id, kind, title, state, impact, urgency, priority, channel,
    created_by_kind, created_at, updated_at) values (${ticket}, ${ours}, ${cashier}, 'incident', '收银机慢', 'new', 3, 3, 4,
    'portal', 'contact', ${now}, ${now})`.execute(pools.db);
  await sql`insert into messages (id, ticket_id, customer_id, voice, author_kind, author_id, author_name, body, happened_at,
    received_at, created_at) values (${id}, ${ticket}, ${ours}, ${voice}, 'staff', ${engineer}, '李工', '看图', ${now}, ${now},
    ${now})`.execute(pools.db);
  return id;
}

function claim(
  as: string,
  file_ids: string[],
  subject_id: string,
  visible_to_customer = true,
  customer_id = ours,
) {
  const actor = actors[as] as Actor;
  return inTransaction(pools.db, actor, (db) =>
    claimFiles(
      new Context({ db, actor, now, requestId: newId(), settings: settings(), listening: new Map() }),
      { file_ids, customer_id, subject: { kind: 'message', id: subject_id }, visible_to_customer },
    ),
  );
}

const refused = (code: string) => (error: { code?: string }) => error.code === code;
const png = (width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background: '#c03028' } })
    .png()
    .toBuffer();
const stored = async () =>
  (await readdir(join(dataDir, 'files'), { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name));

test('a picture is kept, measured and comes back as it was sent, with a small picture beside it', async () => {
  const bytes = await png(1200, 800);
  const { status, body } = await upload('cashier', { bytes, name: '收银机 截图.png' });
  assert.equal(status, 201);
  assert.deepEqual(
    { ...body, id: '' },
    {
      id: '',
      name: '收银机 截图.png',
      media_type: 'image/png',
      size_bytes: bytes.length,
      width: 1200,
      height: 800,
      has_thumbnail: true,
    },
  );
  const full = await get('cashier', String(body.id));
  assert.deepEqual(Buffer.from(await full.arrayBuffer()), bytes);
  assert.equal(full.headers.get('content-type'), 'image/png');
  assert.equal(full.headers.get('x-content-type-options'), 'nosniff');
  assert.match(full.headers.get('content-security-policy') ?? '', /sandbox/);
  assert.match(full.headers.get('content-disposition') ?? '', /^inline; .*filename\*=UTF-8''%E6%94%B6/);
  assert.match(full.headers.get('cache-control') ?? '', /private/);
  const small = await sharp(
    Buffer.from(await (await get('cashier', `${body.id}/thumbnail`)).arrayBuffer()),
  ).metadata();
  assert.deepEqual([small.format, small.width, small.height], ['webp', 480, 320]);
});

test('a photo taken upright is measured and shown upright, and its thumbnail tells no place', async () => {
  const bytes = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#888' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const { body } = await upload('cashier', { bytes, name: 'a.jpg' });
  assert.deepEqual([body.width, body.height], [400, 600]);
  const small = await sharp(
    Buffer.from(await (await get('cashier', `${body.id}/thumbnail`)).arrayBuffer()),
  ).metadata();
  assert.deepEqual([small.width, small.height, small.exif], [320, 480, undefined]);
});

test('the kind of a file is read from its bytes, not from its name', async () => {
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600)]);
  const { body } = await upload('cashier', { bytes: program, name: 'holiday.png' });
  assert.notEqual(body.media_type, 'image/png');
  assert.equal(body.has_thumbnail, false);
  const sent = await get('cashier', String(body.id));
  assert.equal(sent.headers.get('content-type'), 'application/octet-stream');
  assert.match(sent.headers.get('content-disposition') ?? '', /^attachment/);
  const picture = await upload('cashier', { bytes: await png(), name: 'table.xlsx' });
  assert.equal(picture.body.media_type, 'image/png');
});

test('an SVG with a script and a web page never open in the browser', async () => {
  const pages = {
    'x.svg': '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    'plain.png': '  <svg onload="alert(1)">',
    'y.txt': '<html><body><script>alert(1)</script>',
    'z.jpg': '<!-- nothing --><script src="//evil.example"></script>',
  };
  for (const [name, text] of Object.entries(pages)) {
    const { body } = await upload('cashier', { bytes: Buffer.from(text), name });
    const sent = await get('cashier', String(body.id));
    assert.equal(sent.headers.get('content-type'), 'application/octet-stream', name);
    assert.match(sent.headers.get('content-disposition') ?? '', /^attachment/, name);
    assert.match(sent.headers.get('content-security-policy') ?? '', /sandbox/);
    assert.equal((await get('cashier', `${body.id}/thumbnail`)).status, 404);
  }
});

test('a log in UTF-8 or from a Chinese Windows is plain text', async () => {
  const gb18030 = Buffer.from([0xc1, 0xac, 0xbd, 0xd3, 0xca, 0xa7, 0xb0, 0xdc, 0x0d, 0x0a]);
  for (const bytes of [Buffer.from('错误: 40 - 无法打开到 SQL Server 的连接\n'), gb18030]) {
    const { body } = await upload('cashier', { bytes, name: 'pos.log' });
    assert.equal(body.media_type, 'text/plain');
    assert.match(
      (await get('cashier', String(body.id))).headers.get('content-disposition') ?? '',
      /^attachment/,
    );
  }
});

test('a picture of 10,000 × 10,000 is refused in words before it is decoded', async () => {
  const bytes = await sharp({
    create: { width: 10_000, height: 10_000, channels: 3, background: '#fff' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  const started = performance.now();
  const { status, body } = await upload('cashier', { bytes, name: 'huge.png' });
  assert.equal(status, 422);
  assert.equal(body.code, 'files.too_many_pixels');
  assert.deepEqual(body.params, { width: 10_000, height: 10_000, megapixels: 64 });
  assert(performance.now() - started < 1_000, 'decoding would take seconds');
});

test('a name brings no folders, no control and no direction characters, and stays within 255', async () => {
  const cases: [string, RegExp][] = [
    ['../../etc/passwd', /^passwd$/],
    ['C:\\Users\\wang\\a.png', /^a\.png$/],
    ['rechnung\u202egnp.exe', /^rechnunggnp\.exe$/],
    ['a\u0007b\u200b.txt', /^ab\.txt$/],
    ['..', /^file$/],
    [`${'长'.repeat(400)}.png`, /^长{251}\.png$/],
  ];
  for (const [name, expected] of cases) {
    const { status, body } = await upload('cashier', { bytes: Buffer.from('x'), name });
    assert.equal(status, 201);
    assert.match(String(body.name), expected);
  }
});

test('an empty file and one over the limit are refused and leave nothing', async () => {
  const before = await stored();
  const empty = await upload('cashier', { bytes: Buffer.alloc(0), name: 'empty.txt' });
  assert.deepEqual([empty.status, empty.body.code], [422, 'files.empty']);
  const large = await upload('cashier', { bytes: Buffer.alloc(megabyte + 1, 1), name: 'large.bin' });
  assert.deepEqual([large.status, large.body.code], [422, 'files.too_large']);
  assert.deepEqual(large.body.params, { megabytes: 1 });
  const exact = await upload('cashier', { bytes: Buffer.alloc(megabyte, 1), name: 'exact.bin' });
  assert.equal(exact.status, 201);
  assert.equal((await stored()).length, before.length + 1);
  assert.deepEqual(await readdir(join(dataDir, 'files/arriving')), []);
});

test('a transfer that is cut off leaves neither row nor bytes', async () => {
  const id = newId();
  const before = await stored();
  const { port } = new URL(address);
  const head = `--b\r\nContent-Disposition: form-data; name="id"\r\n\r\n${id}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n`;
  await new Promise<void>((resolve, reject) => {
    const socket = net.connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `POST /api/files HTTP/1.1\r\nHost: x\r\nX-Actor: cashier\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 500000\r\n\r\n${head}`,
      );
      socket.write('only the beginning '.repeat(5_000));
      setTimeout(() => socket.destroy(), 200);
    });
    socket.on('error', reject);
    socket.on('close', () => setTimeout(resolve, 300));
  });
  assert.deepEqual(await readdir(join(dataDir, 'files/arriving')), []);
  assert.deepEqual(await stored(), before);
  const row = await pools.db.selectFrom('files').select('id').where('id', '=', id).executeTakeFirst();
  assert.equal(row, undefined);
});

test('a body that ends before its last boundary, or is none, is refused in words', async () => {
  const send = (body: string, type: string) =>
    fetch(`${address}/api/files`, {
      method: 'POST',
      body,
      headers: { 'x-actor': 'cashier', 'content-type': type },
    });
  const broken = await send(
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf',
    'multipart/form-data; boundary=b',
  );
  assert.deepEqual([broken.status, (await broken.json()).code], [422, 'files.cut_off']);
  assert.equal((await send('{}', 'application/json')).status, 415);
  assert.equal((await send('', 'multipart/form-data')).status < 500, true);
  const nothing = await send('--b--\r\n', 'multipart/form-data; boundary=b');
  assert.deepEqual([nothing.status, (await nothing.json()).code], [422, 'files.missing']);
});

test('the same upload again, or twice at once, answers the same; the same id for other bytes or another person is refused', async () => {
  const [id, bytes] = [newId(), Buffer.from('the same words')];
  const send = () => upload('cashier', { id, bytes, name: 'a.txt' });
  const [first, beside] = await Promise.all([send(), send()]);
  assert.equal(first.status, 201);
  assert.deepEqual([beside, await send()], [first, first]);
  const other = await upload('cashier', { id, bytes: Buffer.from('other words'), name: 'a.txt' });
  assert.deepEqual([other.status, other.body.code], [409, 'files.id_taken']);
  for (const as of ['colleague', 'stranger', 'engineer']) {
    const foreign = await upload(as, { id, bytes, name: 'a.txt' });
    assert.deepEqual([foreign.status, foreign.body.code], [409, 'files.id_taken']);
  }
});

test('equal bytes of two people lie on disk once and belong to each alone', async () => {
  const bytes = Buffer.from(`shared ${newId()}`);
  const before = (await stored()).length;
  const [one, two] = await Promise.all([
    upload('cashier', { bytes, name: 'mine.txt' }),
    upload('stranger', { bytes, name: 'theirs.txt' }),
  ]);
  assert.deepEqual([one.status, two.status], [201, 201]);
  assert.equal((await stored()).length, before + 1);
  assert.equal((await get('cashier', String(two.body.id))).status, 404);
  assert.equal((await get('stranger', String(one.body.id))).status, 404);
});

test('an unclaimed file is seen by its uploader and the staff, by no other contact', async () => {
  const { body } = await upload('cashier', { bytes: Buffer.from('mine'), name: 'a.txt' });
  const seen = async (as: string) => (await get(as, String(body.id))).status;
  assert.deepEqual(
    [
      await seen('cashier'),
      await seen('engineer'),
      await seen('owner'),
      await seen('stranger'),
      await seen('nobody'),
    ],
    [200, 200, 404, 404, 401],
  );
});

test('a claimed file is seen by those who may read its message', async () => {
  const file = await upload('engineer', { bytes: Buffer.from('for them'), name: 'a.txt', customer_id: ours });
  await claim('engineer', [String(file.body.id)], await message());
  const note = await upload('engineer', { bytes: Buffer.from('for us'), name: 'b.txt', customer_id: ours });
  await claim('engineer', [String(note.body.id)], await message('internal'), false);
  const wrong = await upload('engineer', {
    bytes: Buffer.from('for us too'),
    name: 'c.txt',
    customer_id: ours,
  });
  await claim('engineer', [String(wrong.body.id)], await message('internal'), true);
  const seen = async (as: string, { body }: typeof file) => (await get(as, String(body.id))).status;
  for (const [as, status] of [
    ['cashier', 200],
    ['owner', 200],
    ['colleague', 404],
    ['stranger', 404],
  ] as const)
    assert.equal(await seen(as, file), status, as);
  for (const as of ['cashier', 'owner', 'stranger']) {
    assert.equal(await seen(as, note), 404, `${as} and an internal file`);
    assert.equal(await seen(as, wrong), 404, `${as} and a file marked visible in an internal message`);
  }
  assert.equal(await seen('engineer', note), 200);
});

test('files are claimed once, by their uploader, with their own customer', async () => {
  const file = async (as: string, customer_id?: string) =>
    String((await upload(as, { bytes: Buffer.from(newId()), name: 'a.txt', customer_id })).body.id);
  const place = await message();
  const mine = await file('cashier');
  await claim('cashier', [mine, mine], place);
  assert.deepEqual(
    [...(await listFilesOf(pools.db, 'message', [place])).values()].flat().map(({ id }) => id),
    [mine],
  );
  await assert.rejects(claim('cashier', [mine], place), refused('files.already_taken'));
  await assert.rejects(claim('cashier', [await file('colleague')], place), refused('files.not_found'));
  await assert.rejects(claim('engineer', [await file('cashier')], place), refused('files.not_found'));
  await assert.rejects(claim('cashier', [newId()], place), refused('files.not_found'));
  await assert.rejects(
    claim('engineer', [await file('engineer', theirs)], place),
    refused('files.other_customer'),
  );
  const anywhere = await file('engineer');
  await claim('engineer', [anywhere], place);
  assert.equal((await get('cashier', anywhere)).status, 200);
});

test('a contact cannot place a file with another customer, not even past the action', async () => {
  const id = String((await upload('stranger', { bytes: Buffer.from(newId()), name: 'a.txt' })).body.id);
  await assert.rejects(claim('stranger', [id], await message()), refused('files.other_customer'));
  const actor = actors.stranger as Actor;
  await assert.rejects(
    inTransaction(pools.db, actor, (db) =>
      sql`update files set customer_id = ${ours}, subject_kind = 'message', subject_id = ${newId()},
        visible_to_customer = true where id = ${id}`.execute(db),
    ),
    refused('42501'),
  );
  const foreign = await upload('cashier', { bytes: Buffer.from('x'), name: 'a.txt', customer_id: theirs });
  assert.equal(foreign.status, 404);
});

test('a customer that does not exist is refused', async () => {
  const { status, body } = await upload('engineer', {
    bytes: Buffer.from('x'),
    name: 'a.txt',
    customer_id: newId(),
  });
  assert.deepEqual([status, body.code], [422, 'ground.unknown_reference']);
});

test('an upload stands in the audit, with who and whose', async () => {
  const { body } = await upload('cashier', { bytes: Buffer.from('x'), name: 'a.txt' });
  const event = await pools.db
    .selectFrom('events')
    .select(['name', 'actor_id', 'customer_id'])
    .where('subject_id', '=', String(body.id))
    .executeTakeFirst();
  assert.deepEqual(event, { name: 'file.uploaded', actor_id: cashier, customer_id: ours });
});

test('what no act claimed within a day is cleared, its bytes when nobody else has them', async () => {
  const store = new FileStore(dataDir);
  const shared = Buffer.from(`kept ${newId()}`);
  const lonely = Buffer.from(`lone ${newId()}`);
  const lone = await upload('cashier', { bytes: lonely, name: 'a.txt' });
  const one = await upload('cashier', { bytes: shared, name: 'a.txt' });
  const two = await upload('engineer', { bytes: shared, name: 'a.txt' });
  await claim('engineer', [String(two.body.id)], await message());
  const here = async ({ body }: typeof lone) => (await get('engineer', String(body.id))).status;
  await clearUnclaimed(pools.db, store, Date.now());
  assert.deepEqual([await here(lone), await here(one), await here(two)], [200, 200, 200]);
  const drawn = store.drawnPathOf(createHash('sha256').update(lonely).digest('hex'), 'paper.jpg');
  await writeFile(drawn, 'drawn from the lone one');
  const before = (await stored()).length;
  await sql`update files set created_at = now() - interval '25 hours'`.execute(pools.db);
  await clearUnclaimed(pools.db, store, Date.now());
  assert.deepEqual([await here(lone), await here(one), await here(two)], [404, 404, 200]);
  assert((await stored()).length < before);
  assert.equal(existsSync(drawn), false, 'what was drawn from bytes goes with them');
  assert.equal(await (await get('engineer', String(two.body.id))).text(), shared.toString());
});

test('so many files may wait for their message, and no more', async () => {
  for (let n = 0; n < 100; n += 1) await upload('owner', { bytes: Buffer.from(`file ${n}`), name: 'a.txt' });
  const { status, body } = await upload('owner', { bytes: Buffer.from('one more'), name: 'a.txt' });
  assert.deepEqual([status, body.code], [429, 'files.too_many_waiting']);
});
