import { z } from 'zod';
import { id, paging } from '#domain/ground/text.ts';
import * as shape from '#domain/tickets/commands.ts';
import { explainClock as shapeOfWhy } from '#domain/tickets/why-due.ts';
import { type Route, read, write } from '../platform/http/route.ts';
import { assignTicket, editTicket } from './actions/change-ticket.ts';
import { closeTicket, reopenTicket } from './actions/close-ticket.ts';
import { createTicket } from './actions/create-ticket.ts';
import { decideTime } from './actions/decide-time.ts';
import { noteOnTicket, replyToTicket } from './actions/reply-to-ticket.ts';
import { deleteView, listViews, saveView } from './actions/views.ts';
import { resumeTicket, waitOnCustomer } from './actions/wait-on-customer.ts';
import { listDoubtfulTimes } from './queries/doubtful-times.ts';
import { explainClock } from './queries/explain-clock.ts';
import { listTickets } from './queries/list-tickets.ts';
import { openTicketPage } from './queries/open-ticket.ts';
import { readTimeline } from './queries/timeline.ts';

const params = shape.ticketParams;
const acted = shape.ticketActed;
const idOnly = z.strictObject({ id });

export const routes: Route[] = [
  read(
    'GET /api/tickets',
    'tickets.list',
    { query: shape.listTickets, result: shape.ticketList },
    listTickets,
  ),
  read('GET /api/tickets/{id}', 'tickets.open', { params, result: shape.ticketPage }, openTicketPage),
  read(
    'GET /api/tickets/{id}/timeline',
    'tickets.read_timeline',
    { params, query: z.strictObject(paging), result: shape.timeline },
    readTimeline,
  ),
  read('GET /api/tickets/{id}/clocks/{kind}/why', 'tickets.explain_clock', shapeOfWhy, explainClock),
  write('POST /api/tickets', 'tickets.create', { body: shape.createTicket, result: acted }, createTicket, {
    status: 201,
  }),
  write(
    'PATCH /api/tickets/{id}',
    'tickets.edit',
    { params, body: shape.editTicket, result: acted },
    editTicket,
  ),
  write(
    'POST /api/tickets/{id}/assign',
    'tickets.assign',
    { params, body: shape.assignTicket, result: acted },
    assignTicket,
  ),
  write(
    'POST /api/tickets/{id}/reply',
    'tickets.reply',
    { params, body: shape.replyToTicket, result: acted },
    replyToTicket,
  ),
  write(
    'POST /api/tickets/{id}/note',
    'tickets.note',
    { params, body: shape.noteOnTicket, result: idOnly },
    noteOnTicket,
  ),
  write(
    'POST /api/tickets/{id}/wait',
    'tickets.wait',
    { params, body: shape.waitOnCustomer, result: acted },
    waitOnCustomer,
  ),
  write(
    'POST /api/tickets/{id}/resume',
    'tickets.resume',
    { params, body: shape.nothing, result: acted },
    resumeTicket,
  ),
  write(
    'POST /api/tickets/{id}/close',
    'tickets.close',
    { params, body: shape.closeTicket, result: acted },
    closeTicket,
  ),
  write(
    'POST /api/tickets/{id}/reopen',
    'tickets.reopen',
    { params, body: shape.reopenTicket, result: acted },
    reopenTicket,
  ),
  read('GET /api/views', 'tickets.list_views', { result: shape.viewList }, listViews),
  write('POST /api/views', 'tickets.save_view', { body: shape.saveView, result: shape.viewRow }, saveView),
  write('DELETE /api/views/{id}', 'tickets.delete_view', { params, result: idOnly }, deleteView),
  read(
    'GET /api/doubtful-times',
    'tickets.list_doubtful_times',
    { result: shape.doubtfulTimes },
    listDoubtfulTimes,
  ),
  write(
    'POST /api/doubtful-times/{id}/decide',
    'tickets.decide_time',
    { params, body: shape.decideTime, result: idOnly },
    decideTime,
  ),
];
