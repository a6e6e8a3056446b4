import type { Question } from './test-collection.ts';

export type Judged = {
  queries: number;
  recall_at_1: number;
  recall_at_10: number;
  mrr_at_10: number;
  ndcg_at_10: number;
  p50_ms: number;
  p95_ms: number;
  misses: { question: string; first: string }[];
};

/** Asks each question and judges the first ten answers. Recall is the share of a question's answers among them. */
export async function judge(
  questions: readonly Question[],
  ask: (text: string) => Promise<string[]> | string[],
): Promise<Judged> {
  const sums = { recall_at_1: 0, recall_at_10: 0, mrr_at_10: 0, ndcg_at_10: 0 };
  const times: number[] = [];
  const misses: Judged['misses'] = [];
  for (const { text, answers } of questions) {
    const started = performance.now();
    const ids = (await ask(text)).slice(0, 10);
    times.push(performance.now() - started);
    const right = ids.map((id) => answers.get(id) ?? 0);
    const place = right.findIndex((grade) => grade > 0);
    sums.recall_at_1 += (right[0] ?? 0) > 0 ? 1 / answers.size : 0;
    sums.recall_at_10 += right.filter((grade) => grade > 0).length / answers.size;
    sums.mrr_at_10 += place >= 0 ? 1 / (place + 1) : 0;
    sums.ndcg_at_10 += gainOf(right) / gainOf([...answers.values()].sort((a, b) => b - a).slice(0, 10));
    if (place !== 0) misses.push({ question: text, first: ids[0] ?? '' });
  }
  const share = (sum: number) => Math.round((sum / questions.length) * 10_000) / 10_000;
  times.sort((a, b) => a - b);
  const at = (part: number) => Math.round((times[Math.floor(times.length * part)] ?? 0) * 10) / 10;
  return {
    queries: questions.length,
    recall_at_1: share(sums.recall_at_1),
    recall_at_10: share(sums.recall_at_10),
    mrr_at_10: share(sums.mrr_at_10),
    ndcg_at_10: share(sums.ndcg_at_10),
    p50_ms: at(0.5),
    p95_ms: at(0.95),
    misses,
  };
}

/** Discounted cumulative gain (Järvelin and Kekäläinen, 2002). */
function gainOf(grades: readonly number[]): number {
  return grades.reduce((sum, grade, index) => sum + grade / Math.log2(index + 2), 0);
}
