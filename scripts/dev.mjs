#!/usr/bin/env node
// `npm run dev`: the server, started again at each change of its code, and vite's server for the screens.
import { spawn } from 'node:child_process';
import { ensureInstalled } from './install.mjs';
import { root } from './launcher-texts.mjs';

if (process.argv.includes('--help')) {
  console.log(`npm run dev -- [--sample]     for working on Copperpea: changes show at once

The server runs on PORT (8080) and starts again when its code changes; the screens come from vite at
http://localhost:5173, which passes /api on. Settings are the same as for npm start. Ctrl-C ends both.`);
  process.exit(0);
}

const node = ensureInstalled();
const port = process.env.PORT ?? '8080';
// vite.config.ts passes /api on to API_URL.
const env = { ...process.env, PORT: port, API_URL: `http://localhost:${port}` };
const options = { cwd: root, env, stdio: 'inherit' };
const watched = ['src/server', 'src/domain', 'locales'].map((folder) => `--watch-path=${folder}`);
const children = [
  spawn(
    node,
    ['--watch', '--watch-preserve-output', ...watched, 'src/server/main.ts', ...process.argv.slice(2)],
    options,
  ),
  spawn(node, ['node_modules/vite/bin/vite.js', '--clearScreen', 'false'], options),
];

let ending = false;
function end() {
  if (ending) return;
  ending = true;
  for (const child of children) child.kill('SIGTERM');
  setTimeout(() => process.exit(1), 5_000).unref();
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
let alive = children.length;
for (const child of children) {
  child.once('exit', () => {
    alive -= 1;
    if (alive === 0) process.exit(0);
    end();
  });
}
