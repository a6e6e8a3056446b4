import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { Refusal } from '#domain/ground/refusal.ts';
import type { SourceRecord } from '#domain/imports/told.ts';

// A row of more than this is an open quote that swallowed the rest.
const longestRow = 1_000_000;
const separators = [',', ';', '\t', '|'] as const;

/** The separator that stands most often in the line of column names, outside of quotes. */
export function separatorOf(head: string): string {
  const line = (head.split(/\r?\n/, 1)[0] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  const counts = separators.map((sign) => ({ sign, count: line.split(sign).length - 1 }));
  return counts.sort((a, b) => b.count - a.count)[0]?.sign ?? ',';
}

/** The rows of a CSV file by its own column names. A row of another length says so by its flaw. */
export async function* csvRecords(
  text: AsyncIterable<string>,
  found: (table: { columns: string[]; separator: string }) => void,
): AsyncGenerator<SourceRecord> {
  const { head, whole } = await peek(text);
  const separator = separatorOf(head);
  const parser = Readable.from(whole).pipe(
    parse({
      info: true,
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
    }),
  );
  let columns: string[] | null = null;
  let index = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (!columns) {
        columns = uniqueNames(record);
        found({ columns, separator });
        continue;
      }
      yield asRecord({ columns, record, index, lastLine: info.lines });
      index += 1;
    }
  } catch (error) {
    throw refusalOf(error);
  }
}

function asRecord(row: {
  columns: string[];
  record: string[];
  index: number;
  lastLine: number;
}): SourceRecord {
  const fields: Record<string, string> = {};
  let breaks = 0;
  row.columns.forEach((column, position) => {
    const value = row.record[position] ?? '';
    fields[column] = value;
    if (value.includes('\n')) breaks += value.split('\n').length - 1;
  });
  const line = row.lastLine - breaks;
  if (row.record.length === row.columns.length) return { index: row.index, line, fields };
  return { index: row.index, line, fields, flaw: 'wrong_column_count' };
}

/** Columns of one name get numbers, as Jira writes several comments. */
export function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name, position) => {
    const trimmed = name.replace(/^\uFEFF/, '').trim() || `#${position + 1}`;
    const times = (seen.get(trimmed) ?? 0) + 1;
    seen.set(trimmed, times);
    return times === 1 ? trimmed : `${trimmed} (${times})`;
  });
}

async function peek(text: AsyncIterable<string>) {
  const iterator = text[Symbol.asyncIterator]();
  let head = '';
  while (!/\n/.test(head) && head.length < longestRow) {
    const { value, done } = await iterator.next();
    if (done) break;
    head += value;
  }
  async function* whole() {
    yield head.replace(/^\uFEFF/, '');
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { head, whole: whole() };
}

function refusalOf(error: unknown): unknown {
  const { code, lines } = error as { code?: string; lines?: number };
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE')
    return new Refusal('invalid', 'imports.quote_open', { line: lines ?? 0 });
  return error;
}
