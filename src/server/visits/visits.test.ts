import assert from 'node:assert/strict';
import { after, before, describe, it, test } from 'node:test';
import { Refusal } from '#domain/ground/refusal.ts';
import { applyAct } from '#domain/visits/acting.ts';
import { type ActName, type VisitAct, type VisitActed, visitActs } from '#domain/visits/commands.ts';
import { visitsPolicy } from '#domain/visits/policy.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { newId } from '#server/platform/ids.ts';
import { type CastName, contacts, people } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { act, hours, logOf, openVisit, signatureOf, visitIn, wrapUpOf } from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

type Body = Record<string, unknown>;
type Play = {
  line: (id: string) => string;
  state: Parameters<typeof visitIn>[1];
  /** Acts that come first. */
  first?: (id: string) => Promise<unknown>;
  who: CastName;
  body: (visit: Visit) => Body | Promise<Body>;
  event: string;
  customer: boolean;
  /** What the rule refuses, by a body of its own or because the act was just done. */
  refused: { code: string; body?: (visit: Visit) => Body | Promise<Body> };
};

const scope = {
  what: '换网线',
  hours: 3,
  night: false,
  verification: '',
  said_by: '王经理',
  said_at: hours(-3),
};
const person = { contact_id: contacts.小吴.id, name: '小吴' };
const clashing = newId();
const known = (list: { id: string }[]) => list[0]?.id as string;

