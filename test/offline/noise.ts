import sharp from 'sharp';
import type { Random } from './random-acts.ts';

/** A picture like no other, about as many bytes as a shrunk photo has. */
export async function noise(random: Random): Promise<Buffer> {
  const [width, height] = [320, 240];
  const raw = Buffer.from(Array.from({ length: width * height * 3 }, () => random.below(256)));
  return sharp(raw, { raw: { width, height, channels: 3 } })
    .resize(960, 720, { kernel: 'cubic' })
    .jpeg({ quality: 70 })
    .toBuffer();
}
