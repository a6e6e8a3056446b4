/** What one stretch of calls showed. */
export type Measured = { n: number; p50_ms: number; p95_ms: number; per_second: number };

/** Calls from `clients` loops, each beginning when its last call ended, for `ms`. */
export async function measure(
  { clients, ms }: { clients: number; ms: number },
  call: (client: number) => Promise<void>,
): Promise<Measured> {
  const took: number[] = [];
  const began = performance.now();
  const end = began + ms;
  const loop = async (client: number) => {
    while (performance.now() < end) {
      const started = performance.now();
      await call(client);
      took.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)));
  const seconds = (performance.now() - began) / 1000;
  took.sort((a, b) => a - b);
  const share = (part: number) => took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0;
  return { n: took.length, p50_ms: share(0.5), p95_ms: share(0.95), per_second: took.length / seconds };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
