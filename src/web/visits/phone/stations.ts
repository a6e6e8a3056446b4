import { isLastDaySigned, sinceLastDay } from '#domain/visits/days.ts';
import type { Visit } from '#domain/visits/visit.ts';

/** The path of a visit, from top to bottom. */
export const stations = ['prepare', 'arrive', 'kick_off', 'work', 'wrap_up', 'sign'] as const;
export type Station = (typeof stations)[number];

const stationOf: Record<Visit['state'], Station> = {
  planned: 'prepare',
  dispatched: 'prepare',
  travelling: 'arrive',
  on_site: 'kick_off',
  working: 'work',
  wrapped_up: 'sign',
  signed: 'sign',
  done: 'sign',
  cancelled: 'prepare',
};

/** Where the visit stands now. */
export function presentStation(visit: Pick<Visit, 'state'>): Station {
  return stationOf[visit.state];
}

/** Behind us: what is shown with a tick on the path, which each day goes anew. */
export function isPassed(visit: Visit, station: Station): boolean {
  if (station === 'sign') return isOfToday(visit, visit.signatures);
  if (station === 'wrap_up') return isOfToday(visit, visit.wrap_ups);
  return stations.indexOf(station) < stations.indexOf(presentStation(visit));
}

function isOfToday(visit: Visit, made: { id: string }[]): boolean {
  // Of a visit that is over all days count.
  return visit.state === 'done' ? made.length > 0 : sinceLastDay(visit, made).length > 0;
}

export const mainActs = ['depart', 'arrive', 'start', 'log', 'wrap_up', 'sign', 'leave'] as const;
export type MainAct = (typeof mainActs)[number];

const presentAct: Record<Visit['state'], MainAct | null> = {
  planned: null,
  dispatched: 'depart',
  travelling: 'arrive',
  on_site: 'start',
  working: 'log',
  wrapped_up: 'sign',
  signed: 'leave',
  done: null,
  cancelled: null,
};
const onSite: Visit['state'][] = ['on_site', 'working', 'wrapped_up', 'signed', 'done'];

type OfActs = Pick<Visit, 'state' | 'signatures' | 'days' | 'arrived_at'>;

/** The one big act at the thumb: what the open station is for, where that can be done; else what comes next anyway. */
export function mainActAt(visit: OfActs, open: Station): MainAct | null {
  const { state } = visit;
  // Hours are recorded, whatever became of the visit.
  if (state === 'cancelled' && open === 'work') return 'log';
  if (open === 'arrive' && state === 'dispatched') return 'arrive';
  if (open === 'work' && onSite.includes(state)) return state === 'on_site' ? 'start' : 'log';
  if (open === 'wrap_up' && onSite.includes(state) && state !== 'on_site' && state !== 'done')
    return 'wrap_up';
  // Who left without a signature can still bring it home.
  const isUnsigned = state === 'done' && !isLastDaySigned(visit);
  if (open === 'sign' && (state === 'working' || isUnsigned)) return 'sign';
  return presentAct[state];
}
