import { spawnSync } from 'node:child_process';
import { root } from './processes.ts';
import type { Line } from './targets.ts';

/** KB, compressed, that a browser loads until the first screen of each shell stands: read from the built screens. */
export function measureFirstScreens(print: (line: Line) => void): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/web-size.mjs'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  for (const line of stdout.trim().split('\n')) {
    const { figure, shell, kb_gz } = JSON.parse(line);
    print({ figure, shell, kb_gz });
  }
}
