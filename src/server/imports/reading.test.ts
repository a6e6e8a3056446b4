import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { SourceRecord } from '#domain/imports/told.ts';
import { workbookOf, zipOf } from '#test/zip-of.ts';
import { openSource } from './reading/open-source.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copperpea-reading-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function readAll(bytes: string | Buffer, name = 'file.csv') {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const source = await openSource({ path, name });
  try {
    const records: SourceRecord[] = [];
    for await (const record of source.records) records.push(record);
    return { ...source.table(), records, read: source.bytesRead(), total: source.bytesTotal };
  } finally {
    source.close();
  }
}

const refused = async (code: string, bytes: string | Buffer, name?: string) =>
  assert.rejects(readAll(bytes, name), { code });

const utf16 = (text: string, mark: string) => Buffer.from(mark + text, 'utf16le');
// 编号,标题 / 1,打印机 as Chinese Windows writes it.
const gbk = Buffer.from([
  0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xb1, 0xea, 0xcc, 0xe2, 0x0a, 0x31, 0x2c, 0xb4, 0xf2, 0xd3, 0xa1, 0xbb, 0xfa,
  0x0a,
]);

for (const { title, bytes, encoding, separator } of [
  { title: 'UTF-8', bytes: '编号,标题\n1,打印机\n', encoding: 'utf-8', separator: ',' },
  {
    title: 'UTF-8 with its mark',
    bytes: '\uFEFF编号;标题\r\n1;打印机\r\n',
    encoding: 'utf-8',
    separator: ';',
  },
  { title: 'GBK', bytes: gbk, encoding: 'gb18030', separator: ',' },
  {
    title: 'UTF-16',
    bytes: utf16('编号\t标题\n1\t打印机\n', '\uFEFF'),
    encoding: 'utf-16le',
    separator: '\t',
  },
]) {
  test(`a table in ${title}, separated by ${JSON.stringify(separator)}, is read as it was meant`, async () => {
    const table = await readAll(bytes);
    assert.deepEqual([table.format, table.encoding, table.separator], ['csv', encoding, separator]);
    assert.deepEqual(table.columns, ['编号', '标题']);
    assert.deepEqual(table.records, [{ index: 0, line: 2, fields: { 编号: '1', 标题: '打印机' } }]);
    assert.equal(table.read, table.total);
  });
}

test('a character that two chunks cut apart does not make UTF-8 look like something else', async () => {
  const text = `编号,标题\n${'1,打印机打印机\n'.repeat(60_000)}`;
  const table = await readAll(`x${text}`);
  assert.equal(table.encoding, 'utf-8');
  assert.equal(table.records.length, 60_000);
});

test('lines are counted as an editor counts them, whatever stands between quotes', async () => {
  const { records, columns } = await readAll('a,a,b\n"1\n2\n3",x,"say ""so"""\n\nshort\n4,5,6');
  assert.deepEqual(columns, ['a', 'a (2)', 'b']);
  assert.deepEqual(
    records.map(({ line, flaw }) => [line, flaw ?? null]),
    [
      [2, null],
      [6, 'wrong_column_count'],
      [7, null],
    ],
  );
  assert.equal(records[0]?.fields.b, 'say "so"');
});

test('JSON lines: what is nested is named by its path, what is no object says so', async () => {
  const { records, format } = await readAll('{"id":7,"who":{"mail":"a@b.c"},"n":null}\n[1]\n{\n', 'x.jsonl');
  assert.equal(format, 'json_lines');
  assert.deepEqual(records[0]?.fields, { id: '7', 'who.mail': 'a@b.c' });
  assert.deepEqual(
    records.slice(1).map(({ flaw, line }) => [flaw, line]),
    [
      ['not_json', 2],
      ['not_json', 3],
    ],
  );
});

