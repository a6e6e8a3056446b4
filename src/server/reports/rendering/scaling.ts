import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import sharp, { type ResizeOptions, type Sharp } from 'sharp';
import type { ReportFacts } from '#domain/reports/report.ts';
import { pixelLimit } from '../../platform/files/pictures.ts';

export type ReportPicture = {
  /** The file's id, or `logo`. */
  name: string;
  ending: 'jpg' | 'png';
  bytes: Uint8Array;
  width: number;
  height: number;
};

/** Where a picture's bytes lie, and where they lie as large as paper shows them, if they were prepared. */
export type PictureSource = { path: string; prepared: string };

// Half a page's width by 58 mm at about 280 dpi.
const photoBox = { width: 940, height: 640 };
const logoBox = { width: 900, height: 240 };

/** Names prepared photos by how they were drawn: another size is another name, and old ones are not taken for it. */
export const photoUse = `paper-${photoBox.width}x${photoBox.height}.jpg`;

type Drawn = Pick<ReportPicture, 'bytes' | 'width' | 'height'>;

/** The ids of all photos of a report, each once. */
export function photoIdsOf(facts: ReportFacts): string[] {
  const photos = [...facts.work, ...facts.findings].flatMap((thing) => thing.photos);
  return [...new Set(photos.map(({ file_id }) => file_id))];
}

/**
 * The pictures as large as they are printed, turned as the camera says, without their metadata (place and device go with
 * it). `sourceOf` tells where a file's bytes lie. What cannot be read is left out, and the paper says so in its place.
 */
export async function scalePictures(
  facts: ReportFacts,
  sourceOf: (fileId: string) => PictureSource | null,
): Promise<ReportPicture[]> {
  const photos = photoIdsOf(facts).map((id) => ({
    name: id,
    id,
    ending: 'jpg' as const,
    draw: preparePhoto,
  }));
  const logo = facts.firm.logo_file_id;
  const all = [
    ...photos,
    ...(logo ? [{ name: 'logo', id: logo, ending: 'png' as const, draw: drawLogo }] : []),
  ];
  const made: (ReportPicture | null)[] = [];
  let next = 0;
  // Two at a time: as many cores as a small server has, and the memory of two decoded photos.
  const hand = async () => {
    while (next < all.length) {
      const at = next;
      next += 1;
      const { id, draw, ...order } = all[at] as (typeof all)[number];
      const source = sourceOf(id);
      const drawn = source && (await draw(source));
      made[at] = drawn && { ...order, ...drawn };
    }
  };
  await Promise.all([hand(), hand()]);
  return made.filter((picture) => picture !== null);
}

/**
 * A photo as paper shows it: as it was prepared when it arrived, or drawn now and kept for the next paper. Null for what
 * cannot be read.
 */
export async function preparePhoto({ path, prepared }: PictureSource): Promise<Drawn | null> {
  const ready = await readPrepared(prepared);
  if (ready) return ready;
  // Drawn with the plainer of the two good filters, and not packed to the last byte: a fifth of the time of forty photos.
  const drawn = await draw(path, { ...photoBox, kernel: 'linear' }, (picture) =>
    picture.flatten({ background: '#ffffff' }).jpeg({ quality: 76, optimiseCoding: false }),
  );
  if (drawn) await keepPrepared(prepared, drawn.bytes);
  return drawn;
}

async function readPrepared(path: string): Promise<Drawn | null> {
  const bytes = await readFile(path).catch(() => null);
  if (!bytes?.length) return null;
  const found = await sharp(bytes)
    .metadata()
    .catch(() => null);
  return found && { bytes, width: found.width, height: found.height };
}

function drawLogo({ path }: PictureSource): Promise<Drawn | null> {
  return draw(path, logoBox, (picture) => picture.png());
}

async function draw(path: string, box: ResizeOptions, as: (picture: Sharp) => Sharp): Promise<Drawn | null> {
  const picture = sharp(path, { limitInputPixels: pixelLimit, sequentialRead: true, failOn: 'error' })
    .rotate()
    .resize({ ...box, fit: 'inside', withoutEnlargement: true });
  const made = await as(picture)
    .toBuffer({ resolveWithObject: true })
    .catch(() => null);
  return made && { bytes: made.data, width: made.info.width, height: made.info.height };
}

// Two may prepare the same photo at once: each writes whole, the later name counts. A full disk costs only time.
async function keepPrepared(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, bytes, { mode: 0o600, flush: true })
    .then(() => rename(unfinished, path))
    .catch(() => rm(unfinished, { force: true }));
}
