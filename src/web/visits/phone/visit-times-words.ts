import type { Visit } from '#domain/visits/visit.ts';
import { wallOf } from '../../ui/wall-time.ts';
import type { Words } from '../../ui/words.ts';

export type Planned = Pick<Visit, 'planned_from' | 'planned_to'>;

/** From when to when, as people say it; the second day is named only when it is another one. */
export function visitTimesWords({ planned_from, planned_to }: Planned, words: Words): string {
  const from = wallOf(planned_from, words.zone);
  const to = wallOf(planned_to, words.zone);
  const isOneDay = from.slice(0, 10) === to.slice(0, 10);
  return `${words.time(planned_from)} – ${isOneDay ? to.slice(11) : words.time(planned_to)}`;
}
