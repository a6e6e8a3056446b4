// A process of its own: the tick of the clocks as the worker runs it, and raw PostgreSQL doing the statements it sent.

import pg from 'pg';
import { startApp } from '#server/app.ts';
import { makeLog } from '#server/platform/log.ts';
import { readSettings } from '#server/platform/settings.ts';
import { tickClocks } from '#server/tickets/jobs.ts';
import { median, round } from './measure.ts';
import { noteStatements } from './noting.ts';
import { renewed, replay, type Statement } from './trace.ts';

export type TickOrder = { url: string; dues: number[]; ticks: number };
export type TickLine = {
  clients: 1;
  due: number;
  n: number;
  p50_ms: number;
  p95_ms: number;
  per_second: number;
  raw_per_second: number;
  ratio: number;
  cpu_us: number;
};

process.once('message', (order: TickOrder) => {
  measureTicks(order).then(
    (lines) => process.send?.(lines, undefined, undefined, () => process.exit(0)),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function measureTicks({ url, dues, ticks }: TickOrder): Promise<TickLine[]> {
  const settings = readSettings({ ...process.env, PORT: '0', LOG_LEVEL: 'silent' });
  const app = await startApp({ settings, url, log: makeLog('silent'), roles: { web: false, worker: false } });
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    options: '-c role=copperpea_app -c timezone=UTC',
  });
  const noted: Statement[] = [];
  const noting = noteStatements(noted);
  // Whatever came due since the seeding is nobody's measure.
  await tickClocks(app);
  const lines: TickLine[] = [];
  for (const due of dues) {
    const make = await chooseClocks(pool, due);
    const took: number[] = [];
    const raw: number[] = [];
    const cpu: number[] = [];
    for (let n = -2; n < ticks; n += 1) {
      await make();
      const cpuBefore = process.cpuUsage();
      const began = performance.now();
      const ticked = await tickClocks(app);
      const ms = performance.now() - began;
      const { user, system } = process.cpuUsage(cpuBefore);
      if (ticked < due) throw new Error(`${ticked} clocks were due instead of ${due}`);
      const trace = await noteOneTick(app, { make, noted, noting });
      await make();
      const rawBegan = performance.now();
      await replay(pool, trace);
      if (n < 0) continue;
      took.push(ms);
      raw.push(performance.now() - rawBegan);
      cpu.push(user + system);
    }
    lines.push(lineOf(due, { took, raw, cpu }));
  }
  await Promise.all([app.close(), pool.end()]);
  return lines;
}

/** The statements of a tick, its new ids made new again. */
async function noteOneTick(
  app: Parameters<typeof tickClocks>[0],
  of: { make: () => Promise<void>; noted: Statement[]; noting: { on: boolean } },
): Promise<Statement[]> {
  const since = Date.now();
  await of.make();
  of.noted.length = 0;
  of.noting.on = true;
  await tickClocks(app);
  of.noting.on = false;
  return renewed(structuredClone(of.noted), since);
}

function lineOf(due: number, of: { took: number[]; raw: number[]; cpu: number[] }): TickLine {
  const sorted = of.took.sort((a, b) => a - b);
  const [ms, rawMs] = [median(of.took), median(of.raw)];
  return {
    clients: 1,
    due,
    n: sorted.length,
    p50_ms: round(ms, 2),
    p95_ms: round(sorted[Math.floor(sorted.length * 0.95)] ?? 0, 2),
    // Clocks, not ticks: a tick takes as long as what is due.
    per_second: round((due / ms) * 1000, 1),
    raw_per_second: round((due / rawMs) * 1000, 1),
    ratio: round(rawMs / ms, 3),
    cpu_us: Math.round(median(of.cpu) / due),
  };
}

/** The same running clocks each time, put to a moment before their breach is noted. */
async function chooseClocks(pool: pg.Pool, due: number): Promise<() => Promise<void>> {
  const { rows } = await pool.query(
    `select id from ticket_clocks where state = 'running' and breached_at is null and next_check_at > now()
    order by next_check_at desc limit $1`,
    [due],
  );
  const ids = rows.map((row) => row.id as string);
  return async () => {
    await pool.query(
      `update ticket_clocks set breached_at = null, warned_share = null, next_check_at = now() - interval '1 second'
      where id = any($1)`,
      [ids],
    );
  };
}
