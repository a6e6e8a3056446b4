import type { Locale } from '#domain/people/person.ts';
import type { PrintFormat } from '#domain/reports/commands.ts';
import { paperOf, type ReportVersion } from './paper.ts';
import { printInThread } from './printing.ts';
import { scalePictures } from './scaling.ts';

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
  return printInThread({
    format: how.format,
    paper,
    pictures,
    made_at: Math.floor(Date.parse(report.made_at) / 1_000),
  });
}
