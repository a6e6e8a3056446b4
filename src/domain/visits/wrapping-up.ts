import { Refusal } from '../ground/refusal.ts';
import { type Rule, stamp } from './by.ts';
import type { Visit } from './visit.ts';
import { byId } from './working.ts';

/** The day's talk. It can be held again: a visit may have several days. */
export const wrapUpVisit: Rule<'wrap_up'> = (visit, body, by) => {
  if (visit.wrap_ups.some(({ id }) => id === body.id)) return new Refusal('conflict', 'visits.entry_exists');
  if (['planned', 'dispatched', 'travelling'].includes(visit.state))
    return new Refusal('conflict', 'visits.not_arrived');
  if (body.promised_today === 'noted' && visit.promises.length === 0)
    return new Refusal('conflict', 'visits.promise_not_noted');
  const state = visit.state === 'on_site' || visit.state === 'working' ? 'wrapped_up' : visit.state;
  return { ...visit, state, wrap_ups: byId([...visit.wrap_ups, { ...body, ...stamp(by) }]) };
};

export type WrapUpDraft = { rested_on: string; problems: string; advice: string; tomorrow: string };

/**
 * A first draft from what is in the record since the last wrap-up: what the customer was told line by line, the findings by
 * risk with the advice for each, and what is still owed. People change it; empty parts stay empty.
 */
export function draftWrapUp(visit: Visit): WrapUpDraft {
  const since = visit.wrap_ups.at(-1)?.at ?? '';
  const weight = { critical: 0, high: 1, medium: 2, low: 3 };
  const findings = visit.findings
    .filter(({ at }) => at > since)
    .toSorted((a, b) => weight[a.risk] - weight[b.risk]);
  const lines = visit.log.filter(({ at, customer_line }) => at > since && customer_line.trim() !== '');
  return {
    rested_on: bullets(lines.map(({ customer_line }) => customer_line)),
    problems: bullets(findings.map(({ what }) => what)),
    advice: bullets(findings.map(({ advice, cheaper_advice }) => advice || cheaper_advice)),
    tomorrow: bullets(visit.promises.filter(({ state }) => state === 'open').map(({ words }) => words)),
  };
}

function bullets(lines: string[]): string {
  return lines
    .map((line) => line.trim().replace(/\s*\n\s*/g, ' '))
    .filter((line) => line !== '')
    .map((line) => `· ${line}`)
    .join('\n');
}
