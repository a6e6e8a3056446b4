import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { whileWaiting } from '#test/at-once.ts';
import { contacts, customers, people } from '#test/cast.ts';
import { upload } from '#test/fuzz/desk.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import {
  act,
  fromDevice,
  hours,
  logOf,
  openVisit,
  sha256,
  signatureOf,
  succeed,
  visitIn,
} from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;

test('R27 a signature needs strokes, a person entitled to sign, a hash that is its text’s, and work that has begun', async () => {
  const { id } = await visitIn(server, 'working');
  const signed = async (overrides: Record<string, unknown>) =>
    code(await server.send('林海', `POST /api/visits/${id}/sign`, await signatureOf(server, id, overrides)));
  assert.equal(await signed({ strokes: [] }), 'visits.signature_empty');
  assert.equal(await signed({ strokes: [[1, 2]] }), 'visits.signature_empty');
  assert.equal(await signed({ strokes: [[Number.MAX_SAFE_INTEGER, 2, 3, 4, 5, 6]] }), 'ground.invalid');
  assert.equal(await signed({ contact_id: contacts.老马.id }), 'visits.signer_not_entitled');
  assert.equal(await signed({ contact_id: contacts.李医生.id }), 'visits.contact_unknown');
  assert.equal(await signed({ shown_sha256: sha256('别的') }), 'visits.hash_mismatch');
  assert.equal(await signed({ shown: '{"goal":"什么都好"}' }), 'visits.hash_mismatch');
  const early = await visitIn(server, 'on_site');
  const answer = await server.send(
    '林海',
    `POST /api/visits/${early.id}/sign`,
    await signatureOf(server, early.id),
  );
  assert.equal(code(answer), 'visits.nothing_to_sign');
  assert.deepEqual((await openVisit(server, id)).visit.signatures, []);
});

test('R27 a text that was signed and is not what the record says is kept, and marked so', async () => {
  const { id } = await visitIn(server, 'working');
  const shown = '{"goal":"什么都好"}';
  await act(
    server,
    '林海',
    id,
    'sign',
    await signatureOf(server, id, { shown, shown_sha256: sha256(shown) }),
  );
  await act(server, '林海', id, 'sign', await signatureOf(server, id));
  const { signatures } = (await openVisit(server, id)).visit;
  assert.deepEqual(
    signatures.map(({ as_shown }) => as_shown),
    [false, true],
  );
  const forge = server.db
    .updateTable('visit_signatures')
    .set({ name: '别人' })
    .where('visit_id', '=', id)
    .execute();
  await assert.rejects(forge, /permission denied/);
});

test('R27 strokes are kept in tenths, however finely they are written; what was kept before stays readable', async () => {
  const { id } = await visitIn(server, 'working');
  const strokes = [Array.from({ length: 4_000 }, () => 5e-324), [1.25, 399.96, 0.04, 1_100]];
  const written = await signatureOf(server, id, { strokes });
  await act(server, '林海', id, 'sign', written);
  const { signatures } = (await openVisit(server, id)).visit;
  assert.deepEqual(signatures[0]?.strokes, [Array(4_000).fill(0), [1.3, 400, 0, 1_100]]);
  const row = await server.db
    .selectFrom('visit_signatures')
    .selectAll()
    .where('id', '=', written.id)
    .executeTakeFirstOrThrow();
  const fine = Array(4_000).fill(0.123456);
  const older = [[Array(4_000).fill(5e-324), ...Array(8).fill(fine)], ...Array(49).fill([[1, 2], fine])];
  await server.db
    .insertInto('visit_signatures')
    .values(older.map((kept) => ({ ...row, id: newId(), strokes: JSON.stringify(kept) })))
    .execute();
  const { visit } = await openVisit(server, id);
  assert.equal(visit.signatures.length, 51);
  assert.equal(visit.signatures.at(-1)?.strokes[1]?.[0], 0.123456);
  const further = await server.send('林海', `POST /api/visits/${id}/sign`, await signatureOf(server, id));
  assert.deepEqual([further.status, code(further)], [409, 'visits.too_many_signatures']);
});

