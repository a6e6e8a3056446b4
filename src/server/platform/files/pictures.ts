import sharp from 'sharp';
import { Refusal } from '#domain/ground/refusal.ts';

/** A phone's 50-megapixel photo fits; decoding 10,000 × 10,000 would take 400 MB. */
export const pixelLimit = 64_000_000;
const thumbnailEdge = 480;

// One picture at a time, without a cache: memory matters more than speed here.
sharp.cache(false);
sharp.concurrency(1);
let line: Promise<unknown> = Promise.resolve();

export type Picture = { width: number; height: number };

/**
 * Width and height as seen (turned as the camera says), read from the header without decoding; null when the
 * header cannot be read. Refuses `files.too_many_pixels`.
 */
export async function measurePicture(path: string): Promise<Picture | null> {
  const found = await sharp(path, { limitInputPixels: false, sequentialRead: true })
    .metadata()
    .catch(() => null);
  if (!found?.width || !found.height) return null;
  if (found.width * found.height > pixelLimit) {
    throw new Refusal('invalid', 'files.too_many_pixels', {
      width: found.width,
      height: found.height,
      megapixels: Math.floor(pixelLimit / 1_000_000),
    });
  }
  const turned = (found.orientation ?? 1) >= 5;
  return turned ? { width: found.height, height: found.width } : { width: found.width, height: found.height };
}

/** A small webp of the picture, turned as the camera says, without its metadata (place and device go with it). */
export function makeThumbnail(path: string): Promise<Buffer | null> {
  const made = line.then(() =>
    sharp(path, { limitInputPixels: pixelLimit, sequentialRead: true, failOn: 'error' })
      .rotate()
      .resize(thumbnailEdge, thumbnailEdge, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 78 })
      .toBuffer()
      // Half a picture is still a file that somebody wants to hand over.
      .catch(() => null),
  );
  line = made;
  return made;
}
