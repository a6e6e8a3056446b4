import type { Locale } from '#domain/people/person.ts';
import type { PrintFormat } from '#domain/reports/commands.ts';
import { paperOf, type ReportVersion } from './paper.ts';
import { scalePictures } from './scaling.ts';
import { compileTypst } from './typst.ts';

/** Counts what the paper looks like: a stored print of an older look is made anew, save that of a signed version. */
export const look = 1;

export const printMediaTypes: Record<PrintFormat, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** Prints a version of a report. `pathOf` tells where the bytes of a photo lie, null for what is not there. */
export async function printReport(
  report: ReportVersion,
  how: { format: PrintFormat; locale: Locale; pathOf: (fileId: string) => string | null },
): Promise<Buffer> {
  const paper = paperOf(report, how.locale);
  const pictures = await scalePictures(report.facts, how.pathOf);
  if (how.format === 'docx') {
    // Loaded by the first who wants it: most servers answer for hours without.
    const { printWord } = await import('./word.ts');
    return printWord(paper, pictures);
  }
  const { pdf } = await compileTypst({
    paper: JSON.stringify(paper, breakable),
    pictures: pictures.map(({ name, ending, bytes }) => ({ name, ending, bytes })),
    made_at: Math.floor(Date.parse(report.made_at) / 1_000),
  });
  return pdf;
}

// A word that no line can hold (a path, a key, a line of dashes) would run off the page. Word breaks it by itself. A
// checksum is shorter than a line and is copied from paper: it stays whole.
const longWord = /[^\s\u2e80-\uffff]{41,}/g;

function breakable(name: string, value: unknown): unknown {
  if (typeof value !== 'string' || name === 'hash') return value;
  return value.replace(longWord, (word) => word.replace(/.{12}(?=.)/gu, '$&\u200b'));
}