test('R28 what arrives twice is done once; what arrives in another order ends the same', async () => {
  const { id } = await visitIn(server, 'working');
  const entry = logOf({ started_at: hours(-1) });
  const edit = { id: newId(), entry_id: entry.id, changes: { line: { from: entry.line, to: '两根' } } };
  const [logKey, editKey] = [newId(), newId()];
  assert.equal(
    code(await server.send('林海', `POST /api/visits/${id}/edit_log`, edit, { key: newId() })),
    'visits.entry_unknown',
  );
  const first = await act(server, '林海', id, 'log', entry, { key: logKey });
  const second = await act(server, '林海', id, 'edit_log', edit, { key: editKey });
  assert.deepEqual(await act(server, '林海', id, 'log', entry, { key: logKey }), first);
  assert.deepEqual(await act(server, '林海', id, 'edit_log', edit, { key: editKey }), second);
  const { visit } = await openVisit(server, id);
  assert.deepEqual(
    visit.log.map(({ line }) => line),
    ['两根'],
  );
  assert.equal(visit.version, second.version);
  const reused = await server.send('林海', `POST /api/visits/${id}/log`, logOf(), { key: logKey });
  assert.equal(code(reused), 'ground.key_reused');
  const earlier = logOf({ started_at: hours(-2) });
  await act(server, '林海', id, 'log', earlier);
  assert.deepEqual(
    (await openVisit(server, id)).visit.log.map((one) => one.id),
    [earlier.id, entry.id],
  );
});

test('R28 acts at once from two phones and a dispatcher all stand, and the same field stands beside itself', async () => {
  const { id } = await visitIn(server, 'working');
  const entry = logOf({ line: '' });
  await act(server, '林海', id, 'log', entry);
  const { version } = (await openVisit(server, id)).visit;
  const edits = ['第一台手机', '第二台手机', '调度'].map((to) => ({
    id: newId(),
    entry_id: entry.id,
    changes: { line: { from: '', to } },
  }));
  const logs = Array.from({ length: 6 }, () => logOf());
  const answers = await Promise.all([
    ...edits.map((body, index) => act(server, index === 2 ? '周敏' : '林海', id, 'edit_log', body)),
    ...logs.map((body) => act(server, '林海', id, 'log', body)),
  ]);
  const { visit } = await openVisit(server, id);
  assert.equal(visit.version, version + 9);
  assert.equal(new Set(answers.map((one) => one.version)).size, 9, 'each act has a version of its own');
  assert.equal(visit.log.length, 7);
  const line = visit.log.find((one) => one.id === entry.id)?.line;
  const both = [line, ...visit.clashes.map(({ mine }) => mine)].sort();
  assert.deepEqual(both, ['第一台手机', '第二台手机', '调度'].sort());
  assert.deepEqual(
    answers.map(({ outcome }) => outcome).filter((outcome) => outcome === 'conflict').length,
    2,
  );
});

test('R28 an act that waits while the visit is given to a colleague finds it all the same', async () => {
  const { id } = await visitIn(server, 'working');
  const given = {
    text: 'update visits set engineer_id = $2, version = version + 1 where id = $1',
    values: [id, people.周敏.id],
  };
  const acted = await whileWaiting(server, given, () =>
    act(server, '周敏', id, 'note', { id: newId(), body: '等着的时候换了人' }),
  );
  assert.equal(acted.outcome, 'done');
  assert.equal((await openVisit(server, id)).visit.notes.length, 1);
});

