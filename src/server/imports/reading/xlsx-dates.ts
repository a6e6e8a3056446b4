import type { Readable } from 'node:stream';
import type { XmlEars } from './xlsx.ts';

type ParseXml = (stream: Readable | null, ears: XmlEars) => Promise<void>;

// Formats that workbooks need not write down: 14–22 and 45–47 everywhere, 27–36 and 50–58 in East Asian versions.
const builtIn = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** For each cell style whether it shows its number as a date. */
export async function readStyles(stream: Readable | null, parseXml: ParseXml): Promise<boolean[]> {
  const own = new Map<number, boolean>();
  const dates: boolean[] = [];
  let inCells = false;
  await parseXml(stream, {
    open: (name, attributes) => {
      if (name === 'numFmt') own.set(Number(attributes.numFmtId), showsDate(attributes.formatCode ?? ''));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) {
        const id = Number(attributes.numFmtId ?? 0);
        dates.push(own.get(id) ?? builtIn(id));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
}

/** Outside of quotes and brackets, a format of dates has letters that a format of numbers has not. */
function showsDate(format: string): boolean {
  return /[ymdhs]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}

const dayMs = 86_400_000;

/** A workbook counts days from 1900 (with a 29 February that never was) or 1904, without a zone. */
export function dateText(days: number, is1904: boolean): string {
  if (!Number.isFinite(days)) return '';
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const ms = epoch + Math.round(days * 86_400) * 1000;
  if (Math.abs(ms) > 200_000 * dayMs) return String(days);
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
