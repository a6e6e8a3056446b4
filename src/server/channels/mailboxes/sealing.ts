import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { loadSealingKey } from '../../people/queries/sealing-key.ts';
import type { Settings } from '../../platform/settings.ts';

const purpose = 'mailbox passwords';

/** A password as it stands in the database: AES-256-GCM under the installation's secret, bound to its mailbox. */
export async function sealPassword(settings: Settings, mailboxId: string, password: string): Promise<string> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await loadSealingKey(settings, purpose), nonce);
  cipher.setAAD(Buffer.from(mailboxId));
  const sealed = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The password again; null when it was sealed under another secret and has to be entered anew. */
export async function unsealPassword(
  settings: Settings,
  mailboxId: string,
  sealed: string,
): Promise<string | null> {
  const bytes = Buffer.from(sealed, 'base64url');
  const key = await loadSealingKey(settings, purpose);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(mailboxId));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** By this word in a header the desk knows its own mail again; another installation has another. */
export async function loadDeskMark(settings: Settings): Promise<string> {
  return (await loadSealingKey(settings, 'desk mark')).toString('hex').slice(0, 32);
}