test('every answer to a write echoes its key: done, replayed, refused, invalid, not signed in, not found', async () => {
  const { id } = await visitIn(server, 'planned');
  const echoed = async (who: '林海' | null, line: string, body: unknown, key = newId()) => {
    const answer = await server.send(who, line, body, { key });
    assert.equal(answer.headers['idempotency-key'], key, `${line} ${answer.status}`);
    return answer.status;
  };
  const key = newId();
  const note = { id: newId(), body: '带梯子' };
  assert.equal(await echoed('林海', `POST /api/visits/${id}/note`, note, key), 200);
  assert.equal(await echoed('林海', `POST /api/visits/${id}/note`, note, key), 200);
  assert.equal(await echoed('林海', `POST /api/visits/${id}/note`, note), 409);
  assert.equal(await echoed('林海', `POST /api/visits/${id}/note`, { id }), 422);
  assert.equal(await echoed(null, `POST /api/visits/${id}/note`, note), 401);
  assert.equal(await echoed('林海', `POST /api/visits/${id}/dispatch`, {}), 403);
  assert.equal(await echoed('林海', 'POST /api/nowhere', {}), 404);
  const odd = await server.send('林海', `POST /api/visits/${id}/note`, note, { key: 'a b' });
  assert.equal(odd.headers['idempotency-key'], undefined);
});

test('a text of a megabyte, NUL, a lone surrogate and unknown fields are refused in words', async () => {
  const { id } = await visitIn(server, 'working');
  const long = '长'.repeat(1_000_000);
  for (const [name, body] of [
    ['note', { id: newId(), body: long }],
    ['log', logOf({ line: long })],
    ['find', { id: newId(), what: long, risk: 'low' }],
    ['sign', await signatureOf(server, id, { shown: long })],
  ] as const) {
    const answer = await server.send('林海', `POST /api/visits/${id}/${name}`, body);
    assert.ok(
      ['ground.too_large', 'ground.invalid'].includes(code(answer) as string),
      `${name} ${answer.status}`,
    );
  }
  for (const body of [{ body: 'a\u0000b' }, { body: '\ud800' }, { body: 'a', state: 'done' }, { body: 7 }])
    assert.equal(
      code(await server.send('林海', `POST /api/visits/${id}/note`, { id: newId(), ...body })),
      'ground.invalid',
    );
  assert.deepEqual((await openVisit(server, id)).visit.notes, []);
});

test('words full of markup are kept as they are', async () => {
  const { id } = await visitIn(server, 'working');
  const body = '#import "x"; $ 1 $ <script>alert(1)</script> \\u{202e} {{name}} =HYPERLINK("x")';
  await act(server, '林海', id, 'note', { id: newId(), body });
  assert.equal((await openVisit(server, id)).visit.notes[0]?.body, body);
});

test('a photo is one’s own, of this customer, a picture, and stands on one visit', async () => {
  const { id } = await visitIn(server, 'working');
  const logged = async (file_id: string) =>
    code(
      await server.send('林海', `POST /api/visits/${id}/log`, logOf({ photos: [{ file_id, caption: '' }] })),
    );
  assert.equal(await logged(newId()), 'files.not_found');
  assert.equal(await logged(await upload(server, '周敏', 'a.png')), 'files.not_found');
  const text = await uploadText();
  assert.equal(await logged(text), 'visits.no_picture');
  const elsewhere = await visitIn(server, 'working');
  const taken = await upload(server, '林海', 'a.png');
  await act(server, '林海', elsewhere.id, 'log', logOf({ photos: [{ file_id: taken, caption: '' }] }));
  assert.equal(await logged(taken), 'files.already_taken');
  assert.deepEqual((await openVisit(server, id)).visit.log, []);
  const waiting = await upload(server, '林海', 'b.png');
  const entry = logOf();
  await act(server, '林海', id, 'log', entry);
  const photos = { from: [{ file_id: taken, caption: '' }], to: [{ file_id: waiting, caption: '晚到的' }] };
  const clash = await act(server, '林海', id, 'edit_log', {
    id: newId(),
    entry_id: entry.id,
    changes: { photos },
  });
  assert.equal(clash.outcome, 'conflict');
  assert.ok(
    (await openVisit(server, id)).about.files.some((file) => file.id === waiting),
    'both values keep their photos',
  );
});

