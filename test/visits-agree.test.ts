import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Refusal } from '#domain/ground/refusal.ts';
import { applyAct } from '#domain/visits/acting.ts';
import { type ActName, fieldActs, type VisitAct, visitActs } from '#domain/visits/commands.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers, people } from './cast.ts';
import { playedContacts, randomAct, randomFrom } from './offline/random-acts.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const desk: readonly ActName[] = ['edit', 'set_scope', 'edit_log', 'note', 'settle_clash', 'promise'];
const [first, second] = [contacts.孙悦.id, contacts.老马.id];

/** A visit on which the work has begun, so that everything on site can be done. */
async function beginVisit(engineer: '林海' | '赵工'): Promise<string> {
  const [ticket, visit] = [newId(), newId()];
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const steps: [string, object][] = [
    [
      'tickets',
      {
        ...{ id: ticket, customer_id: customers.鲁味餐饮.id, requester_id: contacts.小吴.id },
        ...{ kind: 'incident', title: '收银机断网', body: '断网', impact: 2, urgency: 2 },
      },
    ],
    [
      'visits',
      {
        ...{
          id: visit,
          ticket_id: ticket,
          engineer_id: people[engineer].id,
          kind: 'repair',
          is_emergency: true,
          emergency_reason: '门店停业',
        },
        ...{ planned_from: at(-1), planned_to: at(6), interface_contact_id: first, signer_ids: [second] },
      },
    ],
    [`visits/${visit}/check_readiness`, { item: 'kit', state: 'ticked' }],
    [`visits/${visit}/check_readiness`, { item: 'access', state: 'waived', reason: '门卫认识我们' }],
    [`visits/${visit}/dispatch`, { override_reason: '急修' }],
    [`visits/${visit}/arrive`, {}],
    [`visits/${visit}/start`, {}],
  ];
  for (const [path, body] of steps) {
    const answer = await server.send('周敏', `POST /api/${path}`, body);
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
  }
  return visit;
}

async function visitOf(id: string): Promise<Visit> {
  const { status, body } = await server.get('周敏', `/api/visits/${id}`);
  assert.equal(status, 200, JSON.stringify(body));
  return (body as { visit: Visit }).visit;
}

/** The act with people of the cast in it, names as in their records, hashes that are right, and without photos. */
function castInto({ name, body }: VisitAct): VisitAct {
  const text = JSON.stringify(body, (key, value) => (key === 'photos' && Array.isArray(value) ? [] : value))
    .replaceAll(playedContacts[0] as string, first)
    .replaceAll(playedContacts[1] as string, second);
  const played = JSON.parse(text);
  if ('photos' in (played.changes ?? {})) delete played.changes.photos;
  if (played.contact_id) played.name = played.contact_id === first ? '孙悦' : '老马';
  if (name === 'sign') played.shown_sha256 = createHash('sha256').update(played.shown).digest('hex');
  return { name, body: visitActs[name].parse(played) } as VisitAct;
}

for (const [seed, engineer] of [
  [11, '林海'],
  [12, '赵工'],
] as const) {
  test(`R28 what the pure rule says of an act is what stands in the database afterwards, act by act (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    const id = await beginVisit(engineer);
    let local = await visitOf(id);
    const early = local;
    const done = new Set<string>();
    for (let step = 0; step < 130; step += 1) {
      const isDesk = random.maybe(0.25);
      // Read long ago: two people edit one field, and clashes come of it.
      const seen = random.maybe(0.25) ? early : local;
      const now = new Date().toISOString();
      const among = isDesk ? desk : fieldActs.filter((name) => name !== 'leave' || step > 110);
      const act = castInto(randomAct(seen, random, { now, among }));
      const who = isDesk ? '周敏' : engineer;
      const answer = await server.send(who, `POST /api/visits/${id}/${act.name}`, act.body);
      const said = answer.body as { outcome: string; happened_at: string; code: string };
      const by = { id: people[who].id, name: who, happened_at: said.happened_at ?? now };
      const after = applyAct(local, act, by);
      const what = `step ${step}, ${who}: ${act.name} ${JSON.stringify(act.body)} → ${JSON.stringify(said)}`;
      if (after instanceof Refusal) {
        assert.equal(said.code, after.code, what);
        continue;
      }
      assert.ok(answer.status < 300, what);
      assert.equal(said.outcome, after.clashes.length > local.clashes.length ? 'conflict' : 'done', what);
      assert.deepEqual(await visitOf(id), after, what);
      local = after;
      done.add(act.name);
    }
    assert.ok(done.size >= 12, `only ${[...done].join(', ')}`);
  });
}