test('of a zip the one table counts, not what a Mac leaves beside it; several are refused', async () => {
  const table = 'a,b\n1,2\n';
  const { records } = await readAll(
    zipOf({ 'log.csv': table, '__MACOSX/._log.csv': 'junk', 'x/': '' }),
    'log.zip',
  );
  assert.deepEqual(records[0]?.fields, { a: '1', b: '2' });
  await refused('imports.zip_of_several', zipOf({ 'a.csv': table, 'b.csv': table }), 'two.zip');
  await refused('imports.zip_without_table', zipOf({ 'a.exe': table }), 'none.zip');
});

test('hostile zips are refused in words: bombs, lies about size, half files', async () => {
  const zeros = Buffer.alloc(60 * 1024 * 1024);
  await refused('imports.zip_bomb', zipOf({ 'a.csv': zeros }), 'bomb.zip');
  await refused('imports.file_unreadable', zipOf({ 'a.csv': 'a,b\n1,2\n' }, { 'a.csv': 5 }), 'lie.zip');
  const half = zipOf({ 'a.csv': 'a,b\n1,2\n' });
  await refused('imports.zip_unreadable', half.subarray(0, half.length - 30), 'half.zip');
});

test('a workbook: shared and inline texts, dates, gaps between cells, formulas by what they came to', async () => {
  const book = workbookOf(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>d</t></is></c></row>' +
      '<row r="3"><c r="A3"><v>7</v></c><c r="B3" s="1"><v>44563.5</v></c><c r="D3" t="str"><f>A3&amp;"x"</f><v>7x</v></c></row>' +
      '<row r="4"><c r="A4" s="2"><v>1.5</v></c><c r="B4"><f>1+1</f></c><c r="D4" t="b"><v>1</v></c></row>',
    ['编号', '时间 & <more>'],
  );
  const { records, columns, format } = await readAll(book, 'book.xlsx');
  assert.equal(format, 'xlsx');
  assert.deepEqual(columns, ['编号', '时间 & <more>', '#3', 'd']);
  assert.deepEqual(
    records.map(({ line, fields }) => [line, ...Object.values(fields)]),
    [
      [3, '7', '2022-01-02 12:00:00', '', '7x'],
      [4, '1.5', '=1+1', '', 'true'],
    ],
  );
});

test('R71 a title above the table is no first line; a table of one column has none', async () => {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const row = (number: number, ...texts: string[]) => `<row r="${number}">${texts.map(cell).join('')}</row>`;
  const report = workbookOf(
    `${row(1, '2026-11')}<row r="2"/>${row(3, '#', 'Title')}${row(4, '1', '打印机')}${row(6, 'Timezone: UTC')}`,
  );
  const read = await readAll(report, 'report.xlsx');
  assert.deepEqual(read.columns, ['#', 'Title']);
  assert.deepEqual(
    read.records.map(({ line, fields }) => [line, fields['#'], fields.Title]),
    [
      [4, '1', '打印机'],
      [6, 'Timezone: UTC', ''],
    ],
  );
  const narrow = await readAll(workbookOf(row(1, 'no') + row(2, '1') + row(3, '2')), 'narrow.xlsx');
  assert.deepEqual([narrow.columns, narrow.records.length], [['no'], 2]);
});

test('hostile workbooks are refused in words: entities, broken markup, endless cells', async () => {
  const parts = (sheet: string) =>
    zipOf({ 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': sheet });
  await refused(
    'imports.workbook_unreadable',
    parts('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'),
    'a.xlsx',
  );
  await refused('imports.workbook_unreadable', parts('<worksheet><sheetData><row>'), 'b.xlsx');
  await refused('imports.workbook_unreadable', zipOf({ 'xl/workbook.xml': '<workbook/>' }), 'c.xlsx');
  const long = `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>${'x'.repeat(1_100_000)}</v></c></row></sheetData></worksheet>`;
  await refused('imports.workbook_too_large', parts(long), 'd.xlsx');
});

test('a quote that never closes ends in a sentence and not in all of the memory', async () => {
  await refused('imports.quote_open', `a,b\n1,"${'x'.repeat(3_000_000)}\n`);
});
