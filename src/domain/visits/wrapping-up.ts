import { Refusal } from '../ground/refusal.ts';
import { type Rule, stamp } from './by.ts';
import { daysOver, heldByItsDay, isAway, sinceLastDay } from './days.ts';
import type { Finding, Visit } from './visit.ts';
import { byId } from './working.ts';

/**
 * The day's talk. It can be held again: a visit may have several days. One that is written down only after the day was left
 * belongs to that day; the next needs its own.
 */
export const wrapUpVisit: Rule<'wrap_up'> = (visit, body, by) => {
  if (visit.wrap_ups.some(({ id }) => id === body.id)) return new Refusal('conflict', 'visits.entry_exists');
  const isLate = isAway(visit);
  if (isLate && daysOver(visit).length === 0) return new Refusal('conflict', 'visits.not_arrived');
  const promises = isLate ? visit.promises : sinceLastDay(visit, visit.promises);
  if (body.promised_today === 'noted' && promises.length === 0)
    return new Refusal('conflict', 'visits.promise_not_noted');
  const state = visit.state === 'on_site' || visit.state === 'working' ? 'wrapped_up' : visit.state;
  const wrap_ups = byId([...visit.wrap_ups, { ...body, ...stamp(by) }]);
  return { ...heldByItsDay(visit, body.id), state, wrap_ups };
};

export type WrapUpDraft = Record<'rested_on' | 'problems' | 'advice' | 'support_needed' | 'tomorrow', string>;

/**
 * A first draft from what is in the record since the last wrap-up: what the customer was told line by line and what findings
 * rest on, the findings by risk, the advice beside each, what is still waited for, and what is still owed. The customer signs
 * it: what stands in the way of an advice was written for colleagues and has no place here. Empty parts stay empty.
 */
export function draftWrapUp(visit: Visit): WrapUpDraft {
  const since = visit.wrap_ups.at(-1)?.at ?? '';
  const weight = { critical: 0, high: 1, medium: 2, low: 3 };
  const findings = visit.findings
    .filter(({ at }) => at > since)
    .toSorted((a, b) => weight[a.risk] - weight[b.risk]);
  const told = visit.log.filter(({ at }) => at > since).map(({ customer_line }) => customer_line);
  const basis = findings.flatMap(({ evidence, standard }) => [evidence, standard]);
  const waiting = visit.log.filter(({ kind, ended_at }) => kind === 'waiting' && ended_at === null);
  return {
    rested_on: bullets([...told, ...basis], 4_000),
    problems: bullets(
      findings.map(({ what }) => what),
      8_000,
    ),
    advice: bullets(findings.map(adviceBeside), 8_000),
    support_needed: bullets(
      waiting.map(({ waiting_for }) => waiting_for),
      4_000,
    ),
    tomorrow: bullets(
      visit.promises.filter(({ state }) => state === 'open').map(({ words }) => words),
      4_000,
    ),
  };
}

function adviceBeside({ what, advice, cheaper_advice }: Finding): string {
  const words = advice.trim() || cheaper_advice.trim();
  return words && `${what.trim().split('\n')[0]} → ${words}`;
}

/** One line each, none twice; a line for which the field has no room is left out whole. */
function bullets(lines: string[], room: number): string {
  const each = new Set(lines.map((line) => line.trim().replace(/\s*\n\s*/g, ' ')));
  let text = '';
  for (const line of each) {
    const longer = text === '' ? `· ${line}` : `${text}\n· ${line}`;
    if (line !== '' && longer.length <= room) text = longer;
  }
  return text;
}
