import type { Listener } from '../platform/jobs.ts';
import {
  tellOfBreach,
  tellOfLongWaiting,
  tellOfOverdue,
  tellOfOverdueClimbed,
  tellOfScopeOwed,
  tellOfScopeOwedClimbed,
  tellOfUndelivered,
} from './mail/alarms.ts';
import {
  tellOfAnswer,
  tellOfAssignment,
  tellOfClosing,
  tellOfPromise,
  tellOfReceipt,
  tellOfWaiting,
  tellSuperiorsOfWaiting,
} from './mail/news.ts';

/** What contacts and colleagues hear by mail, and after which event. */
export const listeners: Listener[] = [
  { on: 'ticket.created', task: 'channels.tell_of_receipt', run: tellOfReceipt },
  { on: 'ticket.replied', task: 'channels.tell_of_answer', run: tellOfAnswer },
  { on: 'ticket.waited', task: 'channels.tell_of_waiting', run: tellOfWaiting },
  { on: 'ticket.closed', task: 'channels.tell_of_closing', run: tellOfClosing },
  { on: 'ticket.assigned', task: 'channels.tell_of_assignment', run: tellOfAssignment },
  { on: 'ticket.clock_breached', task: 'channels.tell_of_breach', run: tellOfBreach },
  { on: 'ticket.waiting_climbed', task: 'channels.tell_of_long_waiting', run: tellOfLongWaiting },
  { on: 'ticket.waiting_climbed', task: 'channels.tell_superiors_of_waiting', run: tellSuperiorsOfWaiting },
  { on: 'promise.overdue', task: 'channels.tell_of_overdue', run: tellOfOverdue },
  { on: 'promise.overdue_climbed', task: 'channels.tell_of_overdue_climbed', run: tellOfOverdueClimbed },
  { on: 'visit.scope_owed', task: 'channels.tell_of_scope_owed', run: tellOfScopeOwed },
  {
    on: 'visit.scope_owed_climbed',
    task: 'channels.tell_of_scope_owed_climbed',
    run: tellOfScopeOwedClimbed,
  },
  { on: 'promise.made', task: 'channels.tell_of_promise_made', run: tellOfPromise('made') },
  // One caught in passing is told of once somebody has said to whom and until when.
  { on: 'promise.completed', task: 'channels.tell_of_promise_completed', run: tellOfPromise('made') },
  { on: 'promise.kept', task: 'channels.tell_of_promise_kept', run: tellOfPromise('kept') },
  { on: 'promise.moved', task: 'channels.tell_of_promise_moved', run: tellOfPromise('moved') },
  { on: 'mail.bounced', task: 'channels.tell_of_bounce', run: tellOfUndelivered },
  { on: 'mail.failed', task: 'channels.tell_of_failed_mail', run: tellOfUndelivered },
  { on: 'promise.declined', task: 'channels.tell_of_promise_declined', run: tellOfPromise('declined') },
];
