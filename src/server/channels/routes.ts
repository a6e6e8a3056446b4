import * as shape from '#domain/channels/commands.ts';
import * as boxes from '#domain/channels/mailbox-commands.ts';
import { type Route, raw, read, write } from '../platform/http/route.ts';
import type { PrintParts } from '../reports/actions/print-version.ts';
import { listMails, openMail } from './mail/queries.ts';
import { retryMail } from './mail/retry-mail.ts';
import { dismissSender, giveSender, listSenders } from './mail-in/deciding.ts';
import { listReceived, openReceived, openTicketMails } from './mail-in/queries.ts';
import { readMailAgain } from './mail-in/read-again.ts';
import {
  createMailbox,
  editMailbox,
  pauseMailbox,
  resumeMailbox,
  setPasswords,
} from './mailboxes/actions.ts';
import { listMailboxes, openMailbox } from './mailboxes/queries.ts';
import { testMailbox } from './mailboxes/testing.ts';
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
  ...mailboxRoutes(parts),
];

const passwords = { secrets: ['imap_password', 'smtp_password'] };

/** Mail both ways: the mailboxes and how they are, what came in, and whose senders are. */
function mailboxRoutes(parts: PrintParts): Route[] {
  return [
    read('GET /api/mailboxes', 'mailboxes.list', boxes.listMailboxes, listMailboxes),
    read('GET /api/mailboxes/{id}', 'mailboxes.open', boxes.openMailbox, openMailbox),
    write('POST /api/mailboxes', 'mailboxes.create', boxes.createMailbox, createMailbox, {
      status: 201,
      ...passwords,
    }),
    write('PATCH /api/mailboxes/{id}', 'mailboxes.edit', boxes.editMailbox, editMailbox),
    write(
      'POST /api/mailboxes/{id}/set-passwords',
      'mailboxes.set_passwords',
      boxes.setPasswords,
      setPasswords,
      passwords,
    ),
    write('POST /api/mailboxes/{id}/pause', 'mailboxes.pause', boxes.actOnMailbox, pauseMailbox),
    write('POST /api/mailboxes/{id}/resume', 'mailboxes.resume', boxes.actOnMailbox, resumeMailbox),
    raw('POST /api/mailboxes/{id}/test', 'mailboxes.test', ({ request, reply, actor }) =>
      testMailbox(parts, { reply, actor, params: request.params }),
    ),
    read('GET /api/received-mails', 'received_mails.list', boxes.listReceived, listReceived),
    read('GET /api/received-mails/{id}', 'received_mails.open', boxes.openReceived, openReceived),
    write(
      'POST /api/received-mails/{id}/read-again',
      'received_mails.read_again',
      boxes.readAgain,
      readMailAgain,
    ),
    read('GET /api/tickets/{id}/mails', 'tickets.mails', boxes.openTicketMails, openTicketMails),
    read('GET /api/mail-senders', 'mail_senders.list', boxes.listSenders, listSenders),
    write('POST /api/mail-senders/{id}/give', 'mail_senders.give', boxes.giveSender, giveSender),
    write('POST /api/mail-senders/{id}/dismiss', 'mail_senders.dismiss', boxes.dismissSender, dismissSender),
  ];
}
