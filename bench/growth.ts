import { type Measured, median, round } from './measure.ts';
import type { Worker } from './processes.ts';
import type { Line } from './targets.ts';

const rounds = 15;
const stretchMs = 500;

/**
 * How much dearer each read is at the larger size. The two desks are asked in turn, stretch by stretch, so that whatever
 * else the machine does meanwhile falls on both: minutes apart, the same read differs by more than the target allows.
 */
export async function measureGrowth(
  desks: readonly [{ size: number; load: Worker }, { size: number; load: Worker }],
  reads: readonly string[],
): Promise<Line[]> {
  const lines: Line[] = [];
  for (const figure of reads) {
    const ask = (load: Worker) =>
      load.ask<Measured>({ stretch: { figure, clients: 1, ms: stretchMs, over: 'http' } });
    const growths: number[] = [];
    for (let count = 0; count < rounds; count += 1) {
      const small = await ask(desks[0].load);
      const large = await ask(desks[1].load);
      // The first pair warms both servers up.
      if (count > 0) growths.push(large.p50_ms / small.p50_ms);
    }
    const sizes = `${desks[0].size}-${desks[1].size}`;
    lines.push({ figure: 'growth', read: figure, sizes, times: round(median(growths), 2) });
  }
  return lines;
}
