import type { Plan } from './seed-plan.ts';

export type Figure = {
  figure: 'offline.trial';
  seed: number;
  operations: number;
  photos: number;
  kills: number;
  lost: number;
  doubled: number;
  conflicts_shown: number;
  refused_shown: number;
  clocks_wrong: number;
  quarantined: number;
  answers_lost: number;
  turned_down: number;
  seconds: number;
};
export type Played = { figure: Figure; complaints: string[] };

/** Nobody loses the visit, or the role that works on it. */
export function isPlain({ cast, withdrawnAt }: Pick<Plan, 'cast' | 'withdrawnAt'>): boolean {
  return cast === 'same' && withdrawnAt === null;
}

/** In a plain run there is no reason to refuse anything, or to set it apart; what is said of a run in which that happened. */
export function withoutReason({ refused_shown, quarantined }: Figure): string[] {
  return refused_shown + quarantined === 0
    ? []
    : [`${refused_shown} refused and ${quarantined} set apart without a reason`];
}
