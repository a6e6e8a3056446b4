import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { judgeSearch } from '../bench/search/judge-search.ts';
import { plainBm25 } from '../bench/search/plain-bm25.ts';
import { type Passage, type Question, readTestCollection } from '../bench/search/test-collection.ts';
import { createTestDatabase } from './database.ts';

const data = new URL('../../shared/data/', import.meta.url);
const hasData = existsSync(new URL('search-zh/corpus.jsonl', data));
const skip =
  !hasData && process.env.REQUIRE_SHARED_DATA !== '1' ? 'the corpus is not on this machine' : false;
const read = (path: string) => readFileSync(new URL(path, data), 'utf8');

async function judged(collection: { passages: Passage[]; questions: Question[] }) {
  const database = await createTestDatabase();
  try {
    return await judgeSearch({ databaseUrl: database.url, ...collection });
  } finally {
    await database.drop();
  }
}

// All 1,578 questions take half a minute: `npm run search-eval` asks them.
const everyNth = 12;

test('R51 Chinese questions find their answer first', {
  skip,
}, async () => {
  const { passages, questions } = readTestCollection({
    corpus: read('search-zh/corpus.jsonl'),
    queries: read('search-zh/queries.jsonl'),
    qrels: read('search-zh/qrels.tsv'),
  });
  const asked = questions.filter((_, index) => index % everyNth === 0);
  const all = await judged({ passages, questions: asked });
  assert.ok(all.recall_at_1 >= 0.955, `first: ${all.recall_at_1}`);
  assert.ok(all.mrr_at_10 >= 0.97, `mean reciprocal rank: ${all.mrr_at_10}`);
});

test('R51 English known items are found no worse than by plain BM25', { skip }, async () => {
  const collection = deskCollection(read('tickets-real/utterances.csv'));
  const ours = await judged(collection);
  const plain = await plainBm25(collection);
  assert.ok(ours.mrr_at_10 >= plain.mrr_at_10, `${ours.mrr_at_10}, plain BM25 ${plain.mrr_at_10}`);
});

/** Public sentences of real tickets; a question is a handful of words of one of them, some in another form. */
function deskCollection(csv: string): { passages: Passage[]; questions: Question[] } {
  const seen = new Set<string>();
  const passages = csv
    .split(/\r?\n/)
    .filter((line) => /,0\.0,"?[^"]{60,400}"?,\w+$/.test(line))
    .map((line) => /,0\.0,"?(.+?)"?,\w+$/.exec(line)?.[1] ?? '')
    .filter((text) => text.split(' ').length >= 10 && !seen.has(text) && seen.add(text))
    .slice(0, 1_200)
    .map((text, index) => ({ id: String(index), title: '', text }));
  const questions = passages
    .filter((_, index) => index % 12 === 0)
    .map(({ id, text }) => {
      const words = text.split(/\s+/).slice(2, 10);
      return { id, text: words.map(inAnotherForm).join(' '), answers: new Map([[id, 1]]) };
    });
  return { passages, questions };
}

function inAnotherForm(word: string, index: number): string {
  if (index % 2 === 1 || !/^[a-z]{5,}$/.test(word)) return word;
  return word.replace(/(?<!e)(ing|ed)$|(?<!s)s$/, '');
}
