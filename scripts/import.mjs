#!/usr/bin/env node
// `npm run import`: installs when needed and goes on as src/server/import-command.ts under Node 24.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { flags } from './import-flags.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './launcher-texts.mjs';

const node = ensureInstalled();
const env = { INIT_CWD: process.cwd(), ...process.env };
const command = spawn(node, [...flags, 'src/server/import-command.ts', ...process.argv.slice(2)], {
  cwd: root,
  env,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
// A message, unlike a second signal, can't be taken for impatience; npm and the terminal send the signal too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => command.connected && command.send('stop'));
const [status] = await once(command, 'exit');
process.exit(status ?? 1);
