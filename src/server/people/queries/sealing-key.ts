import { hkdfSync } from 'node:crypto';
import { loadAuthSecret } from '../secret.ts';

/** 32 bytes that follow from the installation's secret, others for each purpose; never the secret itself. */
export async function loadSealingKey(
  settings: { authSecret: string | null; dataDir: string },
  purpose: string,
): Promise<Buffer> {
  const secret = await loadAuthSecret(settings);
  return Buffer.from(hkdfSync('sha256', secret, 'copperpea', purpose, 32));
}
