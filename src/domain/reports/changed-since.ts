import { canonicalJson } from './canonical-json.ts';
import type { ReportFacts } from './report.ts';

/**
 * Whether the record says anything else by now than a version of its report, of what a report prints. The firm's name and
 * colours are not of the record. Leaving the site, and the running work that ends with it, is no change: every signature is
 * given before the engineer leaves, and each signed version would be marked an hour later.
 */
export function hasChangedSince(version: ReportFacts, now: ReportFacts): boolean {
  return canonicalJson(saying(version)) !== canonicalJson(saying(withoutLeaving(version, now)));
}

/** Without what follows from the rest: sums of minutes, and a signed text told beside a record that differs from it. */
function saying({ firm: _firm, minutes: _minutes, signatures, ...facts }: ReportFacts) {
  return { ...facts, signatures: signatures.map(({ shown: _shown, ...signature }) => signature) };
}

function withoutLeaving(version: ReportFacts, now: ReportFacts): ReportFacts {
  const { left_at } = now.visit;
  if (left_at === null || version.visit.left_at !== null) return now;
  const work = now.work.map((line, at) =>
    line.ended_at === left_at && version.work[at]?.ended_at === null
      ? { ...line, ended_at: null, minutes: null }
      : line,
  );
  return { ...now, work, visit: { ...now.visit, left_at: null } };
}
