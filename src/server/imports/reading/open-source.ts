import { Refusal } from '#domain/ground/refusal.ts';
import type { SourceRecord } from '#domain/imports/told.ts';
import { type Bytes, chunksOf, isZip, openPacked, openPlain, openZip } from './bytes.ts';
import { csvRecords } from './csv.ts';
import { decoded, detectEncoding, type Encoding } from './decoding.ts';
import { jsonLineRecords } from './json-lines.ts';
import { openWorkbook } from './xlsx.ts';

export type SourceTable = {
  format: 'csv' | 'json_lines' | 'xlsx';
  encoding: Encoding | null;
  separator: string | null;
  columns: string[];
};

/** A file opened for reading: its table is known once the first record came. */
export type OpenSource = {
  records: AsyncIterable<SourceRecord>;
  table(): SourceTable;
  bytesRead(): number;
  bytesTotal: number;
  close(): void;
};

/** Opens a CSV or JSON lines file, also in a zip, or an XLSX workbook, by what it is and not by its name alone. */
export async function openSource(file: { path: string; name: string }): Promise<OpenSource> {
  const exists = await isZip(file.path).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal('not_found', 'imports.file_missing', { name: file.name, reason: error.code ?? '' });
  });
  if (!exists) return openText(await openPlain(file.path, file.name));
  const { zip, entries } = await openZip(file.path);
  const isWorkbook = entries.some(({ fileName }) => fileName === 'xl/workbook.xml');
  if (isWorkbook) return openWorkbook(zip, entries);
  zip.close();
  return openText(await openPacked(file.path));
}

async function openText(bytes: Bytes): Promise<OpenSource> {
  const encoding = await detectEncoding(bytes);
  const head = await headOf(bytes, encoding);
  const isJson = /\.(jsonl|ndjson|json)$/i.test(bytes.name) || /^\uFEFF?\s*\{/.test(head);
  const table: SourceTable = {
    format: isJson ? 'json_lines' : 'csv',
    encoding,
    separator: null,
    columns: [],
  };
  let bytesRead = 0;
  const text = decoded(await bytes.open(), encoding, (count) => {
    bytesRead += count;
  });
  const records = isJson
    ? jsonLineRecords(text, (columns) => Object.assign(table, { columns }))
    : csvRecords(text, (found) => Object.assign(table, found));
  return {
    records,
    table: () => table,
    bytesRead: () => bytesRead,
    bytesTotal: bytes.total,
    close: () => {
      void records.return(undefined);
      bytes.close();
    },
  };
}

async function headOf(bytes: Bytes, encoding: Encoding): Promise<string> {
  const stream = await bytes.open();
  for await (const chunk of chunksOf(stream))
    return new TextDecoder(encoding).decode(chunk.subarray(0, 400), { stream: true });
  return '';
}