async function uploadText(): Promise<string> {
  const form = new FormData();
  form.set('id', newId());
  form.set('file', new Blob(['not a picture'], { type: 'image/png' }), 'a.png');
  const packed = new Request('http://pack.invalid', { method: 'POST', body: form });
  const headers = { 'content-type': packed.headers.get('content-type') as string };
  const answer = server.send('林海', 'POST /api/files', Buffer.from(await packed.arrayBuffer()), { headers });
  return (await succeed<{ id: string }>(answer)).id;
}

test('a forged time does not get into the record: ahead of now, before the visit, reversed, of a device from the future', async () => {
  const { id } = await visitIn(server, 'working');
  const logged = async (overrides: Record<string, unknown>) =>
    code(await server.send('林海', `POST /api/visits/${id}/log`, logOf(overrides)));
  assert.equal(await logged({ started_at: hours(2) }), 'visits.time_in_future');
  assert.equal(await logged({ started_at: hours(-24 * 365) }), 'visits.time_too_old');
  assert.equal(await logged({ started_at: hours(-1), ended_at: hours(-2) }), 'visits.times_reversed');
  assert.equal(await logged({ started_at: '2026-13-45T00:00:00.000Z' }), 'ground.invalid');
  const ahead = fromDevice(-5, { last_server_time: null, since_server_ms: null, offset_ms: null });
  const { happened_at } = await act(server, '林海', id, 'note', { id: newId(), body: '来自未来' }, ahead);
  assert.ok(happened_at <= hours(0));
});

test('an id in capitals is the same id', async () => {
  const { id } = await visitIn(server, 'working');
  const signature = await signatureOf(server, id);
  const confirmed = { contact_id: contacts.小吴.id.toUpperCase(), name: '小吴' };
  await act(server, '林海', id.toUpperCase(), 'confirm_today', confirmed);
  assert.equal((await openVisit(server, id)).visit.today_confirmed?.name, '小吴');
  const file = await upload(server, '林海', 'a.png');
  await act(server, '林海', id, 'log', logOf({ photos: [{ file_id: file.toUpperCase(), caption: '' }] }));
  assert.equal((await openVisit(server, id)).about.files[0]?.id, file);
  const capital = { ...signature, id: signature.id.toUpperCase() };
  await act(server, '林海', id, 'sign', signature);
  assert.equal(
    code(await server.send('林海', `POST /api/visits/${id}/sign`, capital)),
    'ground.already_exists',
  );
});

test('contacts and sites of another customer get in by no act', async () => {
  const { id } = await visitIn(server, 'working');
  const foreign = contacts.李医生.id;
  const { visit } = await openVisit(server, id);
  const said = async (name: string, body: Record<string, unknown>) =>
    code(await server.send('林海', `POST /api/visits/${id}/${name}`, body));
  const edit = (field: string, from: unknown, to: unknown) =>
    said('edit', { id: newId(), changes: { [field]: { from, to } } });
  assert.equal(
    await edit('interface_contact_id', visit.interface_contact_id, foreign),
    'visits.contact_unknown',
  );
  assert.equal(await edit('signer_ids', [], [foreign]), 'visits.contact_unknown');
  assert.equal(await edit('site_id', visit.site_id, customers.华安医院.site), 'visits.site_unknown');
  const waiting = { kind: 'waiting', waiting_for: '钥匙', waiting_on_contact_id: foreign };
  assert.equal(await said('log', logOf(waiting)), 'visits.contact_unknown');
  const entry = logOf();
  await act(server, '林海', id, 'log', entry);
  const changes = { waiting_on_contact_id: { from: null, to: foreign } };
  assert.equal(
    await said('edit_log', { id: newId(), entry_id: entry.id, changes }),
    'visits.contact_unknown',
  );
  assert.equal(
    await said('acknowledge_kick_off', { contact_id: foreign, name: '李医生' }),
    'visits.contact_unknown',
  );
});
