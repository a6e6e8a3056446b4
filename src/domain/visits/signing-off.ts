import { Refusal } from '../ground/refusal.ts';
import { type Rule, stamp } from './by.ts';
import { daysOnSite, daysOver, heldByItsDay, isAway } from './days.ts';
import type { Visit } from './visit.ts';
import { byId } from './working.ts';

/** Who may sign: the interface person, and whoever else was named. */
export function entitledSigners(visit: Visit): string[] {
  return [...new Set([visit.interface_contact_id, ...visit.signer_ids].filter((id) => id !== null))];
}

/**
 * What a signer reads and signs: nothing but what is theirs to know, in a fixed order, as canonical JSON. Internal lines,
 * notes, readiness and the scope sheet's differences are no part of it. Its SHA-256 binds the signature.
 */
export function signingText(visit: Visit): string {
  const last = visit.wrap_ups.at(-1);
  return JSON.stringify({
    visit: visit.id,
    number: visit.number,
    engineer: visit.engineer_name,
    arrived_at: daysOnSite(visit)[0]?.arrived_at ?? null,
    goal: visit.goal,
    done_when: visit.done_when,
    not_today: visit.not_today,
    work: visit.log.map(({ kind, started_at, ended_at, customer_line, photos }) => ({
      kind,
      started_at,
      ended_at,
      line: customer_line,
      photos: photos.length,
    })),
    findings: visit.findings.map(({ what, risk, advice, reaction }) => ({ what, risk, advice, reaction })),
    promises: visit.promises.map(({ words, due_at, state }) => ({ words, due_at, state })),
    wrap_up: last && {
      rested_on: last.rested_on,
      problems: last.problems,
      advice: last.advice,
      support_needed: last.support_needed,
      tomorrow: last.tomorrow,
      reaction: last.reaction,
    },
  });
}

/**
 * Numbers in all strokes of a signature: ten thousand points, which a hand draws in a minute and a half without ever lifting
 * the pen from the glass.
 */
const mostNumbers = 20_000;
/** Signatures of a visit, which is read whole and forgets none: ten people on each of five days. */
const mostSignatures = 50;

/**
 * A person entitled to sign has signed what they read. The signature keeps that text itself, so it never says anything else
 * later; `as_shown` tells whether the record said just that at the moment of signing. Refusals: visits.nothing_to_sign,
 * entry_exists, signer_not_entitled, too_many_signatures, signature_empty, signature_too_long.
 */
export const signVisit: Rule<'sign'> = (visit, body, by) => {
  const isNothingDone = isAway(visit) || visit.state === 'on_site';
  if (isNothingDone && daysOver(visit).length === 0) return new Refusal('conflict', 'visits.nothing_to_sign');
  if (visit.signatures.some(({ id }) => id === body.id))
    return new Refusal('conflict', 'visits.entry_exists');
  if (!entitledSigners(visit).includes(body.contact_id))
    return new Refusal('conflict', 'visits.signer_not_entitled', { name: body.name });
  if (visit.signatures.length >= mostSignatures)
    return new Refusal('conflict', 'visits.too_many_signatures', { limit: mostSignatures });
  const points = body.strokes.reduce((sum, stroke) => sum + Math.floor(stroke.length / 2), 0);
  if (points < 3) return new Refusal('invalid', 'visits.signature_empty');
  const numbers = body.strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  if (numbers > mostNumbers) return new Refusal('invalid', 'visits.signature_too_long');
  const signature = { ...body, as_shown: body.shown === signingText(visit), ...stamp(by) };
  const state = visit.state === 'working' || visit.state === 'wrapped_up' ? 'signed' : visit.state;
  return { ...heldByItsDay(visit, body.id), state, signatures: byId([...visit.signatures, signature]) };
};