const plays: { [N in ActName]: Play } = {
  edit: {
    line: (id) => `POST /api/visits/${id}/edit`,
    state: 'planned',
    who: '林海',
    body: ({ goal }) => ({ id: newId(), changes: { goal: { from: goal, to: '全部恢复' } } }),
    event: 'visit.edited',
    customer: true,
    refused: {
      code: 'visits.times_reversed',
      body: ({ planned_to }) => ({
        id: newId(),
        changes: { planned_to: { from: planned_to, to: hours(-9) } },
      }),
    },
  },
  set_scope: {
    line: (id) => `POST /api/visits/${id}/set_scope`,
    state: 'planned',
    who: '王经理',
    body: () => ({ id: newId(), party: 'sales', from: null, to: scope }),
    event: 'visit.scope_set',
    customer: false,
    refused: {
      code: 'visits.only_sales_column',
      body: () => ({ id: newId(), party: 'customer', from: null, to: scope }),
    },
  },
  check_readiness: {
    line: (id) => `POST /api/visits/${id}/check_readiness`,
    state: 'planned',
    who: '林海',
    body: () => ({ item: 'access', state: 'waived', reason: '客户在门口接' }),
    event: 'visit.readiness_checked',
    customer: false,
    refused: { code: 'visits.waiver_needs_reason', body: () => ({ item: 'access', state: 'waived' }) },
  },
  dispatch: {
    line: (id) => `POST /api/visits/${id}/dispatch`,
    state: 'planned',
    first: async (id) => {
      for (const item of ['access', 'offline_pack'])
        await act(server, '林海', id, 'check_readiness', { item, state: 'ticked' });
    },
    who: '周敏',
    body: () => ({ override_reason: '客户催得急' }),
    event: 'visit.dispatched',
    customer: true,
    refused: { code: 'visits.already_dispatched' },
  },
  reassign: {
    line: (id) => `POST /api/visits/${id}/reassign`,
    state: 'planned',
    who: '陈立',
    body: () => ({ engineer_id: people.赵工.id, engineer_name: '赵工' }),
    event: 'visit.reassigned',
    customer: true,
    refused: { code: 'visits.already_theirs' },
  },
  cancel: {
    line: (id) => `POST /api/visits/${id}/cancel`,
    state: 'planned',
    who: '周敏',
    body: () => ({ reason: '客户改期' }),
    event: 'visit.cancelled',
    customer: true,
    refused: { code: 'visits.cancelled' },
  },
  confirm_today: {
    line: (id) => `POST /api/visits/${id}/confirm_today`,
    state: 'dispatched',
    who: '林海',
    body: () => person,
    event: 'visit.today_confirmed',
    customer: true,
    refused: {
      code: 'visits.contact_unknown',
      body: () => ({ contact_id: contacts.李医生.id, name: '李医生' }),
    },
  },
  depart: {
    line: (id) => `POST /api/visits/${id}/depart`,
    state: 'dispatched',
    who: '林海',
    body: () => ({}),
    event: 'visit.departed',
    customer: true,
    refused: { code: 'visits.already_departed' },
  },
  arrive: {
    line: (id) => `POST /api/visits/${id}/arrive`,
    state: 'travelling',
    who: '林海',
    body: () => ({}),
    event: 'visit.arrived',
    customer: true,
    refused: { code: 'visits.already_arrived' },
  },
  start: {
    line: (id) => `POST /api/visits/${id}/start`,
    state: 'on_site',
    who: '林海',
    body: () => ({}),
    event: 'visit.started',
    customer: true,
    refused: { code: 'visits.already_started' },
  },
  edit_kick_off: {
    line: (id) => `POST /api/visits/${id}/edit_kick_off`,
    state: 'on_site',
    who: '林海',
    body: () => ({
      id: newId(),
      changes: {
        need: { from: '', to: '周五前恢复' },
        our_people: { from: [], to: [{ name: '林海', duty: '换线' }] },
      },
    }),
    event: 'visit.kick_off_edited',
    customer: false,
    refused: {
      code: 'ground.invalid',
      body: () => ({ id: newId(), changes: { acknowledged: { from: 1, to: 2 } } }),
    },
  },
  acknowledge_kick_off: {
    line: (id) => `POST /api/visits/${id}/acknowledge_kick_off`,
    state: 'on_site',
    first: (id) =>
      act(server, '林海', id, 'edit_kick_off', {
        id: newId(),
        changes: { plan: { from: '', to: '先看线' } },
      }),
    who: '林海',
    body: () => person,
    event: 'visit.kick_off_acknowledged',
    customer: true,
    refused: { code: 'visits.contact_unknown', body: () => ({ contact_id: newId(), name: '谁' }) },
  },
  log: {
    line: (id) => `POST /api/visits/${id}/log`,
    state: 'working',
    who: '林海',
    body: () => ({ ...logOf(), ended_at: null, waiting_for: '', waiting_on_contact_id: null, photos: [] }),
    event: 'visit.logged',
    customer: true,
    refused: { code: 'visits.waiting_needs_whom', body: () => logOf({ kind: 'waiting' }) },
  },
  edit_log: {
    line: (id) => `POST /api/visits/${id}/edit_log`,
    state: 'working',
    first: (id) => act(server, '林海', id, 'log', logOf({ customer_line: '' })),
    who: '林海',
    body: ({ log }) => ({
      id: newId(),
      entry_id: known(log),
      changes: { ended_at: { from: null, to: hours(0) }, line: { from: log[0]?.line, to: '换了两根' } },
    }),
    event: 'visit.log_edited',
    customer: false,
    refused: { code: 'visits.entry_unknown', body: () => ({ id: newId(), entry_id: newId(), changes: {} }) },
  },
  find: {
    line: (id) => `POST /api/visits/${id}/find`,
    state: 'working',
    who: '林海',
    body: () => ({ id: newId(), what: '配电箱没有接地', risk: 'high', advice: '请电工接地' }),
    event: 'visit.found',
    customer: true,
    refused: { code: 'ground.invalid', body: () => ({ id: newId(), what: '', risk: 'high' }) },
  },
  edit_finding: {
    line: (id) => `POST /api/visits/${id}/edit_finding`,
    state: 'working',
    first: (id) => act(server, '林海', id, 'find', { id: newId(), what: '配电箱没有接地', risk: 'high' }),
    who: '林海',
    body: ({ findings }) => ({
      id: newId(),
      finding_id: known(findings),
      changes: { reaction: { from: null, to: 'later' }, risk: { from: 'high', to: 'critical' } },
    }),
    event: 'visit.finding_edited',
    customer: true,
    refused: {
      code: 'visits.finding_unknown',
      body: () => ({ id: newId(), finding_id: newId(), changes: {} }),
    },
  },
  promise: {
    line: (id) => `POST /api/visits/${id}/promise`,
    state: 'working',
    who: '林海',
    body: () => ({
      id: newId(),
      words: '周五前送一根备用网线',
      to_contact_id: contacts.小吴.id,
      owner_id: people.林海.id,
      due_at: hours(48),
    }),
    event: 'visit.promised',
    customer: true,
    refused: {
      code: 'promises.contact_unknown',
      body: () => ({ id: newId(), words: '送线', to_contact_id: contacts.李医生.id }),
    },
  },
  wrap_up: {
    line: (id) => `POST /api/visits/${id}/wrap_up`,
    state: 'working',
    who: '林海',
    body: () => wrapUpOf(),
    event: 'visit.wrapped_up',
    customer: true,
    refused: { code: 'visits.promise_not_noted', body: () => wrapUpOf({ promised_today: 'noted' }) },
  },
  sign: {
    line: (id) => `POST /api/visits/${id}/sign`,
    state: 'working',
    who: '林海',
    body: ({ id }) => signatureOf(server, id),
    event: 'visit.signed',
    customer: true,
    refused: { code: 'visits.hash_mismatch', body: ({ id }) => signatureOf(server, id, { shown: '{}' }) },
  },
  leave: {
    line: (id) => `POST /api/visits/${id}/leave`,
    state: 'working',
    who: '林海',
    body: () => ({ promised_today: 'nothing', no_wrap_up_reason: '客户已经下班' }),
    event: 'visit.left',
    customer: true,
    refused: { code: 'visits.over' },
  },
  note: {
    line: (id) => `POST /api/visits/${id}/note`,
    state: 'working',
    who: '林海',
    body: () => ({ id: newId(), body: '店长在休假，下次找老马' }),
    event: 'visit.noted',
    customer: false,
    refused: { code: 'ground.invalid', body: () => ({ id: newId(), body: ' ' }) },
  },
  settle_clash: {
    line: (id) => `POST /api/visits/${id}/settle_clash`,
    state: 'planned',
    first: (id) =>
      act(server, '林海', id, 'edit', {
        id: clashing,
        changes: { goal: { from: '从前的目标', to: '我的目标' } },
      }),
    who: '林海',
    body: () => ({ clash_id: `${clashing}:goal`, keep: 'mine' }),
    event: 'visit.clash_settled',
    customer: false,
    refused: { code: 'visits.clash_settled' },
  },
};

