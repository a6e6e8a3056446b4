import { z } from 'zod';
import type { CompiledCalendar } from '../calendar/compiled-calendar.ts';
import { dueMs, workingMs } from '../calendar/working-time.ts';
import { fromMs, type Instant, toMs } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import { id, instant } from '../ground/text.ts';

export const clockKinds = ['first_response', 'next_update', 'resolution'] as const;
export type ClockKind = (typeof clockKinds)[number];

const common = { at: instant, received_at: instant, device_at: instant.optional() };
export const clockFact = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('started'), ...common, minutes: z.number(), calendar_version_id: id }),
  z.strictObject({ kind: z.literal('paused'), ...common, waiting_for: z.string(), asked_of: z.string() }),
  z.strictObject({ kind: z.literal('resumed'), ...common }),
  z.strictObject({
    kind: z.literal('target'),
    ...common,
    minutes: z.number(),
    why: z.enum(['priority', 'contract']),
  }),
  z.strictObject({
    kind: z.literal('calendar'),
    ...common,
    calendar_version_id: id,
    why: z.enum(['contract', 'calendar_edited']),
  }),
  z.strictObject({ kind: z.literal('due_set'), ...common, due_at: instant }),
  z.strictObject({ kind: z.literal('met'), ...common }),
  z.strictObject({ kind: z.literal('stopped'), ...common }),
  z.strictObject({ kind: z.literal('reopened'), ...common }),
]);
export type ClockFact = z.infer<typeof clockFact>;

export type Restatement = {
  at: Instant;
  cause: string;
  from_due_at: Instant | null;
  to_due_at: Instant | null;
};

export type ClockState = {
  state: 'running' | 'paused' | 'met' | 'stopped';
  due_at: Instant | null;
  met_at: Instant | null;
  target_minutes: number;
  consumed_minutes: number;
};

/** PLACEHOLDER of R7's rule, replaced by its author within the hour. */
export function restate(
  facts: readonly ClockFact[],
  calendars: ReadonlyMap<string, CompiledCalendar>,
  now: Instant,
): ClockState | Refusal {
  const sorted = [...facts].sort((a, b) => toMs(a.at) - toMs(b.at));
  let state: ClockState['state'] = 'stopped';
  let target = 0;
  let consumed = 0;
  let calendar: CompiledCalendar | undefined;
  let since = 0;
  let set: Instant | null = null;
  let met: Instant | null = null;
  for (const fact of sorted) {
    const at = toMs(fact.at);
    if (state === 'running' && calendar) consumed += workingMs(calendar, since, at);
    since = at;
    if ('calendar_version_id' in fact) calendar = calendars.get(fact.calendar_version_id);
    if (fact.kind === 'started' || fact.kind === 'resumed' || fact.kind === 'reopened') state = 'running';
    if (fact.kind === 'reopened') met = null;
    if (fact.kind === 'started' || fact.kind === 'target') target = fact.minutes * 60_000;
    if (fact.kind === 'paused') state = 'paused';
    if (fact.kind === 'stopped') state = 'stopped';
    if (fact.kind === 'due_set') set = fact.due_at;
    if (fact.kind === 'met') {
      state = 'met';
      met = fact.at;
    }
  }
  let due: Instant | null = null;
  if (state !== 'paused' && state !== 'stopped' && calendar) {
    const ms = dueMs(calendar, since, target - consumed);
    if (ms instanceof Refusal) return ms;
    due = set ?? fromMs(ms);
  }
  if (state === 'running' && calendar) consumed += workingMs(calendar, since, Math.max(since, toMs(now)));
  return {
    state,
    due_at: due,
    met_at: met,
    target_minutes: target / 60_000,
    consumed_minutes: consumed / 60_000,
  };
}
