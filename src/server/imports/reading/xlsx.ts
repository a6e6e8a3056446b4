import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import type { Entry, ZipFile } from 'yauzl';
import { Refusal } from '#domain/ground/refusal.ts';
import type { SourceRecord } from '#domain/imports/told.ts';
import { chunksOf, refuseBomb } from './bytes.ts';
import { uniqueNames } from './csv.ts';
import type { OpenSource, SourceTable } from './open-source.ts';
import { dateText, readStyles } from './xlsx-dates.ts';

// A workbook's shared strings must be in memory to be looked up; the cells come by one after the other.
const mostStringCharacters = 30_000_000;
const mostCells = 10_000_000;
const longestCell = 1_000_000;
const mostColumns = 500;

const tooLarge = (what: string) => new Refusal('invalid', 'imports.workbook_too_large', { what });

/** The first sheet of a workbook as records: its first row names the columns. Formulas are what they last came to. */
export async function openWorkbook(zip: ZipFile, entries: readonly Entry[]): Promise<OpenSource> {
  const find = (name: string) => entries.find(({ fileName }) => fileName === name);
  const load = async (name: string) => {
    const entry = find(name);
    if (entry) refuseBomb(entry);
    return entry ? zip.openReadStreamPromise(entry) : null;
  };
  try {
    const { target, is1904 } = await findSheet(load);
    const sheet = find(target);
    if (!sheet) throw new Refusal('invalid', 'imports.workbook_unreadable', { reason: 'no sheet' });
    refuseBomb(sheet);
    const strings = await readStrings(await load('xl/sharedStrings.xml'));
    const dates = await readStyles(await load('xl/styles.xml'), parseXml);
    const table: SourceTable = { format: 'xlsx', encoding: null, separator: null, columns: [] };
    let bytesRead = 0;
    const stream = await zip.openReadStreamPromise(sheet);
    const rows = sheetRows(stream, { strings, dates, is1904, read: (count) => (bytesRead += count) });
    const records = asRecords(rows, table);
    return {
      records,
      table: () => table,
      bytesRead: () => bytesRead,
      bytesTotal: sheet.uncompressedSize,
      close: () => {
        void records.return(undefined);
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

type Load = (name: string) => Promise<Readable | null>;

async function findSheet(load: Load): Promise<{ target: string; is1904: boolean }> {
  let relation = '';
  let is1904 = false;
  await parseXml(await load('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'sheet' && relation === '') relation = attributes['r:id'] ?? '';
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
    },
  });
  let target = 'xl/worksheets/sheet1.xml';
  await parseXml(await load('xl/_rels/workbook.xml.rels'), {
    open: (name, { Id, Target = '' }) => {
      if (name === 'Relationship' && Id === relation)
        target = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`;
    },
  });
  return { target, is1904 };
}

async function readStrings(stream: Readable | null): Promise<string[]> {
  const strings: string[] = [];
  let characters = 0;
  let text = '';
  let isPhonetic = false;
  await parseXml(stream, {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') isPhonetic = true;
    },
    text: (part, inside) => {
      if (inside === 't' && !isPhonetic) text += part;
      characters += part.length;
      if (characters > mostStringCharacters) throw tooLarge('texts');
    },
    close: (name) => {
      if (name === 'rPh') isPhonetic = false;
      if (name === 'si') strings.push(text);
    },
  });
  return strings;
}

type SheetParts = {
  strings: readonly string[];
  dates: readonly boolean[];
  is1904: boolean;
  read(bytes: number): void;
};
type SheetRow = { number: number; cells: Map<number, string> };

async function* sheetRows(stream: Readable, parts: SheetParts): AsyncGenerator<SheetRow> {
  const done: SheetRow[] = [];
  let row: SheetRow = { number: 0, cells: new Map() };
  let cell = { position: -1, type: '', style: 0, value: '', formula: '', text: '' };
  let cells = 0;
  const parser = xmlParser({
    open: (name, attributes) => {
      if (name === 'row') {
        row = { number: Number(attributes.r) || row.number + 1, cells: new Map() };
        // Cells need not say where they stand; then they begin at the left.
        cell.position = -1;
      }
      if (name !== 'c') return;
      const position = attributes.r ? columnOf(attributes.r) : cell.position + 1;
      cell = {
        position,
        type: attributes.t ?? 'n',
        style: Number(attributes.s ?? 0),
        value: '',
        formula: '',
        text: '',
      };
      cells += 1;
      if (cells > mostCells) throw tooLarge('cells');
    },
    text: (part, inside) => {
      if (inside === 'v') cell.value += part;
      else if (inside === 'f') cell.formula += part;
      else if (inside === 't') cell.text += part;
      if (cell.value.length + cell.text.length + cell.formula.length > longestCell) throw tooLarge('cell');
    },
    close: (name) => {
      if (name === 'row') done.push(row);
      if (name === 'c' && cell.position < mostColumns) row.cells.set(cell.position, textOf(cell, parts));
    },
  });
  for await (const chunk of chunksOf(stream)) {
    parts.read(chunk.length);
    parser.write(chunk);
    yield* done.splice(0);
  }
  parser.end();
  yield* done.splice(0);
}

function textOf(
  cell: { type: string; style: number; value: string; formula: string; text: string },
  { strings, dates, is1904 }: SheetParts,
): string {
  switch (cell.type) {
    case 's':
      return strings[Number(cell.value)] ?? '';
    case 'inlineStr':
      return cell.text;
    case 'b':
      return cell.value === '1' ? 'true' : 'false';
    case 'n':
      if (cell.value === '') return cell.formula ? `=${cell.formula}` : '';
      return dates[cell.style] ? dateText(Number(cell.value), is1904) : cell.value;
    default:
      return cell.value;
  }
}

/** “BC7” is column 54, counted from 0. */
function columnOf(reference: string): number {
  let number = 0;
  for (const sign of reference) {
    if (sign < 'A' || sign > 'Z') break;
    number = number * 26 + (sign.charCodeAt(0) - 64);
  }
  return number - 1;
}

/** Reports write a title above their table: one cell alone, and below it the row that names several columns. */
async function* belowTitle(rows: AsyncGenerator<SheetRow>): AsyncGenerator<SheetRow> {
  const isAlone = ({ cells }: SheetRow) => [...cells.values()].filter((text) => text !== '').length === 1;
  let title: SheetRow | null = null;
  let isFirst = true;
  for await (const row of rows) {
    if (row.cells.size === 0) continue;
    if (isFirst && isAlone(row)) title = row;
    else {
      // A table of one column has no title.
      if (title && isAlone(row)) yield title;
      title = null;
      yield row;
    }
    isFirst = false;
  }
  if (title) yield title;
}

async function* asRecords(rows: AsyncGenerator<SheetRow>, table: SourceTable): AsyncGenerator<SourceRecord> {
  let columns: string[] | null = null;
  let index = 0;
  for await (const { number, cells } of belowTitle(rows)) {
    if (!columns) {
      const last = Math.max(...cells.keys());
      columns = uniqueNames(Array.from({ length: last + 1 }, (_, position) => cells.get(position) ?? ''));
      Object.assign(table, { columns });
      continue;
    }
    const fields = Object.fromEntries(columns.map((name, position) => [name, cells.get(position) ?? '']));
    yield { index, line: number, fields };
    index += 1;
  }
}

export type XmlEars = {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string, inside: string): void;
  close?(name: string): void;
};

function xmlParser(ears: XmlEars) {
  const parser = new SaxesParser({ xmlns: false });
  const inside: string[] = [];
  const decoder = new TextDecoder();
  parser.on('error', (error) => {
    throw new Refusal('invalid', 'imports.workbook_unreadable', { reason: error.message.slice(0, 200) });
  });
  // A document type could define texts that unfold without end; no workbook has one.
  parser.on('doctype', () => {
    throw new Refusal('invalid', 'imports.workbook_unreadable', { reason: 'doctype' });
  });
  parser.on('opentag', ({ name, attributes }) => {
    inside.push(localName(name));
    ears.open?.(localName(name), attributes as Record<string, string>);
  });
  parser.on('text', (text) => ears.text?.(text, inside.at(-1) ?? ''));
  parser.on('cdata', (text) => ears.text?.(text, inside.at(-1) ?? ''));
  parser.on('closetag', ({ name }) => {
    inside.pop();
    ears.close?.(localName(name));
  });
  return {
    write: (chunk: Buffer) => void parser.write(decoder.decode(chunk, { stream: true })),
    end: () => void parser.close(),
  };
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

async function parseXml(stream: Readable | null, ears: XmlEars): Promise<void> {
  if (!stream) return;
  const parser = xmlParser(ears);
  for await (const chunk of chunksOf(stream)) parser.write(chunk);
  parser.end();
}
