/** A passage that can be found, and a question with the passages that answer it, each with its grade. */
export type Passage = { id: string; title: string; text: string };
export type Question = { id: string; text: string; answers: ReadonlyMap<string, number> };

/** Reads a collection in the layout of BEIR; questions without a judgement are left out. */
export function readTestCollection(files: { corpus: string; queries: string; qrels: string }): {
  passages: Passage[];
  questions: Question[];
} {
  const passages = linesOf(files.corpus, 'corpus').map(({ _id, title, text }) => ({
    id: String(_id),
    title: String(title ?? ''),
    text: String(text ?? ''),
  }));
  const judged = new Map<string, Map<string, number>>();
  for (const line of files.qrels.split('\n').slice(1)) {
    const [question, passage, grade] = line.trim().split('\t');
    if (!question || !passage || !(Number(grade) > 0)) continue;
    judged.set(question, (judged.get(question) ?? new Map()).set(passage, Number(grade)));
  }
  const questions = linesOf(files.queries, 'queries').flatMap(({ _id, text }) => {
    const answers = judged.get(String(_id));
    return answers ? [{ id: String(_id), text: String(text ?? ''), answers }] : [];
  });
  if (passages.length === 0 || questions.length === 0)
    throw new Error('No passage, or no question with a judgement.');
  return { passages, questions };
}

function linesOf(content: string, name: string): Record<string, unknown>[] {
  return content.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as Record<string, unknown>];
    } catch {
      throw new Error(`Line ${index + 1} of the ${name} is no JSON object.`);
    }
  });
}
