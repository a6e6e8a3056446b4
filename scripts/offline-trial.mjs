#!/usr/bin/env node
// `npm run offline-trial`: installs when needed, builds the screens when they are stale, tries them under Node 24.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ensureDebianPackages } from './debian-packages.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './launcher-texts.mjs';
import { buildWebWhenStale } from './web-build.mjs';

const args = process.argv.slice(2);
const node = ensureInstalled();
if (!args.includes('--help') && !args.includes('-h')) {
  ensureDebianPackages();
  buildWebWhenStale(node);
}
// Four servers are started in a run: what was compiled once need not be compiled in each.
const env = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'), ...process.env };
const trial = spawn(node, ['--disable-warning=ExperimentalWarning', 'test/offline/trial.ts', ...args], {
  cwd: root,
  stdio: 'inherit',
  env,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => trial.kill('SIGTERM'));
const [status] = await once(trial, 'exit');
process.exit(status ?? 1);
