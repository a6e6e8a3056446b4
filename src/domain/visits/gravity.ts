import { type Risk, risks } from './visit.ts';

/** Findings with the gravest in front, in the order in which they came where the risk is the same. */
export function gravestFirst<T extends { risk: Risk }>(found: readonly T[]): T[] {
  return found.toSorted((a, b) => risks.indexOf(b.risk) - risks.indexOf(a.risk));
}
