/**
 * Priority from impact × urgency (ITIL's matrix of three by three on four steps).
 * Both count from 1 (highest) to 3; the result from 1 (most pressing) to 4.
 */
export function priorityOf(impact: number, urgency: number): number {
  return Math.min(4, Math.max(1, impact + urgency - 1));
}

/** What a customer's own words about the severity suggest until somebody judges it. */
export function firstGuess(feltSeverity: number | null): { impact: number; urgency: number } {
  switch (feltSeverity) {
    case 1:
      return { impact: 2, urgency: 1 };
    case 2:
      return { impact: 2, urgency: 2 };
    case 3:
      return { impact: 3, urgency: 2 };
    default:
      return { impact: 3, urgency: 3 };
  }
}
