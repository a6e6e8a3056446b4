#!/usr/bin/env node
// `npm run bench`: installs when needed, builds the screens when they are stale, measures under Node 24.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureInstalled } from './install.mjs';
import { root } from './launcher-texts.mjs';
import { buildWebWhenStale } from './web-build.mjs';

const args = process.argv.slice(2);
const node = ensureInstalled();
if (!args.includes('--help') && !args.includes('-h')) buildWebWhenStale(node);
const bench = spawn(node, ['--disable-warning=ExperimentalWarning', 'bench/run.ts', ...args], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => bench.kill('SIGTERM'));
const [status] = await once(bench, 'exit');
process.exit(status ?? 1);
