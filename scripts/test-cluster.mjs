// A throw-away PostgreSQL for the scripts: test/serve-cluster.ts holds it until this process lets go or dies.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { root } from './launcher-texts.mjs';

/** `args`: the flavour (embedded, debian-15) and perhaps --migrated. Resolves to {url, stop()}. */
export async function openTestCluster(node, ...args) {
  const holder = spawn(node, ['test/serve-cluster.ts', ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: holder.stdout });
  const [url] = await Promise.race([once(lines, 'line'), once(holder, 'exit').then(() => [null])]);
  if (!url) throw new Error(`no test PostgreSQL (${args.join(' ')}): see above`);
  return {
    url,
    stop: async () => {
      holder.stdin.end();
      if (holder.exitCode === null) await once(holder, 'exit');
    },
  };
}
