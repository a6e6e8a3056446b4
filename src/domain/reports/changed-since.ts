import { type Instant, toMs } from '../ground/instant.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ReportFacts } from './report.ts';

/**
 * Whether the record says anything else by now than a version of its report, of what a report prints. The firm's name and
 * colours are not of the record. Leaving the site, and the running work that ends with it, is no change: every signature is
 * given before the engineer leaves, and each signed version would be marked an hour later. Calling the visit off is one, if it
 * came after `made_at`: versions from before reports told of it lack what was so already when they were made.
 */
export function hasChangedSince(version: ReportFacts, now: ReportFacts, made_at?: Instant): boolean {
  const told = withoutOldCancelling(withoutLeaving(version, now), { version, made_at });
  return canonicalJson(saying(version)) !== canonicalJson(saying(told));
}

/** Without what follows from the rest: sums of minutes, and a signed text told beside a record that differs from it. */
function saying({ firm: _firm, minutes: _minutes, signatures, ...facts }: ReportFacts) {
  return { ...facts, signatures: signatures.map(({ shown: _shown, ...signature }) => signature) };
}

function withoutOldCancelling(
  now: ReportFacts,
  { version, made_at }: { version: ReportFacts; made_at: Instant | undefined },
): ReportFacts {
  if (version.visit.cancelled_at !== undefined) return now;
  const { cancelled_at, ...visit } = now.visit;
  const isNew = cancelled_at && made_at !== undefined && toMs(cancelled_at) > toMs(made_at);
  return isNew ? now : { ...now, visit };
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
