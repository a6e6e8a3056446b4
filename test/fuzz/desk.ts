import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { newId } from '#server/platform/ids.ts';
import { type CastName, type ContactName, contacts, customers, people } from '#test/cast.ts';
import type { TestServer } from '#test/server.ts';
import { makeVisits } from './visits.ts';

/** What stands in the desk for one contact, all of it made through the API. */
export type Matter = {
  contact: ContactName;
  /** Ids of things that only this contact and those who see all of the customer may know of. */
  ids: string[];
  /** Words in them that nobody else may read. */
  words: string;
  /** Words among colleagues that no contact may read at all. */
  internal: string;
  openTicket: string;
  closedTicket: string;
  visit: string;
  quarantined: string;
  report: string;
};

const asker = ['小吴', '老马', '孙悦', '李医生'] as const;

/** For each contact a running and a closed ticket with file, both voices, promise and rating, and a signed visit. */
export async function fillDesk(server: TestServer): Promise<Map<ContactName, Matter>> {
  const matters = new Map<ContactName, Matter>();
  for (const contact of asker) matters.set(contact, await makeMatter(server, contact));
  return matters;
}

async function makeMatter(server: TestServer, contact: ContactName): Promise<Matter> {
  const words = `WORDS-${contacts[contact].id.slice(-3)}`;
  const internal = `INTERNAL-${contacts[contact].id.slice(-3)}`;
  const file = await upload(server, contact, `${words}.png`);
  const [openTicket, closedTicket] = [newId(), newId()];
  const ids = [openTicket, closedTicket, file];
  for (const [id, files] of [
    [openTicket, [file]],
    [closedTicket, []],
  ] as const) {
    const [question, reply, note, promise] = [newId(), newId(), newId(), newId()];
    await done(
      server.send(contact, 'POST /api/portal/tickets', {
        id,
        message_id: question,
        words: `${words} 收银机卡住`,
        file_ids: files,
      }),
    );
    await done(
      server.send('林海', `POST /api/tickets/${id}/reply`, { id: reply, body: `${words} 今天下午来换` }),
    );
    await done(server.send('林海', `POST /api/tickets/${id}/note`, { id: note, body: internal }));
    await done(
      server.send('林海', 'POST /api/promises', {
        id: promise,
        subject: { kind: 'ticket', id },
        words: `${words} 换网线`,
        to_contact_id: contacts[contact].id,
        owner_id: people.林海.id,
        due_at: new Date(Date.now() + 86_400_000).toISOString(),
      }),
    );
    ids.push(question, reply, note, promise);
    if (id === closedTicket) await finish(server, contact, { id, promise, words });
  }
  const none = { visit: '', quarantined: '', report: '' };
  const matter = { contact, ids, words, internal, openTicket, closedTicket, ...none };
  const photo = await upload(server, '林海', `${words}.png`);
  const made = await makeVisits(server, matter, photo);
  return { ...matter, ...made, ids: [...ids, photo, ...made.ids] };
}

async function finish(
  server: TestServer,
  contact: ContactName,
  { id, promise, words }: { id: string; promise: string; words: string },
): Promise<void> {
  const told = { told_how: 'phone', told_at: new Date(Date.now() - 1_000).toISOString() };
  await done(server.send('林海', `POST /api/promises/${promise}/keep`, told));
  const closing = { outcome: 'solved', done_for_customer: `${words} 换好了` };
  await done(server.send('林海', `POST /api/tickets/${id}/close`, closing));
  await done(server.send(contact, `POST /api/portal/tickets/${id}/rate`, { id: newId(), score: 5, words }));
}

/** A picture of one point, put up by a contact. */
export async function upload(server: TestServer, who: CastName, name: string): Promise<string> {
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
  const form = new FormData();
  form.set('id', newId());
  form.set('file', new Blob([picture], { type: 'image/png' }), name);
  const packed = new Request('http://pack.invalid', { method: 'POST', body: form });
  const answer = await server.send(who, 'POST /api/files', Buffer.from(await packed.arrayBuffer()), {
    headers: { 'content-type': packed.headers.get('content-type') as string },
  });
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
  return (answer.body as { id: string }).id;
}

async function done(answer: ReturnType<TestServer['send']>): Promise<void> {
  const { status, body } = await answer;
  assert.ok(status < 300, `${status} ${JSON.stringify(body)}`);
}

/**
 * The ids that stand in rows of this customer, whatever the table: a new table is among them by itself. `most` of each
 * table, its first and its last, where each costs a request.
 */
export async function idsOfCustomer(
  server: TestServer,
  name: keyof typeof customers,
  most = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class
      join pg_attribute customer on customer.attrelid = pg_class.oid and customer.attname = 'customer_id'
      join pg_attribute id on id.attrelid = pg_class.oid and id.attname = 'id'
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'events'
    order by relname`.execute(server.db);
  const found = [customers[name].id as string];
  for (const table of tables) {
    const { rows } = await sql<{ id: string }>`select id from ${sql.table(table.name)}
      where customer_id = ${customers[name].id} order by id`.execute(server.db);
    const ids = rows.map(({ id }) => id);
    found.push(...(ids.length <= most ? ids : [...ids.slice(0, most / 2), ...ids.slice(-most / 2)]));
  }
  return found;
}
