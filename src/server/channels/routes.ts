import * as shape from '#domain/channels/commands.ts';
import { type Route, raw, read, write } from '../platform/http/route.ts';
import type { PrintParts } from '../reports/actions/print-version.ts';
import { listMails, openMail } from './mail/queries.ts';
import { retryMail } from './mail/retry-mail.ts';
import { askFirm, rateFirm, replyToFirm } from './portal/actions.ts';
import { openHome } from './portal/home.ts';
import { listOwed } from './portal/promises.ts';
import { listQuestions, openQuestion } from './portal/questions.ts';
import { sendReportToContact } from './portal/visits.ts';

export const makeRoutes = (parts: PrintParts): Route[] => [
  read('GET /api/portal/home', 'portal.home', shape.openHome, openHome),
  read('GET /api/portal/tickets', 'portal.list', shape.listQuestions, listQuestions),
  read('GET /api/portal/tickets/{id}', 'portal.open', shape.openQuestion, openQuestion),
  read('GET /api/portal/promises', 'portal.promises', shape.listOwed, listOwed),
  write('POST /api/portal/tickets', 'portal.ask', shape.ask, askFirm, { status: 201 }),
  write('POST /api/portal/tickets/{id}/reply', 'portal.reply', shape.replyToFirm, replyToFirm, {
    status: 201,
  }),
  write('POST /api/portal/tickets/{id}/rate', 'portal.rate', shape.rate, rateFirm, { status: 201 }),
  raw('GET /api/portal/reports/{id}/download', 'portal.download_report', ({ request, reply, actor }) =>
    sendReportToContact(parts, { reply, actor, params: request.params, query: request.query }),
  ),
  read('GET /api/mails', 'mails.list', shape.listMails, listMails),
  read('GET /api/mails/{id}', 'mails.open', shape.openMail, openMail),
  write('POST /api/mails/{id}/retry', 'mails.retry', shape.retryMail, retryMail),
];
