import type { Locale } from '#domain/people/person.ts';
import type { PrintFormat } from '#domain/reports/commands.ts';
import { paperOf, type ReportVersion } from './paper.ts';
import { printInThread, readyThread } from './printing.ts';
import { type PictureSource, scalePictures } from './scaling.ts';

/** Counts what the paper looks like: a stored print of an older look is made anew, save that of a signed version. */
export const look = 4;

export const printMediaTypes: Record<PrintFormat, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** Prints a version of a report. `sourceOf` tells where the bytes of a picture lie, null for what is not there. */
export async function printReport(
  report: ReportVersion,
  how: { format: PrintFormat; locale: Locale; sourceOf: (fileId: string) => PictureSource | null },
): Promise<Buffer> {
  readyThread(how.format);
  const paper = paperOf(report, how.locale);
  const pictures = await scalePictures(report.facts, how.sourceOf);
  return printInThread({
    format: how.format,
    paper,
    pictures,
    made_at: Math.floor(Date.parse(report.made_at) / 1_000),
  });
}
