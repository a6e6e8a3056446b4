#!/usr/bin/env node
// `npm start`: installs when needed, builds the screens when they are stale, goes on as src/server/main.ts under
// Node 24, and ends it when asked to or when npm is gone.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { root, sayAndExit, texts } from './launcher-texts.mjs';
import { buildWebWhenStale } from './web-build.mjs';

// The server ends by itself within 4.5 s (src/server/platform/lifetime.ts); this is for one that hangs.
const patienceMs = 4_800;

const options = readOptions();
const ancestors = findAncestors();
const node = ensureInstalled();
if (!options.worker) buildWebWhenStale(node);
runServer();

function readOptions() {
  const { values, unknown } = parse();
  if (unknown) sayAndExit('usage', 64, { option: unknown });
  if (values.help) {
    console.log(texts.help);
    process.exit(0);
  }
  if (values.web && values.worker) sayAndExit('usage', 64, { option: '--web --worker' });
  const part = values.web ? '--web' : '--worker';
  if ((values.web || values.worker) && !process.env.DATABASE_URL)
    sayAndExit('role_needs_database', 64, { option: part });
  return values;
}

function parse() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', short: 'h' },
        sample: { type: 'boolean' },
        web: { type: 'boolean' },
        worker: { type: 'boolean' },
        port: { type: 'string' },
      },
    });
  } catch (error) {
    return { unknown: error.message.match(/'([^']+)'/)?.[1] ?? error.message };
  }
}

function runServer() {
  const args = ['sample', 'web', 'worker'].filter((name) => options[name]).map((name) => `--${name}`);
  // Compiled code is kept between starts: a third of the time to the first answer.
  const env = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'), ...process.env };
  if (options.port) env.PORT = options.port;
  // Less room for what is young: a fifth less memory under load, at no cost that could be measured.
  const flags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'];
  const server = spawn(node, [...flags, 'src/server/main.ts', ...args], {
    cwd: root,
    env,
    // The channel tells the server when this process dies, in whatever way.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // Ctrl-C has reached the server too; a message, unlike a second signal, can't be taken for impatience.
    if (server.connected) server.send('stop', () => {});
    setTimeout(() => server.kill('SIGKILL'), patienceMs).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  const watch = setInterval(() => {
    if (ancestors.some(({ pid, parent }) => parentOf(pid) !== parent)) stop();
  }, 300);
  server.once('error', () => sayAndExit('install_failed', 69));
  server.once('exit', (status, signal) => {
    clearInterval(watch);
    // Nobody here asked for it: without a word, whoever reads the log would look for a fault that is none of the program's.
    if (signal && !stopping) sayAndExit('server_killed', 1, { signal });
    process.exit(signal ? 1 : status);
  });
}

// npm may be ended alone (SIGTERM by a supervisor), and its shell too: whoever stands between npm and us is watched.
function findAncestors() {
  if (!process.env.npm_lifecycle_event) return [];
  const own = { pid: process.pid, parent: process.ppid };
  const shell = /^(sh|dash|bash)$/.test(commandOf(process.ppid) ?? '');
  return shell ? [own, { pid: process.ppid, parent: parentOf(process.ppid) }] : [own];
}

function parentOf(pid) {
  if (pid === process.pid) return process.ppid;
  return Number(fieldsOf(pid)?.[1]);
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return null;
  }
}

function fieldsOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  } catch {
    return null;
  }
}
