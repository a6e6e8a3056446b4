import pg from 'pg';
import { indexedTokens } from '#domain/search/document.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { copyRows } from '../seed/copy-rows.ts';
import { deskTables } from '../seed/desk-tables.ts';
import { firmTables } from '../seed/firm-tables.ts';
import { iso, type Table } from '../seed/table.ts';
import { customerId, idOf, makeWorld, ticketOf, type World } from '../seed/world.ts';
import { titleOf, wordsOf } from './wording.ts';

/** A migrated database with tickets of different words and the index of them, both by COPY, indexes made afterwards. */
export async function makeSearchDesk(
  serverUrl: string,
  size: number,
): Promise<{ url: string; world: World }> {
  const name = `search_${size}`;
  await withClient(serverUrl, (client) => client.query(`create database ${name}`));
  const address = new URL(serverUrl);
  address.pathname = `/${name}`;
  await migrate({ url: address.href });
  const world = makeWorld(size, Date.now());
  await withClient(address.href, async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query("set maintenance_work_mem = '512MB'");
    for (const table of firmTables) await copyRows(client, table.name, table.columns, table.rows(world));
    const tickets = deskTables.find((table) => table.name === 'tickets') as Table;
    await copyRows(client, tickets.name, tickets.columns, worded(tickets, world));
    await client.query('drop index search_documents_tokens_idx');
    await copyRows(client, 'search_documents', columns, documentRows(world));
    await client.query(
      'create index search_documents_tokens_idx on search_documents using gin (tokens) with (gin_pending_list_limit = 512)',
    );
    await client.query('update search_backlogs set done_at = now()');
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  });
  return { url: address.href, world };
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function* worded(tickets: Table, world: World) {
  const [title, words] = [tickets.columns.indexOf('title'), tickets.columns.indexOf('customer_words')];
  let index = 0;
  for (const row of tickets.rows(world)) {
    row[title] = titleOf(index);
    row[words] = wordsOf(index);
    yield row;
    index += 1;
  }
}

const columns = [
  'id',
  'kind',
  'subject_id',
  'audience',
  'customer_id',
  'ticket_id',
  'number',
  'state',
  'happened_at',
  'title',
  'body',
  'length',
  'tokens',
  'created_at',
];

function* documentRows(world: World) {
  for (let index = 0; index < world.size; index += 1) {
    const ticket = ticketOf(world, index);
    const document = {
      kind: 'ticket' as const,
      subject_id: ticket.id,
      audience: 'customer' as const,
      customer_id: customerId(world, ticket.customer),
      ticket_id: ticket.id,
      visit_id: null,
      number: 1001 + index,
      state: ticket.state,
      happened_at: iso(ticket.at),
      title: titleOf(index),
      body: wordsOf(index),
    };
    const { tokens, length } = indexedTokens(document);
    yield [
      idOf('event', index, ticket.at),
      document.kind,
      document.subject_id,
      document.audience,
      document.customer_id,
      document.ticket_id,
      document.number,
      document.state,
      document.happened_at,
      document.title,
      document.body,
      length,
      tokens,
      iso(ticket.at),
    ];
  }
}
