// Builds the screens into dist/web when what they are made of has changed since.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sayAndExit, texts } from './launcher-texts.mjs';

const sources = [
  'src/web',
  'src/domain',
  'locales/zh-CN.json',
  'locales/en.json',
  'vite.config.ts',
  'package-lock.json',
];
const stamp = join(root, 'dist/web/.stamp');

/** `node` is the path of a Node 24. Ends with a plain sentence when the build fails. */
export function buildWebWhenStale(node) {
  if (!existsSync(join(root, 'vite.config.ts'))) return;
  const fingerprint = fingerprintOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  console.error(texts.building);
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'];
  const done = spawnSync(node, vite, { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.signal) process.kill(process.pid, done.signal);
  if (done.status !== 0) sayAndExit('web_failed', 70);
  writeFileSync(stamp, fingerprint);
}

function fingerprintOfSources() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesUnder).sort()) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(join(root, path))) return [];
  try {
    return readdirSync(join(root, path), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
}
