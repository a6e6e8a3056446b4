import type { TicketState } from '../tickets/ticket.ts';

/** What an imported event says, as far as counting goes. `group` is empty where the source names none. */
export type CountedEvent = {
  line: number;
  state: TicketState;
  happened_at: string;
  data: {
    reassignment_count?: number;
    reopen_count?: number;
    sys_mod_count?: number;
    active?: boolean;
    group?: string;
  };
};

export const contradictionKinds = [
  'reassigned_without_new_group',
  'new_group_not_counted',
  'counted_more_than_once',
  'reopened_not_counted',
  'counted_reopening_without_one',
  'counter_backwards',
  'modification_backwards',
  'modification_repeated',
  'time_backwards',
  'open_but_not_active',
] as const;
export type ContradictionKind = (typeof contradictionKinds)[number];
export type Contradiction = { kind: ContradictionKind; line: number };

export type Recount = {
  reopenings: number;
  reassignments: number;
  /** By the source's own counters: what they rose by, the first event's value included. */
  source_reopenings: number;
  source_reassignments: number;
  begins_as_new: boolean;
  contradictions: Contradiction[];
};

/**
 * Counts reopenings and reassignments of one incident from its events in the source's order, and holds them against
 * the counters that the source kept beside each event. A place where the two differ is named by its line.
 */
export function recount(events: readonly CountedEvent[]): Recount {
  const [first] = events;
  const result: Recount = {
    reopenings: 0,
    reassignments: 0,
    source_reopenings: first?.data.reopen_count ?? 0,
    source_reassignments: first?.data.reassignment_count ?? 0,
    begins_as_new: first?.state === 'new',
    contradictions: [],
  };
  events.forEach((event, index) => {
    const note = (kind: ContradictionKind) => result.contradictions.push({ kind, line: event.line });
    if (event.data.active !== undefined) judgeActivity(event, note);
    const before = events[index - 1];
    if (before) compare({ before, event, result, note });
  });
  return result;
}

function judgeActivity(event: CountedEvent, note: (kind: ContradictionKind) => void): void {
  // Resolved is closed to us and still active to the source, until it closes for good.
  if (event.state !== 'closed' && event.data.active === false) note('open_but_not_active');
}

function compare(step: {
  before: CountedEvent;
  event: CountedEvent;
  result: Recount;
  note: (kind: ContradictionKind) => void;
}): void {
  const { before, event, result, note } = step;
  const rise = (counter: 'reassignment_count' | 'reopen_count' | 'sys_mod_count') =>
    (event.data[counter] ?? 0) - (before.data[counter] ?? 0);
  const isReopening = before.state === 'closed' && event.state !== 'closed';
  const isReassignment = (before.data.group ?? '') !== (event.data.group ?? '');
  const [reopened, reassigned] = [rise('reopen_count'), rise('reassignment_count')];
  result.reopenings += isReopening ? 1 : 0;
  result.reassignments += isReassignment ? 1 : 0;
  result.source_reopenings += reopened;
  result.source_reassignments += reassigned;
  if (reopened < 0 || reassigned < 0) note('counter_backwards');
  if (isReopening && reopened === 0) note('reopened_not_counted');
  if (!isReopening && reopened > 0) note('counted_reopening_without_one');
  if (isReassignment && reassigned === 0) note('new_group_not_counted');
  if (!isReassignment && reassigned > 0) note('reassigned_without_new_group');
  if (reopened > 1 || reassigned > 1) note('counted_more_than_once');
  if (rise('sys_mod_count') < 0) note('modification_backwards');
  if (rise('sys_mod_count') === 0) note('modification_repeated');
  if (event.happened_at < before.happened_at) note('time_backwards');
}