const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;

async function customerHears(visitId: string, event: string): Promise<boolean | undefined> {
  const row = await server.db
    .selectFrom('events')
    .select('visible_to_customer')
    .where('subject_id', '=', visitId)
    .where('name', '=', event)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row?.visible_to_customer;
}

describe('each act on a visit', () => {
  for (const [name, play] of Object.entries(plays) as [ActName, Play][]) {
    it(`${name}: what the phone shows is what the server keeps; its event is recorded once`, async () => {
      const { id, ticket } = await visitIn(server, play.state);
      await play.first?.(id);
      const { visit } = await openVisit(server, id, play.who);
      const body = await play.body(visit);
      const answer = await server.send(play.who, play.line(id), body);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      const acted = answer.body as VisitActed;
      const parsed = { name, body: visitActs[name].parse(body) } as VisitAct;
      const by = { id: people[play.who as '林海'].id, name: play.who, happened_at: acted.happened_at };
      const local = applyAct(visit, parsed, by);
      assert.ok(!(local instanceof Refusal), JSON.stringify(local));
      const { visit: kept } = await openVisit(server, id);
      assert.deepEqual(kept, local);
      assert.deepEqual([acted.outcome, acted.version], ['done', visit.version + 1]);
      const events = await server.eventsOf(id);
      assert.equal(events.at(-1), play.event);
      assert.equal(await customerHears(id, play.event), play.customer);
      const { items } = (await server.get('周敏', `/api/tickets/${ticket}/timeline`)).body as {
        items: { name: string }[];
      };
      assert.ok(
        items.some((item) => item.name === play.event),
        'it stands in the ticket’s timeline',
      );
    });

    it(`${name}: is refused in words, and a refusal changes nothing`, async () => {
      const { id } = await visitIn(server, play.state);
      await play.first?.(id);
      const { visit } = await openVisit(server, id);
      const { refused } = play;
      if (!refused.body) await server.send(play.who, play.line(id), await play.body(visit));
      const { visit: before } = await openVisit(server, id);
      const answer = await server.send(play.who, play.line(id), await (refused.body ?? play.body)(before));
      assert.equal(code(answer), refused.code, JSON.stringify(answer.body));
      assert.deepEqual((await openVisit(server, id)).visit, before);
    });

    it(`${name}: is not for another engineer, sales, or a customer`, async () => {
      const { id } = await visitIn(server, 'planned');
      const { visit } = await openVisit(server, id);
      const body =
        play.state === 'planned'
          ? await play.body(visit)
          : await play.body({ ...visit, log: [], findings: [] });
      const leadsOnly = !(visitsPolicy[`visits.${name}`] as readonly string[]).includes('engineer');
      const foreign = await server.send('赵工', play.line(id), fits(name, body));
      assert.equal(code(foreign), leadsOnly ? 'ground.forbidden' : 'visits.not_yours');
      if (name !== 'set_scope')
        assert.equal(code(await server.send('王经理', play.line(id), fits(name, body))), 'ground.forbidden');
      assert.equal((await server.send('小吴', play.line(id), fits(name, body))).status, 404);
      assert.equal((await server.send(null, play.line(id), fits(name, body))).status, 401);
      const nowhere = await server.send('周敏', play.line(newId()), fits(name, body));
      assert.equal(code(nowhere), 'ground.not_found');
      assert.deepEqual((await openVisit(server, id)).visit, visit);
    });
  }
});

/** A body in the right shape although the thing it is about is not there. */
function fits(name: ActName, body: Body): Body {
  const { line: _line, ...changes } = (body.changes ?? {}) as Body;
  if (name === 'edit_log') return { ...body, entry_id: newId(), changes };
  return name === 'edit_finding' ? { ...body, finding_id: newId() } : body;
}

test('what cannot be is not: acts of another visit’s entries, twice the same entry, a promise that came due before it was made', async () => {
  const one = await visitIn(server, 'working');
  const other = await visitIn(server, 'working');
  const entry = logOf();
  await act(server, '林海', one.id, 'log', entry);
  const edit = { id: newId(), entry_id: entry.id, changes: { line: { from: entry.line, to: '别的' } } };
  assert.equal(
    code(await server.send('林海', `POST /api/visits/${other.id}/edit_log`, edit)),
    'visits.entry_unknown',
  );
  assert.equal(
    code(await server.send('林海', `POST /api/visits/${one.id}/log`, entry)),
    'visits.entry_exists',
  );
  assert.equal(
    code(await server.send('林海', `POST /api/visits/${other.id}/log`, entry)),
    'ground.already_exists',
  );
  const promise = { id: newId(), words: '昨天就好', due_at: hours(-24) };
  assert.equal(
    code(await server.send('林海', `POST /api/visits/${one.id}/promise`, promise)),
    'promises.due_in_past',
  );
});
