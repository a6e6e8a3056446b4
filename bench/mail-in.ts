import pg from 'pg';
import { type Dovecot, startDovecot, withoutDovecot } from '#test/dovecot.ts';
import { addMailbox, rawMail, waitFor } from '#test/mails.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { median, round } from './measure.ts';
import type { Line } from './targets.ts';

/** What a mail leaves behind: these rows, written again as plain PostgreSQL would, are the measure. */
const tables = [
  'file_contents',
  'files',
  'received_mails',
  'tickets',
  'messages',
  'ticket_clocks',
  'ticket_threads',
  'events',
] as const;

/**
 * `mail.in`: mails a second from a real dovecot's mailbox into tickets, each from the first byte kept to the last row
 * written, beside PostgreSQL inserting just those rows, one transaction for each mail.
 */
export async function measureMailIn(run: {
  databaseUrl: string;
  mails: number;
  rounds: number;
  print: (line: Line) => void;
}): Promise<void> {
  if (withoutDovecot) return run.print({ figure: 'mail.in', left_out: withoutDovecot });
  process.env.TEST_POSTGRES_URL = run.databaseUrl;
  const dovecot = await startDovecot();
  const server = await startTestServer({ worker: true, env: { CHECK_ANSWERS: '0' } });
  try {
    const ours: number[] = [];
    const raw: number[] = [];
    for (let turn = 0; turn < run.rounds; turn += 1) {
      const mailbox = await receive(server, dovecot, { user: `round${turn}`, mails: run.mails });
      ours.push(mailbox.perSecond);
      raw.push(await insertAgain(server.databaseUrl, { turn, from: mailbox.from }));
    }
    const [per_second, raw_per_second] = [median(ours), median(raw)];
    run.print({
      figure: 'mail.in',
      mails: run.mails,
      per_second: round(per_second, 1),
      raw_per_second: round(raw_per_second, 1),
      ratio: round(per_second / raw_per_second, 3),
    });
  } finally {
    await server.stop();
    await dovecot.stop();
  }
}

async function receive(server: TestServer, dovecot: Dovecot, of: { user: string; mails: number }) {
  const text = `${'收银机从今天早上起很慢，扫码之后要等十几秒，有时候整个卡住不动。\n'.repeat(12)}\n小吴`;
  for (let n = 0; n < of.mails; n += 1)
    await dovecot.deliver(of.user, rawMail({ subject: `收银机慢 ${of.user} ${n}`, text: `${n} ${text}` }));
  const from = new Date().toISOString();
  const id = await addMailbox(server, dovecot, of.user);
  const last = await waitFor('all mails read', async () => {
    const { rows } = await query<{ n: number; seconds: number }>(
      server.databaseUrl,
      `select count(*)::int as n, extract(epoch from max(read_at) - min(created_at))::float as seconds
       from received_mails where mailbox_id = $1 and state = 'done'`,
      [id],
    );
    return rows[0]?.n === of.mails && rows[0];
  });
  return { from, perSecond: of.mails / Math.max(last.seconds, 0.001) };
}

/** The rows of the last round again, in tables of the same shape and indexes, mail by mail; mails a second. */
async function insertAgain(url: string, of: { turn: number; from: string }): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const rows: Record<string, unknown[]> = {};
    for (const table of tables) {
      await client.query(`create table raw_${of.turn}_${table} (like ${table} including all)`);
      const found = await client.query(
        `select row_to_json(t) as row from ${table} t where t.created_at >= $1 order by created_at`,
        [of.from],
      );
      rows[table] = found.rows.map(({ row }) => row);
    }
    const mails = rows.received_mails?.length ?? 0;
    const started = performance.now();
    for (let n = 0; n < mails; n += 1) {
      await client.query('begin');
      for (const table of tables) {
        const all = rows[table] ?? [];
        const each = Math.ceil(all.length / mails);
        const part = all.slice(n * each, (n + 1) * each);
        if (part.length === 0) continue;
        await client.query(
          `insert into raw_${of.turn}_${table} select * from json_populate_recordset(null::${table}, $1)`,
          [JSON.stringify(part)],
        );
      }
      await client.query('commit');
    }
    return mails / ((performance.now() - started) / 1_000);
  } finally {
    await client.end();
  }
}

async function query<T extends pg.QueryResultRow>(url: string, text: string, values: unknown[]) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<T>(text, values);
  } finally {
    await client.end();
  }
}
