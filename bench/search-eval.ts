import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';
import { judgeSearch } from './search/judge-search.ts';
import type { Judged } from './search/judging.ts';
import { plainBm25 } from './search/plain-bm25.ts';
import { type Passage, type Question, readTestCollection } from './search/test-collection.ts';

const help = `npm run search-eval -- --corpus FILE --queries FILE --qrels FILE [--against-bm25]

Loads the corpus (JSON lines of {"_id","title","text"}) into a scratch database as tickets, indexes it as everything is
indexed, asks each query (JSON lines of {"_id","text"}) as the search does, and holds the answers against the judgements
(query-id, corpus-id, score, with tabs). Prints one JSON object:
  {"figure":"search.eval","queries":…,"recall_at_1":…,"recall_at_10":…,"mrr_at_10":…,"ndcg_at_10":…,"p50_ms":…,"p95_ms":…}

  --against-bm25  prints the same of a plain BM25 over words and pairs of Chinese characters, without stems
  --budget N      how many candidates may be looked at for a question, in place of 1,200: how the search does when all words are common
  --misses N      names the first N questions whose answer did not come first, on standard error

Exit code: 0 judged, 64 wrong arguments, 66 a file cannot be read or holds something else.`;

const { values } = readOptions();
const [corpus, queries, qrels] = [values.corpus, values.queries, values.qrels].map((file) =>
  resolve(process.env.INIT_CWD ?? '.', file as string),
) as [string, string, string];
const folder = mkdtempSync(join(tmpdir(), 'copperpea-search-eval-'));
let stopDatabase = async () => {};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(130));

try {
  const { passages, questions } = readCollection();
  const log = { info() {}, warn: (fields: object, text: string) => console.error(text, fields) };
  const database = await startEmbedded({ dataDir: join(folder, 'data'), log });
  stopDatabase = database.stop;
  const judged = await judgeSearch({
    databaseUrl: database.url,
    passages,
    questions,
    ...(values.budget ? { budget: Number(values.budget) } : {}),
  });
  print('search.eval', judged);
  for (const { question, first } of judged.misses.slice(0, Number(values.misses ?? 0)))
    console.error(`${question} → ${first}`);
  if (values['against-bm25']) print('search.eval.plain_bm25', await plainBm25({ passages, questions }));
} catch (error) {
  console.error(error);
  await end(70);
}
await end(0);

function print(figure: string, { misses: _misses, ...figures }: Judged): void {
  console.log(JSON.stringify({ figure, ...figures }));
}

function readCollection(): { passages: Passage[]; questions: Question[] } {
  try {
    return readTestCollection({
      corpus: readFileSync(corpus, 'utf8'),
      queries: readFileSync(queries, 'utf8'),
      qrels: readFileSync(qrels, 'utf8'),
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    rmSync(folder, { recursive: true, force: true });
    return process.exit(66);
  }
}

async function end(status: number): Promise<never> {
  await stopDatabase().catch(() => {});
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(status);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        corpus: { type: 'string' },
        queries: { type: 'string' },
        qrels: { type: 'string' },
        'against-bm25': { type: 'boolean' },
        budget: { type: 'string' },
        misses: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      console.log(help);
      process.exit(0);
    }
    for (const name of ['corpus', 'queries', 'qrels'] as const)
      if (!values[name]) throw new Error(`--${name} FILE is missing`);
    return { values };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return process.exit(64);
  }
}
