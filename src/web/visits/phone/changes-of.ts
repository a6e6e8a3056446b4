/** The fields that differ, each with the value it was based on: the body of an edit. */
export function changesOf<T extends Record<string, unknown>>(
  base: T,
  now: T,
): { [K in keyof T]?: { from: T[K]; to: T[K] } } {
  const changed = Object.keys(now).filter((name) => JSON.stringify(base[name]) !== JSON.stringify(now[name]));
  return Object.fromEntries(changed.map((name) => [name, { from: base[name], to: now[name] }])) as {
    [K in keyof T]?: { from: T[K]; to: T[K] };
  };
}
