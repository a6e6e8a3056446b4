/** Of those made on this device and turned down meanwhile. */
const mostRefused = 5;

/**
 * After how many the next one was begun. Something begun when there were fewer, or more before some were refused, is gone on
 * with, the latest first; else it is begun now.
 */
export function countOfNext(made: number, isBegunAfter: (count: number) => boolean): number {
  for (let count = made + mostRefused; count >= 0; count -= 1) if (isBegunAfter(count)) return count;
  return made;
}
