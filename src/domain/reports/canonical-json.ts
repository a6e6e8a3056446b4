/**
 * One text for one value: keys sorted, no blanks, numbers and strings as JSON writes them (RFC 8785 for what facts
 * consist of). Its SHA-256 names a version of a report, whoever computes it.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    // By UTF-16 units, as the RFC wants it.
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`);
  return `{${members.join(',')}}`;
}
