import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The secret that signs session cookies and seals second factors. AUTH_SECRET when it is set; otherwise made
 * at the first start and kept in DATA_DIR, readable by its owner only. Two processes that start together end
 * up with the same one.
 */
export async function loadAuthSecret(settings: {
  authSecret: string | null;
  dataDir: string;
}): Promise<string> {
  if (settings.authSecret) return settings.authSecret;
  const path = join(settings.dataDir, 'auth-secret');
  const known = await readSecret(path);
  if (known) return known;
  await mkdir(settings.dataDir, { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  // A link is made whole or not at all, and never over a secret that somebody else made meanwhile.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(draft);
  const made = await readSecret(path);
  if (!made) throw new Error(`${path} is empty`);
  return made;
}

async function readSecret(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim() || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
