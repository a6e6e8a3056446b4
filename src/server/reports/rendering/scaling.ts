import sharp from 'sharp';
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

// Half a page's width by 58 mm at about 280 dpi.
const photoBox = { width: 940, height: 640 };
const logoBox = { width: 900, height: 240 };

/** The ids of all photos of a report, each once. */
export function photoIdsOf(facts: ReportFacts): string[] {
  const photos = [...facts.work, ...facts.findings].flatMap((thing) => thing.photos);
  return [...new Set(photos.map(({ file_id }) => file_id))];
}

/**
 * The pictures as large as they are printed, turned as the camera says, without their metadata (place and device go with
 * it). `pathOf` tells where a file's bytes lie. What cannot be read is left out, and the paper says so in its place.
 */
export async function scalePictures(
  facts: ReportFacts,
  pathOf: (fileId: string) => string | null,
): Promise<ReportPicture[]> {
  const orders = photoIdsOf(facts).map((id) => ({ name: id, id, box: photoBox, ending: 'jpg' as const }));
  const logo = facts.firm.logo_file_id;
  const all = [
    ...orders,
    ...(logo ? [{ name: 'logo', id: logo, box: logoBox, ending: 'png' as const }] : []),
  ];
  const made: (ReportPicture | null)[] = [];
  let next = 0;
  // Two at a time: as many cores as a small server has, and the memory of two decoded photos.
  const hand = async () => {
    while (next < all.length) {
      const at = next;
      next += 1;
      const { id, ...order } = all[at] as (typeof all)[number];
      const path = pathOf(id);
      made[at] = path ? await scale(path, order) : null;
    }
  };
  await Promise.all([hand(), hand()]);
  return made.filter((picture) => picture !== null);
}

async function scale(
  path: string,
  { name, box, ending }: { name: string; box: { width: number; height: number }; ending: 'jpg' | 'png' },
): Promise<ReportPicture | null> {
  const picture = sharp(path, { limitInputPixels: pixelLimit, sequentialRead: true, failOn: 'error' })
    .rotate()
    .resize({ ...box, fit: 'inside', withoutEnlargement: true });
  const drawn =
    ending === 'png' ? picture.png() : picture.flatten({ background: '#ffffff' }).jpeg({ quality: 76 });
  const made = await drawn.toBuffer({ resolveWithObject: true }).catch(() => null);
  return made && { name, ending, bytes: made.data, width: made.info.width, height: made.info.height };
}
