import { Refusal } from '../ground/refusal.ts';
import { type Rule, type refuseTime, stamp } from './by.ts';
import { addClashes, isSame, joinFields, valueAt, withClashes, withValueAt } from './clashes.ts';
import { mayConfirmToday } from './kicking-off.ts';
import type { Visit } from './visit.ts';
import { inOrder, refuseEntry } from './working.ts';

/** Edits the visit's own fields. Times that are no span are refused. */
export const editVisit: Rule<'edit'> = (visit, body, by) => {
  const after = withClashes(visit, body.changes, { id: body.id, by });
  if (after.planned_to <= after.planned_from) return new Refusal('invalid', 'visits.times_reversed');
  return unconfirmed(visit, after);
};

/** R33: a card of the day that says something else now was not confirmed by anybody, nor by somebody whose it is not any more. */
function unconfirmed(before: Visit, after: Visit): Visit {
  const card = ['goal', 'done_when', 'not_today'] as const;
  const isSameCard = card.every((field) => before[field] === after[field]);
  const { today_confirmed } = after;
  if (today_confirmed === null || (isSameCard && mayConfirmToday(after, today_confirmed.contact_id)))
    return after;
  return { ...after, today_confirmed: null };
}

/** Edits the kick-off minutes. What the customer acknowledged is not acknowledged any more once it says something else. */
export const editKickOff: Rule<'edit_kick_off'> = (visit, body, by) => {
  const { changed, clashes } = joinFields(visit.kick_off, body.changes, {
    id: body.id,
    prefix: 'kick_off.',
    by,
  });
  const acknowledged = Object.keys(changed).length > 0 ? null : visit.kick_off.acknowledged;
  return {
    ...visit,
    kick_off: { ...visit.kick_off, ...changed, acknowledged },
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
 * moved on since; mine replaces what stands there now, and the clash keeps that, for the person may never have read it.
 */
export const settleClash: Rule<'settle_clash'> = (visit, body, by) => {
  const clash = visit.clashes.find(({ id }) => id === body.clash_id);
  if (!clash) return new Refusal('not_found', 'visits.clash_unknown');
  if (clash.settled) return new Refusal('conflict', 'visits.clash_settled', { name: clash.settled.by_name });
  const settled = { keep: body.keep, ...stamp(by) };
  const standing = valueAt(visit, clash.field);
  const replaces = body.keep === 'mine' && !isSame(standing, clash.mine);
  const theirs = replaces ? (standing ?? null) : clash.theirs;
  const decided = {
    ...visit,
    clashes: visit.clashes.map((one) => (one.id === clash.id ? { ...one, theirs, settled } : one)),
  };
  if (!replaces) return decided;
  const after = unconfirmed(visit, withValueAt(decided, clash.field, clash.mine));
  return refuseImpossible(after, clash.field, by) ?? { ...after, log: inOrder(after.log) };
};

/** A value that was right when it was typed may no longer fit what stands around it. */
function refuseImpossible(after: Visit, field: string, by: Parameters<typeof refuseTime>[2]): Refusal | null {
  if (field.startsWith('log.')) {
    const entry = after.log.find(({ id }) => id === field.split('.')[1]);
    return entry ? refuseEntry(after, entry, by) : null;
  }
  return after.planned_to <= after.planned_from ? new Refusal('invalid', 'visits.times_reversed') : null;
}
