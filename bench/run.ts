import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';
import { measureFirstScreens } from './first-screens.ts';
import { measureImport } from './import-rows.ts';
import { measureMailIn } from './mail-in.ts';
import { measureCalls } from './over-http.ts';
import { measurePhone, phoneFigures } from './phone/measure-phone.ts';
import { endChildren } from './processes.ts';
import { measureReportPdf } from './report-pdf.ts';
import { measureSearch } from './search/measure-search.ts';
import { measureStarts } from './starts.ts';
import { type Line, missedTargets } from './targets.ts';

const help = `npm run bench -- [options]     measures the server and prints one JSON object a line

  --quick       10,000 tickets only, short rounds, no report and nothing in a browser: ends within 50 s
  --size N      another number of tickets beside 10,000 (instead of 100,000), for example 1000000
  --check       ends with exit code 1 when a target is missed, and says which
  --only A,B    these figures alone, for example tickets.create,start,memory,screens,sync.edits
  --help        this text

raw_per_second is plain PostgreSQL, over the same driver, doing the statements and rows that the server was seen to
do; ratio is per_second to it. Both are measured in turn, durably, on a PostgreSQL of the run's own; the medians of
several rounds are printed. cpu_us is what one call costs the server's process. BENCH_ADDED_LATENCY_MS makes every
answer late, to see the check turn red.

sync.edits, sync.photos and phone.offline_start are taken in a real Chromium (CHROMIUM=/usr/bin/chromium) on the real
server: 200 edits and 20 photos that come home, and the phone's app opened without a network on a quarter of a core.
reports.pdf is a report of 20 pages with 40 photos, from facts to paper.
search.* is what a search takes, by what is asked for, on desks of different words: 10,000 and 100,000 tickets, and with
--size beyond that 100,000 and so many; search.index its bytes a document, search.indexing the documents a second.
mail.in is mails a second from a real dovecot into tickets, beside PostgreSQL inserting just their rows.
import.rows is an event log from its file into the tables, against COPY of the rows that came of it.`;

const { values: wishes } = readOptions();
const lines: Line[] = [];
const print = (line: Line) => {
  lines.push(line);
  console.log(JSON.stringify(line));
};
const wanted = (name: string) => !wishes.only || wishes.only.split(',').includes(name);
// What takes its time is left out of a quick run, unless it is asked for by name.
const mayTake = (name: string) => !wishes.quick || (wishes.only?.split(',').includes(name) ?? false);
const folder = mkdtempSync(join(tmpdir(), 'copperpea-bench-'));
let stopDatabase = async () => {};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(130));

try {
  await run();
} catch (error) {
  console.error(error);
  await end(70);
}
const missed = wishes.check ? missedTargets(lines) : [];
for (const sentence of missed) console.error(`missed: ${sentence}`);
if (wishes.check && missed.length === 0) console.error('all targets met');
await end(missed.length > 0 ? 1 : 0);

async function run(): Promise<void> {
  const log = { info() {}, warn: (fields: object, text: string) => console.error(text, fields) };
  if (wanted('screens')) measureFirstScreens(print);
  if (wanted('start')) await measureStarts(folder, print);
  if (wanted('reports.pdf') && mayTake('reports.pdf')) await measureReportPdf({ folder, rounds: 5, print });
  const database = await startEmbedded({ dataDir: join(folder, 'data'), log });
  stopDatabase = database.stop;
  if (wanted('import.rows')) {
    const [records, rounds] = wishes.quick ? [12_000, 1] : [60_000, 3];
    await measureImport({ databaseUrl: database.url, folder, records, rounds, print });
  }
  const sizes = wishes.quick ? [10_000] : [10_000, wishes.size];
  const rounds = wishes.quick
    ? { count: 7, warmMs: 1_500, httpMs: 300, rawMs: 200, ticks: 4, untilMs: 30_000 }
    : { count: 5, warmMs: 4_000, httpMs: 1_500, rawMs: 1_000, ticks: 20, untilMs: Number.POSITIVE_INFINITY };
  await measureCalls({ databaseUrl: database.url, folder, sizes, rounds, wanted, print });
  if (wanted('search') && mayTake('search')) {
    const searched = wishes.size > 100_000 ? [100_000, wishes.size] : [10_000, wishes.size];
    await measureSearch({ databaseUrl: database.url, folder, sizes: searched, print });
  }
  if (wanted('mail.in') && mayTake('mail.in'))
    await measureMailIn({
      databaseUrl: database.url,
      ...(wishes.quick ? { mails: 40, rounds: 1 } : { mails: 200, rounds: 3 }),
      print,
    });
  if (phoneFigures.some((name) => wanted(name) && mayTake(name)))
    await measurePhone({ databaseUrl: database.url, folder, wanted, print });
}

async function end(status: number): Promise<never> {
  await endChildren();
  await stopDatabase().catch(() => {});
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(status);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        quick: { type: 'boolean' },
        size: { type: 'string', default: '100000' },
        check: { type: 'boolean' },
        only: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      console.log(help);
      process.exit(0);
    }
    const size = Number(values.size);
    if (!Number.isInteger(size) || size < 1_000) throw new Error('--size is a whole number from 1000 on');
    return { values: { ...values, size } };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return process.exit(64);
  }
}
