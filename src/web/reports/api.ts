import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { BindStampedPaper, PrintFormat, ReportList, ReportRow } from '#domain/reports/commands.ts';
import { get } from '../ui/api-client.ts';
import { refresh } from '../ui/live.ts';
import { useAct } from '../ui/use-act.ts';

/**
 * The versions of a visit's report, the newest first, few enough for one answer; asked anew with each version of the visit, as
 * the record may say something else then.
 */
export const reportsQuery = (visit: { id: string; version: number | undefined }) =>
  queryOptions({
    queryKey: ['reports', 'list', visit.id, visit.version],
    queryFn: ({ signal }) => get<ReportList>(`/api/visits/${visit.id}/reports`, {}, { signal }),
    enabled: visit.version !== undefined,
    placeholderData: keepPreviousData,
  });

type Done<Input> = { onDone?: (report: ReportRow, input: Input) => void };

export const useMakeReport = (visitId: string, done: Done<{ id: string }> = {}) =>
  useAct<{ id: string }, ReportRow>(
    (body) => ({ method: 'POST', path: `/api/visits/${visitId}/reports`, body }),
    {
      onDone: (report, input) => {
        refresh('report', report.id);
        done.onDone?.(report, input);
      },
    },
  );

export const useBindStampedPaper = (reportId: string) =>
  useAct<BindStampedPaper, ReportRow>(
    (body) => ({ method: 'POST', path: `/api/reports/${reportId}/bind_stamped_paper`, body }),
    { onDone: () => refresh('report', reportId) },
  );

/** Where a version's paper lies; `door` is the customer's or the staff's. */
export function downloadPath(
  of: { id: string; format: PrintFormat; language: string },
  door: 'reports' | 'portal/reports' = 'reports',
): string {
  return `/api/${door}/${of.id}/download?format=${of.format}&language=${of.language}`;
}
