import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ReportFacts } from '#domain/reports/report.ts';
import { newId } from '#server/platform/ids.ts';
import { freezeSigned } from '#server/reports/actions/freeze-signed.ts';
import { loadVersion } from '#server/reports/queries/load-version.ts';
import { contacts, customers } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { act, fromDevice, hours, logOf, signatureOf, succeed, visitIn } from '#test/visits.ts';

// Without a worker: the job runs when a test says so, as on a busy evening long after the signature.
let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

/** What the signed versions froze, by signature, after the job ran. */
async function frozenOf(visit: string): Promise<Map<string | null, ReportFacts>> {
  await server.asSystem((ctx) => freezeSigned(ctx, visit));
  const rows = await server.db
    .selectFrom('report_versions')
    .select(['signature_id', 'facts'])
    .where('visit_id', '=', visit)
    .execute();
  return new Map(rows.map(({ signature_id, facts }) => [signature_id, facts as unknown as ReportFacts]));
}

test('R27 a signed version names the site of its signature and tells time by that site, wherever the visit was moved before it was made', async () => {
  const { id } = await visitIn(server, 'working');
  const signature = await signatureOf(server, id);
  await act(server, '林海', id, 'sign', signature);
  const branch = { id: newId(), name: '伦敦分店', zone: 'Europe/London' };
  await succeed(server.send('周敏', `POST /api/customers/${customers.鲁味餐饮.id}/sites`, branch));
  const site_id = { from: customers.鲁味餐饮.site, to: branch.id };
  await act(server, '周敏', id, 'edit', { id: newId(), changes: { site_id } });
  const moved = await signatureOf(server, id);
  await act(server, '林海', id, 'sign', moved);
  const frozen = await frozenOf(id);
  const told = [signature, moved].map((one) => frozen.get(one.id)).map((one) => [one?.site?.name, one?.zone]);
  assert.deepEqual(told, [
    ['总店', 'Asia/Shanghai'],
    ['伦敦分店', 'Europe/London'],
  ]);
  assert.deepEqual(await frozenOf(id), frozen, 'done again, nothing changes');
});

test('R27 what still runs counts until the signature that a version is made of, whichever of two has the later id', async () => {
  const { id } = await visitIn(server, 'working', { signer_ids: [contacts.孙悦.id] });
  await act(server, '林海', id, 'log', logOf({ started_at: hours(-3), ended_at: null }), fromDevice(2.5));
  const second = { contact_id: contacts.孙悦.id, name: '孙悦', role: '店长', id: newId() };
  const early = await signatureOf(server, id);
  await act(server, '林海', id, 'sign', early, fromDevice(2));
  const late = await signatureOf(server, id, second);
  assert.ok(late.id < early.id);
  await act(server, '林海', id, 'sign', late);
  const frozen = await frozenOf(id);
  const minutes = [early, late].map((one) => frozen.get(one.id)?.minutes);
  assert.deepEqual(minutes, [[{ kind: 'work', minutes: 60 }], [{ kind: 'work', minutes: 180 }]]);
  for (const one of [early, late]) {
    const { id: version } = await server.db
      .selectFrom('report_versions')
      .select('id')
      .where('signature_id', '=', one.id)
      .executeTakeFirstOrThrow();
    const { counts_to, facts } = await loadVersion(server.db, version);
    assert.equal(counts_to, facts.signatures.find(({ id }) => id === one.id)?.at);
  }
});
