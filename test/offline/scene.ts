import { newId } from '#server/platform/ids.ts';
import { type Caller, type Stage, signInCaller } from './stage.ts';

export type Person = { id: string; name: string; email: string };
export type Scene = {
  dispatcher: Caller;
  administrator: Caller;
  /** The engineer whose visit it is, and the colleague who may get it. */
  engineer: Person;
  colleague: Person;
  ticketId: string;
  visitId: string;
  /** The interface person, who may sign. */
  contact: { id: string; name: string };
};

const hour = 3_600_000;

/** A ticket of the sample company’s noodle shop, and a visit for it today, ready and dispatched, all of it through the API. */
export async function setScene(stage: Stage): Promise<Scene> {
  const dispatcher = await signInCaller(stage.server, 'lin@tinglan.example');
  const administrator = await signInCaller(stage.server, 'shen@tinglan.example');
  const [engineer, colleague] = await freeEngineers(stage);
  const contact = (
    await stage.query(`select id, customer_id, name from contacts where email = 'wanglijuan@haiyan.example'`)
  ).rows[0];
  const ticketId = newId();
  await done(
    dispatcher.post('/api/tickets', {
      id: ticketId,
      customer_id: contact.customer_id,
      requester_id: contact.id,
      kind: 'incident',
      title: '三号收银机断网',
      body: '三号收银机中午断网两次，请到店看一下。',
      impact: 2,
      urgency: 2,
    }),
  );
  const visitId = newId();
  const at = (hours: number) =>
    new Date(Math.floor(Date.now() / 60_000) * 60_000 + hours * hour).toISOString();
  await done(
    dispatcher.post('/api/visits', {
      id: visitId,
      ticket_id: ticketId,
      engineer_id: engineer.id,
      kind: 'survey',
      planned_from: at(-1),
      planned_to: at(6),
      goal: '三号收银机不再断网',
      done_when: '连续收银两小时不断网',
      interface_contact_id: contact.id,
    }),
  );
  for (const item of ['access', 'offline_pack'])
    await done(dispatcher.post(`/api/visits/${visitId}/check_readiness`, { item, state: 'ticked' }));
  await done(dispatcher.post(`/api/visits/${visitId}/dispatch`, { override_reason: '客户催得急' }));
  return { dispatcher, administrator, engineer, colleague, ticketId, visitId, contact };
}

/** Two engineers who are planned nowhere else these days. */
async function freeEngineers(stage: Stage): Promise<[Person, Person]> {
  const { rows } = await stage.query(
    `select id, name, email from users
     where roles = '{engineer}' and locale = 'zh-CN' and not exists (select from visits where engineer_id = users.id
       and state not in ('done', 'cancelled') and planned_to > now() - interval '2 days')
     order by email limit 2`,
  );
  if (rows.length < 2) throw new Error('the sample company has no two engineers with time');
  return rows as [Person, Person];
}

export async function done<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}
