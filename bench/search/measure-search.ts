import { sql } from 'kysely';
import { startApp } from '#server/app.ts';
import { sealSessionToken, sessionCookieName } from '#server/people/sign-in.ts';
import { makeLog } from '#server/platform/log.ts';
import { readSettings } from '#server/platform/settings.ts';
import { countTerms } from '#server/search/actions/count-terms.ts';
import { indexThings } from '#server/search/actions/index-things.ts';
import { type Measured, measure, median, round } from '../measure.ts';
import { sessionToken, ticketOf, type World } from '../seed/world.ts';
import type { Line } from '../targets.ts';
import { makeSearchDesk } from './seed-search.ts';
import { codeOf, nameOf, thingOf, troubleOf } from './wording.ts';

const secret = 'the secret of a bench, forty characters!!';
const indexedAtOnce = 200;

/** What people type; `n` counts the calls, so that each asks for something else. */
const asked: Record<string, (n: number) => string> = {
  rare_word: (n) => nameOf(n * 7919, 50),
  common_word: (n) => thingOf(n),
  two_words: (n) => `${thingOf(n)} ${troubleOf(n + 5)}`,
  phrase: (n) => `“${thingOf(n)}${troubleOf(n + 3)}”`,
  code: (n) => codeOf(n * 31),
  question: (n) => `为什么${nameOf(n * 7919, 50)}的${thingOf(n)}总是${troubleOf(n + 1)}？应该怎么处理`,
};

export type Desk = { size: number; url: string; world: World };
type Run = { folder: string; print: (line: Line) => void };

/** R51: what a search takes at these sizes, each kind of query over HTTP, and what the index costs. */
export async function measureSearch(
  run: Run & { databaseUrl: string; sizes: readonly number[] },
): Promise<void> {
  const desks: Desk[] = [];
  for (const size of run.sizes) desks.push({ size, ...(await makeSearchDesk(run.databaseUrl, size)) });
  await measureDesks(desks, run);
}

export async function measureDesks(desks: readonly Desk[], { folder, print }: Run): Promise<void> {
  const middles = new Map<string, number[]>();
  for (const desk of desks) {
    const settings = readSettings({
      DATA_DIR: folder,
      AUTH_SECRET: secret,
      LOG_LEVEL: 'silent',
      HOST: '127.0.0.1',
      PORT: '0',
    });
    const app = await startApp({
      settings,
      url: desk.url,
      log: makeLog('silent'),
      roles: { web: true, worker: false },
    });
    const address = await app.server.listen({ host: '127.0.0.1', port: 0 });
    try {
      await countTerms(app);
      for (const [kind, wording] of Object.entries(asked)) {
        const { p50_ms, p95_ms, n } = await play(address, wording);
        middles.set(kind, [...(middles.get(kind) ?? []), p50_ms]);
        print({
          figure: `search.${kind}`,
          size: desk.size,
          clients: 1,
          n,
          p50_ms: round(p50_ms, 1),
          p95_ms: round(p95_ms, 1),
        });
      }
      print({ figure: 'search.index', size: desk.size, ...(await weigh(app)) });
      print({ figure: 'search.indexing', size: desk.size, ...(await indexAgain(app, desk)) });
    } finally {
      await app.close();
    }
  }
  if (desks.length < 2) return;
  const sizes = desks.map(({ size }) => size);
  for (const [kind, [small, large]] of middles)
    print({
      figure: 'search.growth',
      read: kind,
      sizes: sizes.join('-'),
      times: round((large ?? 0) / (small ?? 1), 2),
    });
}

async function play(address: string, wording: (n: number) => string): Promise<Measured> {
  const cookie = `${sessionCookieName(false)}=${sealSessionToken(sessionToken(0), secret)}`;
  let n = 0;
  const call = async () => {
    n += 1;
    const answer = await fetch(`${address}/api/search?q=${encodeURIComponent(wording(n))}`, {
      headers: { cookie },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`search answered ${answer.status}: ${text.slice(0, 200)}`);
  };
  await measure({ clients: 1, ms: 1_500 }, call);
  return measure({ clients: 1, ms: 4_000 }, call);
}

type App = Awaited<ReturnType<typeof startApp>>;

async function weigh({ db }: App) {
  const { rows } = await sql<{ documents: number; bytes: number; inverted: number }>`
    select count(*)::int as documents, pg_total_relation_size('search_documents') + pg_total_relation_size('search_terms') as bytes,
      pg_relation_size('search_documents_tokens_idx') as inverted from search_documents`.execute(db);
  const { documents, bytes, inverted } = rows[0] as { documents: number; bytes: number; inverted: number };
  return {
    documents,
    bytes_a_document: Math.round(bytes / documents),
    of_it_inverted: Math.round(inverted / documents),
  };
}

/** Takes documents out and has them indexed from their tickets, as after an import. */
async function indexAgain({ db, asSystem }: App, { world }: Desk) {
  const speeds: number[] = [];
  for (let round_ = 0; round_ < 5; round_++) {
    const ids = Array.from(
      { length: indexedAtOnce },
      (_, n) => ticketOf(world, world.size - 1 - round_ * indexedAtOnce - n).id,
    );
    await sql`delete from search_documents where subject_id = any(${ids}::uuid[])`.execute(db);
    const started = performance.now();
    await asSystem((ctx) => indexThings(ctx.db, { kind: 'ticket', ids, now: ctx.now }));
    speeds.push((indexedAtOnce * 1_000) / (performance.now() - started));
  }
  return { per_second: Math.round(median(speeds)) };
}
