import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { ContactActor } from '#domain/ground/actor.ts';
import { inReadTransaction } from '#server/platform/db/transaction.ts';
import { newId } from '#server/platform/ids.ts';
import { type ContactName, contacts, customers } from '#test/cast.ts';
import { upload } from '#test/fuzz/desk.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { act, hours, logOf, openVisit, signatureOf, visitIn, wrapUpOf } from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const secret = '只给同事看';

function actorOf(name: ContactName): ContactActor {
  const { id, user, customer, sees, administrator } = contacts[name];
  return {
    kind: 'contact',
    id: user,
    name,
    contact_id: id,
    customer_id: customers[customer].id,
    sees,
    is_customer_administrator: administrator,
    locale: 'zh-CN',
    zone: 'Asia/Shanghai',
    session_id: newId(),
  };
}

/** What a contact's transaction may read, straight from the database: the second guard behind the portal's queries. */
async function reads(name: ContactName, text: string): Promise<unknown[] | 'not allowed'> {
  return inReadTransaction(server.db, actorOf(name), async (db) => {
    try {
      return (await sql.raw(text).execute(db)).rows;
    } catch (error) {
      if ((error as { code?: string }).code === '42501') return 'not allowed';
      throw error;
    }
  });
}

async function toldVisit() {
  const visit = await visitIn(server, 'working');
  const { id } = visit;
  const [shown, hidden, found] = await Promise.all([1, 2, 3].map((n) => upload(server, '林海', `${n}.png`)));
  const inner = logOf({ line: secret, customer_line: ' ', photos: [{ file_id: hidden, caption: secret }] });
  await act(server, '林海', id, 'log', inner);
  await act(
    server,
    '林海',
    id,
    'log',
    logOf({ line: secret, photos: [{ file_id: shown, caption: '网口' }] }),
  );
  const finding = {
    what: '没有接地',
    risk: 'high',
    advice: '请电工',
    evidence: secret,
    obstacle: secret,
    standard: secret,
  };
  await act(server, '林海', id, 'find', {
    id: newId(),
    ...finding,
    photos: [{ file_id: found, caption: '配电箱' }],
  });
  await act(server, '林海', id, 'note', { id: newId(), body: secret });
  const scope = {
    what: secret,
    hours: 3,
    night: false,
    verification: '',
    said_by: '王经理',
    said_at: hours(-3),
  };
  await act(server, '王经理', id, 'set_scope', { id: newId(), party: 'sales', from: null, to: scope });
  await act(server, '林海', id, 'edit', { id: newId(), changes: { goal: { from: '别的', to: secret } } });
  await act(server, '林海', id, 'wrap_up', wrapUpOf({ problems: secret }));
  await act(server, '林海', id, 'sign', await signatureOf(server, id));
  return { ...visit, inner, shown, hidden, found };
}

test('R70 a contact reads of a visit its card, its times, the lines for them and what a finding says to them; never a word for colleagues', async () => {
  const { id } = await toldVisit();
  const of = (table: string, columns: string, key = 'visit_id') =>
    `select ${columns} from ${table} where ${key} = '${id}'`;
  for (const name of ['小吴', '孙悦'] as const) {
    const seen = [
      await reads(
        name,
        of('visits', 'number, state, goal, done_when, not_today, planned_from, arrived_at', 'id'),
      ),
      await reads(name, of('visit_log_entries', 'kind, started_at, customer_line, photos')),
      await reads(name, of('visit_findings', 'what, risk, advice, reaction, photos')),
    ];
    assert.deepEqual(
      seen.map((rows) => rows.length),
      [1, 1, 1],
      name,
    );
    assert.ok(!JSON.stringify(seen).includes(secret));
  }
  const closed: [string, string][] = [
    ['visit_log_entries', 'line'],
    ['visit_findings', 'evidence'],
    ['visit_findings', 'obstacle'],
    ['visit_notes', 'body'],
    ['visit_readiness', 'item'],
    ['visit_clashes', 'mine'],
    ['visit_wrap_ups', 'problems'],
    ['visit_signatures', 'strokes'],
    ['visit_assignments', 'engineer_id'],
    ['quarantined_acts', 'body'],
  ];
  for (const [table, column] of closed)
    assert.equal(await reads('孙悦', of(table, column)), 'not allowed', `${table}.${column}`);
  for (const column of [
    ...['scope_sales', 'kick_off', 'override_reason', 'signer_ids', 'is_emergency'],
    ...['emergency_reason', 'last_changed', 'today_confirmed_read'],
  ])
    assert.equal(await reads('孙悦', of('visits', column, 'id')), 'not allowed', column);
});

test('R70 a visit to another customer, or for a colleague’s own question, does not exist', async () => {
  await toldVisit();
  for (const name of ['李医生', '老马'] as const) {
    for (const table of ['visits', 'visit_log_entries', 'visit_findings'])
      assert.deepEqual(await reads(name, `select id from ${table}`), [], `${name} ${table}`);
    assert.deepEqual(await reads(name, "select id from files where subject_kind = 'visit'"), [], name);
  }
});

test('R70 a photo is looked at by whoever may read the line or finding it stands with, and by others no longer', async () => {
  const { id, inner, shown, hidden, found } = await toldVisit();
  const statuses = async (who: '小吴' | '李医生' | '林海') =>
    Promise.all(
      [shown, hidden, found].map(async (file) => (await server.get(who, `/api/files/${file}`)).status),
    );
  assert.deepEqual(await statuses('小吴'), [200, 404, 200]);
  assert.deepEqual(await statuses('李医生'), [404, 404, 404]);
  assert.deepEqual(await statuses('林海'), [200, 200, 200]);
  const edit = (from: string, to: string) => ({
    id: newId(),
    entry_id: inner.id,
    changes: { customer_line: { from, to } },
  });
  await act(server, '林海', id, 'edit_log', edit(' ', '也请看这张'));
  assert.deepEqual(await statuses('小吴'), [200, 200, 200]);
  await act(server, '林海', id, 'edit_log', edit('也请看这张', ''));
  assert.deepEqual(await statuses('小吴'), [200, 404, 200]);
});

test('R70 no event of a visit that a customer hears of carries a word for colleagues', async () => {
  const { id } = await toldVisit();
  const { visit } = await openVisit(server, id);
  assert.equal(visit.clashes.length, 1);
  const rows = await server.db
    .selectFrom('events')
    .select(['name', 'data'])
    .where('subject_id', '=', id)
    .where('visible_to_customer', '=', true)
    .execute();
  assert.ok(rows.length > 6);
  assert.ok(!JSON.stringify(rows).includes(secret));
});
