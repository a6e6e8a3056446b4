import { z } from 'zod';
import { id, instant } from '../ground/text.ts';
import { locale } from '../people/person.ts';
import { fileView } from '../tickets/commands.ts';
import { sha256 } from '../visits/visit.ts';

export const printFormats = ['pdf', 'docx'] as const;
export type PrintFormat = (typeof printFormats)[number];

const byId = z.strictObject({ id });

export const stampedPaper = z.strictObject({
  id,
  file: fileView,
  bound_by_name: z.string(),
  bound_at: instant,
});

export const reportRow = z.strictObject({
  id,
  visit_id: id,
  version: z.number().int(),
  sha256,
  /** `signed` was made by itself, of what a signer signed. */
  reason: z.enum(['made', 'signed']),
  made_by_name: z.string().nullable(),
  made_at: instant,
  signed: z.strictObject({ name: z.string(), role: z.string(), at: instant }).nullable(),
  stamped_papers: z.array(stampedPaper),
});
export type ReportRow = z.output<typeof reportRow>;

/**
 * The versions of a visit's report, the newest first. `record_changed`: the record says something else by now than the newest
 * of them.
 */
export const listReports = {
  params: byId,
  result: z.strictObject({ items: z.array(reportRow), record_changed: z.boolean() }),
};
export type ReportList = z.output<typeof listReports.result>;
export const makeReport = { params: byId, body: byId, result: reportRow };
export type MakeReport = z.output<typeof makeReport.body>;

/** `sha256` is what stands on the paper's last page: it must be that of the version it is bound to. */
export const bindStampedPaper = {
  params: byId,
  body: z.strictObject({ id, file_id: id, sha256 }),
  result: reportRow,
};
export type BindStampedPaper = z.output<typeof bindStampedPaper.body>;

export const downloadReport = z.strictObject({
  format: z.enum(printFormats).default('pdf'),
  language: locale.default('zh-CN'),
});
export type DownloadReport = z.output<typeof downloadReport>;
