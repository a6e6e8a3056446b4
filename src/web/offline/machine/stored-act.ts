import type { DeviceEnvelope } from '#domain/ground/device.ts';
import type { Instant } from '#domain/ground/instant.ts';
import type { RefusalParams } from '#domain/ground/refusal.ts';
import type { VisitAct } from '#domain/visits/commands.ts';
import type { Photo } from '#domain/visits/visit.ts';

/** What is sealed of an act in the outbox: the act, and what the device knew when it happened. */
export type StoredAct = {
  act: VisitAct;
  envelope: DeviceEnvelope;
  happened_at: Instant;
  problem: { code: string; params: RefusalParams } | null;
};

/** From one schema of stored acts to the next, by the number of the older one. */
export type Steps = Record<number, (act: StoredAct) => StoredAct>;
export const steps: Steps = {};

/**
 * An act that an older version of the app left behind, as this version would have written it. One that went out already is
 * sent again as it was, since the server may have it under its key. It takes bodies of older forms, as new fields have defaults.
 */
export function upToDate(
  stored: StoredAct,
  row: { tried: boolean },
  known: { schema: number; steps: Steps },
): StoredAct {
  if (row.tried) return stored;
  let act = stored;
  for (let schema = stored.envelope.schema; schema < known.schema; schema += 1) {
    const step = known.steps[schema];
    const moved = step ? step(act) : act;
    act = { ...moved, envelope: { ...moved.envelope, schema: schema + 1 } };
  }
  return act;
}

/** Another act in the place of a refused one: written by this version, however old the one before, at the time of that one. */
export function instead(before: StoredAct, act: VisitAct, schema: number): StoredAct {
  return { ...before, act, envelope: { ...before.envelope, schema }, problem: null };
}

/** What goes along when a refused act becomes a note: not photos that were themselves the reason, or the note is refused for them. */
export function photosToNote({ act, problem }: StoredAct): Photo[] {
  const isAboutPhotos = problem !== null && /^files\.|^visits\.no_picture$/.test(problem.code);
  return isAboutPhotos ? [] : photosOf(act);
}

/** The photos that an act names, with their captions. */
export function photosOf(act: VisitAct): Photo[] {
  const body = act.body as { photos?: Photo[]; changes?: { photos?: { to?: Photo[] } } };
  return [...(body.photos ?? []), ...(body.changes?.photos?.to ?? [])];
}

/** Their ids, each once. */
export function photosIn(act: VisitAct): string[] {
  return [...new Set(photosOf(act).map(({ file_id }) => file_id))];
}
