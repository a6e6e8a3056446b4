import { sealing, uses, wrapping } from './unwrapping.ts';

/** A random data key, wrapped by `device`, which the browser keeps and never gives out. */
export type WrappedKey = { device: CryptoKey; wrapped: ArrayBuffer };

export async function makeWrappedKey(): Promise<WrappedKey> {
  const device = await crypto.subtle.generateKey({ name: wrapping, length: 256 }, false, [
    'wrapKey',
    'unwrapKey',
  ]);
  const data = await crypto.subtle.generateKey(sealing, true, uses);
  return { device, wrapped: await crypto.subtle.wrapKey('raw', data, device, wrapping) };
}
