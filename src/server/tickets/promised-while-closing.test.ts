import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { whileHalfDone } from '#test/at-once.ts';
import { people } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { askTicket } from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const closing = (ticket: string) => () =>
  server.send('周敏', `POST /api/tickets/${ticket}/close`, {
    outcome: 'solved',
    done_for_customer: '换了网线。',
  });
const promising = (ticket: string, id: string) => () =>
  server.send('陈立', 'POST /api/promises', {
    id,
    subject: { kind: 'ticket', id: ticket },
    words: '下班前把日志发给您',
    owner_id: people.林海.id,
    due_at: new Date(Date.now() + 7_200_000).toISOString(),
  });
const said = ({ status, body }: { status: number; body: unknown }) => [
  status,
  (body as { code?: string }).code,
];
const standing = async (ticket: string) => ({
  ...(await server.db
    .selectFrom('tickets')
    .select('state')
    .where('id', '=', ticket)
    .executeTakeFirstOrThrow()),
  promises: (
    await server.db.selectFrom('promises').select('id').where('subject_id', '=', ticket).execute()
  ).map(({ id }) => id),
});

test('R9 a promise given while its ticket is being closed waits, and is refused as in a closed one', async () => {
  const ticket = await askTicket(server);
  // Closing has looked at the promises by the time it stops the clocks.
  const clocks = { text: 'select from ticket_clocks where ticket_id = $1 for update', values: [ticket] };
  const [closed, promised] = await whileHalfDone(server, clocks, {
    first: closing(ticket),
    second: promising(ticket, newId()),
  });
  assert.deepEqual(
    [said(closed), said(promised)],
    [
      [200, undefined],
      [409, 'promises.subject_closed'],
    ],
  );
  assert.deepEqual(await standing(ticket), { state: 'closed', promises: [] });
});

test('R9 a ticket closed while a promise is being given in it waits, and the promise holds it open', async () => {
  const ticket = await askTicket(server);
  const id = newId();
  // The promise is being written down: it has seen that the ticket is open, and names its owner.
  const owner = { text: 'select from users where id = $1 for update', values: [people.林海.id] };
  const [promised, closed] = await whileHalfDone(server, owner, {
    first: promising(ticket, id),
    second: closing(ticket),
  });
  assert.deepEqual(
    [said(promised), said(closed)],
    [
      [201, undefined],
      [409, 'tickets.promises_unsettled'],
    ],
  );
  const { state, promises } = await standing(ticket);
  assert.notEqual(state, 'closed');
  assert.deepEqual(promises, [id]);
});
