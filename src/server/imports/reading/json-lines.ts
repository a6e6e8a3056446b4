import { Refusal } from '#domain/ground/refusal.ts';
import type { SourceRecord } from '#domain/imports/told.ts';

const longestLine = 1_000_000;

/** One JSON object a line; columns are the names of the first hundred. What is nested is named by its path. */
export async function* jsonLineRecords(
  text: AsyncIterable<string>,
  found: (columns: string[]) => void,
): AsyncGenerator<SourceRecord> {
  const first: SourceRecord[] = [];
  let isTold = false;
  const tell = () => {
    isTold = true;
    found([...new Set(first.flatMap(({ fields }) => Object.keys(fields)))].slice(0, 500));
  };
  for await (const record of readLines(text)) {
    if (isTold) yield record;
    else if (first.push(record) === 100) {
      tell();
      yield* first;
    }
  }
  if (!isTold) {
    tell();
    yield* first;
  }
}

async function* readLines(text: AsyncIterable<string>): AsyncGenerator<SourceRecord> {
  let line = 0;
  let index = 0;
  for await (const raw of linesOf(text)) {
    line += 1;
    const trimmed = raw.replace(/^\uFEFF/, '').trim();
    if (trimmed === '') continue;
    const fields = fieldsOf(trimmed);
    yield fields
      ? { index, line, fields }
      : { index, line, fields: { line: trimmed.slice(0, 2_000) }, flaw: 'not_json' };
    index += 1;
  }
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > longestLine) throw new Refusal('invalid', 'imports.line_too_long');
  }
  if (rest !== '') yield rest;
}

function fieldsOf(text: string): Record<string, string> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const fields: Record<string, string> = {};
    flatten(value, '', fields);
    return fields;
  } catch {
    return null;
  }
}

// Deeper nesting is kept as its JSON.
const deepest = 3;

function flatten(value: object, path: string, into: Record<string, string>): void {
  for (const [key, inner] of Object.entries(value)) {
    const name = path ? `${path}.${key}` : key;
    const isObject = typeof inner === 'object' && inner !== null;
    if (isObject && !Array.isArray(inner) && name.split('.').length < deepest) flatten(inner, name, into);
    else if (inner !== null) into[name] = isObject ? JSON.stringify(inner) : String(inner);
  }
}
