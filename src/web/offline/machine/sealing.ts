/** Something encrypted: AES-GCM with a fresh nonce. The id it belongs to is bound to it, so that rows can't be swapped. */
export type Sealed = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };

const text = new TextEncoder();
const read = new TextDecoder();

export async function sealBytes(key: CryptoKey, id: string, bytes: BufferSource): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: text.encode(id) },
    key,
    bytes,
  );
  return { iv, data };
}

export function openBytes(key: CryptoKey, id: string, { iv, data }: Sealed): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: text.encode(id) }, key, data);
}

export function seal(key: CryptoKey, id: string, value: unknown): Promise<Sealed> {
  return sealBytes(key, id, text.encode(JSON.stringify(value)));
}

export async function open<T>(key: CryptoKey, id: string, sealed: Sealed): Promise<T> {
  return JSON.parse(read.decode(await openBytes(key, id, sealed))) as T;
}
