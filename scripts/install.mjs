// Sees to it that node_modules holds what package-lock.json names. Plain JavaScript without dependencies for
// Node 20.19, since it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sayAndExit, texts } from './launcher-texts.mjs';

const oldest = [20, 19];
const wanted = 24;

/** Refuses a node that is too old, installs what is missing or behind. Returns the path of a Node 24. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))
    sayAndExit('node_too_old', 69, { found: process.versions.node });
  if (!isInstalled()) install();
  return findNode() ?? sayAndExit('install_failed', 69);
}

function findNode() {
  const own = join(root, 'node_modules/.bin/node');
  if (existsSync(own)) return own;
  return Number.parseInt(process.versions.node, 10) >= wanted ? process.execPath : null;
}

/** Whether each package of the lock is there in its version. Packages for other platforms may be absent. */
function isInstalled() {
  const expected = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (!present || !findNode()) return false;
  return Object.entries(expected).every(([path, { version, optional }]) => {
    const exists = existsSync(join(root, path, 'package.json'));
    return path === '' || (optional && !exists) || (exists && present[path]?.version === version);
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return null;
  }
}

function install() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    sayAndExit('project_not_writable', 73, { folder: root });
  }
  console.error(texts.installing);
  // Not `npm ci`: it refuses where a registry lacks other platforms' optional packages.
  const args = [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  const done = spawnSync(npm[0], [...npm.slice(1), ...args], { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.signal) process.kill(process.pid, done.signal);
  if (done.status !== 0) sayAndExit('install_failed', 69);
}
