// Apart from keys.ts, which needs the database's library: the first picture is unsealed before that is loaded.
export const wrapping = 'AES-KW';
export const sealing = { name: 'AES-GCM', length: 256 } as const;
export const uses: KeyUsage[] = ['encrypt', 'decrypt'];

/** The data key, ready for use and never to be read out. */
export function unwrapDataKey(device: CryptoKey, wrapped: ArrayBuffer): Promise<CryptoKey> {
  return crypto.subtle.unwrapKey('raw', wrapped, device, wrapping, sealing, false, uses);
}
