import type { FileView } from '#domain/tickets/commands.ts';
import { correctedNow } from '../device-clock.ts';
import { trouble } from './database.ts';
import { type Machine, openPage } from './machine.ts';
import { hasRoomFor, makeRoom } from './room.ts';
import { sealBytes } from './sealing.ts';
import type { Ended } from './send-queue.ts';
import { fetchBytes } from './transport.ts';

/** Of what hangs on a visit the whole comes along up to this size; of larger pictures only the small one. */
const wholeUpToBytes = 2 * 1024 * 1024;
const smallBytes = 64 * 1024;
const sideBySide = 3;

type Wanted = {
  id: string;
  photo_id: string;
  visit_id: string;
  path: string;
  size: number;
  media_type: string;
};

/** Brings along the pictures and papers of the visits on board, small pictures first, as far as there is room. */
export async function carryFiles(machine: Machine): Promise<Ended> {
  const wanted = await missingFiles(machine);
  if (wanted.length === 0) return { kind: 'all' };
  for (let at = 0; at < wanted.length; at += sideBySide) {
    const next = wanted.slice(at, at + sideBySide);
    const size = next.reduce((sum, file) => sum + file.size, 0);
    if (!(await hasRoomFor(size))) return { kind: 'all' };
    const went = await Promise.all(next.map((file) => carry(machine, file)));
    if (went.includes('no_answer')) return { kind: 'again', after_ms: null };
    if (went.includes('no_room')) return { kind: 'all' };
  }
  return { kind: 'all' };
}

async function missingFiles(machine: Machine): Promise<Wanted[]> {
  const { db } = machine;
  const replicas = (await db.replica.toArray()).filter(({ left_at }) => left_at === null);
  const here = new Set(await db.bytes.toCollection().primaryKeys());
  const small: Wanted[] = [];
  const whole: Wanted[] = [];
  for (const row of replicas) {
    const { about } = await openPage(machine, row);
    const files: FileView[] = [...about.files, ...about.messages.flatMap(({ files }) => files)];
    for (const { id, media_type, size_bytes, has_thumbnail } of files) {
      const file = { photo_id: id, visit_id: row.id, media_type };
      if (has_thumbnail && !here.has(`${id}:small`) && !here.has(id))
        small.push({ ...file, id: `${id}:small`, path: `/api/files/${id}/thumbnail`, size: smallBytes });
      if (size_bytes <= wholeUpToBytes && !here.has(id))
        whole.push({ ...file, id, path: `/api/files/${id}`, size: size_bytes });
    }
  }
  return [...small, ...whole];
}

async function carry(machine: Machine, file: Wanted): Promise<'here' | 'no_answer' | 'no_room'> {
  const { db, key, person } = machine;
  const bytes = await fetchBytes(file.path, person.id, file.size);
  if (bytes === null) return 'no_answer';
  if (bytes === 'gone') return 'here';
  const sealed = await sealBytes(key, file.id, bytes);
  try {
    await db.transaction('rw', db.photos, db.bytes, async () => {
      if (!(await db.photos.get(file.photo_id)))
        await db.photos.add({
          id: file.photo_id,
          visit_id: file.visit_id,
          customer_id: null,
          state: 'carried',
          size: bytes.byteLength,
          made_at: correctedNow(),
          up_at: null,
          media_type: file.media_type,
        });
      await db.bytes.put({ id: file.id, photo_id: file.photo_id, sealed });
    });
    return 'here';
  } catch (error) {
    // Nobody asked for this: what people do on site needs the room more.
    if (trouble(error) === 'storage_full') await makeRoom(machine);
    return 'no_room';
  }
}
