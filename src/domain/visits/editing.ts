import { Refusal } from '../ground/refusal.ts';
import { type Rule, type refuseTime, stamp } from './by.ts';
import { addClashes, isSame, joinFields, valueAt, withClashes, withValueAt } from './clashes.ts';
import { refuseUnexplained } from './declaring-emergency.ts';
import type { Visit } from './visit.ts';
import { inOrder, refuseEntry } from './working.ts';

/** Edits the visit's own fields. Times that are no span are refused, and an emergency without its reason. */
export const editVisit: Rule<'edit'> = (visit, body, by) => {
  const after = withClashes(visit, body.changes, { id: body.id, by });
  if (after.planned_to <= after.planned_from) return new Refusal('invalid', 'visits.times_reversed');
  const given = body.changes.emergency_reason?.to;
  return refuseUnexplained({ before: visit, after }, given) ?? after;
};

/** Edits the kick-off minutes. */
export const editKickOff: Rule<'edit_kick_off'> = (visit, body, by) => {
  const { changed, clashes } = joinFields(visit.kick_off, body.changes, {
    id: body.id,
    prefix: 'kick_off.',
    by,
  });
  return {
    ...visit,
    kick_off: { ...visit.kick_off, ...changed },
    clashes: addClashes(visit, clashes),
  };
};

/** Edits an entry of the work log; ending what runs is an edit of `ended_at`. */
export const editLog: Rule<'edit_log'> = (visit, body, by) => {
  const entry = visit.log.find(({ id }) => id === body.entry_id);
  if (!entry) return new Refusal('not_found', 'visits.entry_unknown');
  const { changed, clashes } = joinFields(entry, body.changes, {
    id: body.id,
    prefix: `log.${entry.id}.`,
    by,
  });
  const edited = { ...entry, ...changed };
  const refused = refuseEntry(visit, edited, by);
  if (refused) return refused;
  return {
    ...visit,
    log: inOrder(visit.log.map((one) => (one.id === entry.id ? edited : one))),
    clashes: addClashes(visit, clashes),
  };
};

export const editFinding: Rule<'edit_finding'> = (visit, body, by) => {
  const found = visit.findings.find(({ id }) => id === body.finding_id);
  if (!found) return new Refusal('not_found', 'visits.finding_unknown');
  const { changed, clashes } = joinFields(found, body.changes, {
    id: body.id,
    prefix: `findings.${found.id}.`,
    by,
  });
  return {
    ...visit,
    findings: visit.findings.map((one) => (one.id === found.id ? { ...one, ...changed } : one)),
    clashes: addClashes(visit, clashes),
  };
};

/**
 * A person decides between two values that stood side by side. Keeping theirs leaves the record as it is, even when it has
 * moved on since; mine replaces what stands there now, and the clash keeps that, for the person may never have read it. What
 * was settled only because both said the same can still be decided by somebody who had not heard of that.
 */
export const settleClash: Rule<'settle_clash'> = (visit, body, by) => {
  const clash = visit.clashes.find(({ id }) => id === body.clash_id);
  if (!clash) return new Refusal('not_found', 'visits.clash_unknown');
  if (clash.settled && clash.settled.keep !== 'same')
    return new Refusal('conflict', 'visits.clash_settled', { name: clash.settled.by_name });
  const settled = { keep: body.keep, ...stamp(by) };
  const standing = valueAt(visit, clash.field);
  const replaces = body.keep === 'mine' && !isSame(standing, clash.mine);
  const theirs = replaces ? (standing ?? null) : clash.theirs;
  const decided = {
    ...visit,
    clashes: visit.clashes.map((one) => (one.id === clash.id ? { ...one, theirs, settled } : one)),
  };
  if (!replaces) return decided;
  const after = withValueAt(decided, clash.field, clash.mine);
  const refused =
    refuseImpossible(after, clash.field, by) ?? refuseUnexplained({ before: visit, after }, undefined);
  return refused ?? { ...after, log: inOrder(after.log) };
};

/** A value that was right when it was typed may no longer fit what stands around it. */
function refuseImpossible(after: Visit, field: string, by: Parameters<typeof refuseTime>[2]): Refusal | null {
  if (field.startsWith('log.')) {
    const entry = after.log.find(({ id }) => id === field.split('.')[1]);
    return entry ? refuseEntry(after, entry, by) : null;
  }
  return after.planned_to <= after.planned_from ? new Refusal('invalid', 'visits.times_reversed') : null;
}
