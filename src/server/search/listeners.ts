import type { Listener } from '../platform/jobs.ts';
import { follow } from './actions/follow.ts';
import { enqueueReindex } from './actions/reindex.ts';

const indexed = { task: 'search.follow', run: follow };
/** Rows that came in, or went away, by the thousand have no events of their own. */
const madeAnew: Omit<Listener, 'on'> = {
  task: 'search.make_anew',
  run: (_event, { asSystem }) => asSystem((ctx) => enqueueReindex(ctx)),
};

/** What changes words that are found, or the state that is filtered by. */
export const listeners: Listener[] = [
  { on: 'customer.created', ...indexed },
  { on: 'customer.edited', ...indexed },
  { on: 'customer.archived', ...indexed },
  { on: 'customer.restored', ...indexed },
  { on: 'site.created', ...indexed },
  { on: 'site.edited', ...indexed },
  { on: 'contact.created', ...indexed },
  { on: 'contact.edited', ...indexed },
  { on: 'contact.left', ...indexed },
  { on: 'contact.invited', ...indexed },
  { on: 'asset.created', ...indexed },
  { on: 'asset.edited', ...indexed },
  { on: 'asset.retired', ...indexed },
  { on: 'ticket.created', ...indexed },
  { on: 'ticket.edited', ...indexed },
  { on: 'ticket.answered', ...indexed },
  { on: 'ticket.replied', ...indexed },
  { on: 'ticket.noted', ...indexed },
  { on: 'ticket.waited', ...indexed },
  { on: 'ticket.resumed', ...indexed },
  { on: 'ticket.closed', ...indexed },
  { on: 'ticket.reopened', ...indexed },
  { on: 'promise.made', ...indexed },
  { on: 'promise.completed', ...indexed },
  { on: 'promise.kept', ...indexed },
  { on: 'promise.moved', ...indexed },
  { on: 'promise.declined', ...indexed },
  { on: 'visit.planned', ...indexed },
  { on: 'visit.edited', ...indexed },
  { on: 'visit.scope_set', ...indexed },
  { on: 'visit.dispatched', ...indexed },
  { on: 'visit.cancelled', ...indexed },
  { on: 'visit.departed', ...indexed },
  { on: 'visit.arrived', ...indexed },
  { on: 'visit.started', ...indexed },
  { on: 'visit.kick_off_edited', ...indexed },
  { on: 'visit.logged', ...indexed },
  { on: 'visit.log_edited', ...indexed },
  { on: 'visit.found', ...indexed },
  { on: 'visit.finding_edited', ...indexed },
  { on: 'visit.wrapped_up', ...indexed },
  { on: 'visit.signed', ...indexed },
  { on: 'visit.left', ...indexed },
  { on: 'visit.noted', ...indexed },
  { on: 'visit.clash_settled', ...indexed },
  { on: 'visit.quarantine_decided', ...indexed },
  { on: 'visit.reassigned', ...indexed },
  { on: 'import.finished', ...madeAnew },
  { on: 'import.failed', ...madeAnew },
  { on: 'import.removed', ...madeAnew },
];
