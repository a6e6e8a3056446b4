import { z } from 'zod';
import { Refusal } from '#domain/ground/refusal.ts';
import * as shape from '#domain/reports/commands.ts';
import { type Route, raw, read, write } from '../platform/http/route.ts';
import { bindStampedPaper } from './actions/bind-stamped-paper.ts';
import { makeReport } from './actions/make-report.ts';
import type { PrintParts } from './actions/print-version.ts';
import { sendReport } from './actions/send-report.ts';
import { listReports } from './queries/list-reports.ts';

const created = { status: 201 } as const;

export function makeRoutes(parts: PrintParts): Route[] {
  return [
    read('GET /api/visits/{id}/reports', 'reports.list', shape.listReports, listReports),
    write('POST /api/visits/{id}/reports', 'reports.make', shape.makeReport, makeReport, created),
    raw('GET /api/reports/{id}/download', 'reports.download', ({ request, reply }) => {
      const params = z.strictObject({ id: z.uuid() }).safeParse(request.params);
      if (!params.success) throw new Refusal('not_found', 'ground.not_found');
      return sendReport(parts, { reply, id: params.data.id, query: request.query });
    }),
    write(
      'POST /api/reports/{id}/bind_stamped_paper',
      'reports.bind_stamped_paper',
      shape.bindStampedPaper,
      bindStampedPaper,
      created,
    ),
  ];
}
