import { minutesOf } from '#domain/visits/confirming.ts';
import { daysOver } from '#domain/visits/days.ts';
import type { KickOff, Visit, VisitState } from '#domain/visits/visit.ts';

const lists = ['log', 'findings', 'promises', 'wrap_ups', 'signatures'] as const;
export type SiteParts = Pick<Visit, 'state' | 'days' | 'kick_off' | (typeof lists)[number]>;

const away: VisitState[] = ['planned', 'dispatched', 'travelling', 'cancelled'];

/**
 * Whether the parts that are written on site stand on the page: somebody is there, was there on a day that is over, or
 * something is written in one of them.
 */
export function hasSiteParts(visit: SiteParts): boolean {
  return (
    !away.includes(visit.state) ||
    daysOver(visit).length > 0 ||
    lists.some((list) => visit[list].length > 0) ||
    isBegun(visit.kick_off)
  );
}

function isBegun(kickOff: KickOff): boolean {
  return Object.values(minutesOf(kickOff)).some((value) =>
    typeof value === 'string' ? value.trim() !== '' : value.length > 0,
  );
}
