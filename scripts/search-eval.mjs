#!/usr/bin/env node
// `npm run search-eval`: installs when needed, judges the search under Node 24.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureInstalled } from './install.mjs';
import { root } from './launcher-texts.mjs';

const node = ensureInstalled();
const args = ['--disable-warning=ExperimentalWarning', 'bench/search-eval.ts', ...process.argv.slice(2)];
const judging = spawn(node, args, { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => judging.kill('SIGTERM'));
const [status] = await once(judging, 'exit');
process.exit(status ?? 1);
