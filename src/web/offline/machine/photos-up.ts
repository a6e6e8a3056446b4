import { toMs } from '#domain/ground/instant.ts';
import { correctedNow } from '../device-clock.ts';
import type { OutboxRow, PhotoRow } from './database.ts';
import type { Machine } from './machine.ts';
import { openBytes } from './sealing.ts';
import { ask } from './transport.ts';
import { uploadVerdictOf, type Verdict } from './verdict.ts';

/** The server clears what no act has claimed after a day; well before that it is sent again. */
const believedUpMs = 18 * 3_600_000;
const sideBySide = 2;

const done: Verdict = { kind: 'done', acted: { outcome: 'done', version: 0, happened_at: '' } };

/** Uploads the photos that an act names and the server has not got. What can't be taken refuses the act that names it. */
export async function uploadPhotos(machine: Machine, row: OutboxRow): Promise<Verdict> {
  if (row.photos.length === 0) return done;
  const rows = (await machine.db.photos.bulkGet(row.photos)).filter((photo) => photo !== undefined);
  const needed = rows.filter(isNeeded);
  for (let at = 0; at < needed.length; at += sideBySide) {
    const verdicts = await Promise.all(
      needed.slice(at, at + sideBySide).map((photo) => upload(machine, photo)),
    );
    const worst = verdicts.find(({ kind }) => kind !== 'done');
    if (worst) return worst;
  }
  return done;
}

function isNeeded({ state, up_at }: PhotoRow): boolean {
  if (state === 'kept') return true;
  return state === 'up' && up_at !== null && toMs(correctedNow()) - toMs(up_at) > believedUpMs;
}

async function upload(machine: Machine, photo: PhotoRow): Promise<Verdict> {
  const { db, key, person } = machine;
  const stored = await db.bytes.get(photo.id);
  if (!stored) return done;
  const bytes = await openBytes(key, photo.id, stored.sealed);
  const form = new FormData();
  form.append('id', photo.id);
  form.append('customer_id', photo.customer_id ?? '');
  form.append(
    'file',
    new Blob([bytes], { type: photo.media_type }),
    `${photo.id}.${endingOf(photo.media_type)}`,
  );
  const answer = await ask('/api/files', { personId: person.id, method: 'POST', body: form }, photo.size);
  if (answer === null) return { kind: 'again', who: 'away', code: null, after_ms: null };
  const verdict = uploadVerdictOf(answer, photo.id);
  if (verdict.kind === 'done') await db.photos.update(photo.id, { state: 'up', up_at: correctedNow() });
  return verdict;
}

function endingOf(mediaType: string): string {
  return mediaType === 'image/jpeg' ? 'jpg' : (mediaType.split('/')[1] ?? 'bin').replace(/[^a-z0-9]/g, '');
}
