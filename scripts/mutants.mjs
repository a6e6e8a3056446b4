#!/usr/bin/env node
// `npm run test:mutants`: plants one fault after the other in a copy of the project and sees that its test turns red.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { root } from './launcher-texts.mjs';
import { faults } from './mutants-list.mjs';
import { openTestCluster } from './test-cluster.mjs';

const help = `npm run test:mutants -- [WORD]     plants ${faults.length} faults, one at a time, in a copy of the project

Each names a test that must turn red; one that stays green means that nobody would notice the fault. First the
named tests run without any fault and must be green. WORD: only faults with it in their name.`;

const [word] = process.argv.slice(2);
if (word === '--help' || word === '-h') {
  console.log(help);
  process.exit(0);
}
const chosen = faults.filter(({ fault }) => !word || fault.includes(word));
if (chosen.length === 0) {
  console.error(`There is no such fault.\n\n${help}`);
  process.exit(64);
}

const node = ensureInstalled();
const copy = mkdtempSync(join(tmpdir(), 'copperpea-mutants-'));
const given = process.env.TEST_POSTGRES_URL;
const cluster = given ? { url: given, stop: async () => {} } : await openTestCluster(node, 'embedded');
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void end(130));

copyProject();
const green = await greenWithoutFaults();
const survivors = [];
for (const one of chosen) {
  const began = Date.now();
  const red = green && (await turnsRed(one));
  if (!red) survivors.push(one);
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(5);
  console.log(
    `${red ? '✔ red  ' : '✖ GREEN'} ${seconds} s  ${one.fault}\n                 ${one.file}: ${one.test || 'all'}`,
  );
}
console.log(`\n${chosen.length - survivors.length} of ${chosen.length} faults were noticed`);
await end(survivors.length > 0 ? 1 : 0);

function copyProject() {
  const parts = ['src', 'db', 'test', 'locales', 'scripts', 'package.json'];
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
}

/** A test that is red anyway proves nothing. */
async function greenWithoutFaults() {
  let allGreen = true;
  for (const file of new Set(chosen.map((one) => one.file))) {
    const tests = new Set(chosen.filter((one) => one.file === file).map(({ test }) => test));
    const { passed, failed } = await runTests(file, [...tests]);
    if (failed === 0 && passed >= tests.size) continue;
    console.error(`without any fault: ${file}: ${passed} of ${tests.size} passed, ${failed} failed`);
    allGreen = false;
  }
  return allGreen;
}

async function turnsRed({ fault, edits, file, test }) {
  const originals = new Map();
  try {
    for (const [path, from, to] of edits) {
      const full = join(copy, path);
      const text = readFileSync(full, 'utf8');
      if (!originals.has(full)) originals.set(full, text);
      if (text.split(from).length !== 2) throw new Error(`“${fault}” no longer fits ${path}`);
      writeFileSync(
        full,
        text.replace(from, () => to),
      );
    }
    return (await runTests(file, [test])).failed > 0;
  } catch (error) {
    console.error(error.message);
    return false;
  } finally {
    for (const [full, text] of originals) writeFileSync(full, text);
  }
}

/** Those tests of a file whose names begin like this; an empty one means all. */
async function runTests(file, tests) {
  const counted = join(copy, 'counts.json');
  rmSync(counted, { force: true });
  const patterns = tests.filter(Boolean).map((test) => test.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const args = [
    '--test',
    '--test-timeout=120000',
    ...patterns.map((pattern) => `--test-name-pattern=${pattern}`),
    '--test-reporter=./scripts/count-reporter.mjs',
    `--test-reporter-destination=${counted}`,
    file,
  ];
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const runner = spawn(node, args, {
    cwd: copy,
    env: { ...env, TEST_POSTGRES: 'embedded', TEST_POSTGRES_URL: cluster.url },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  await once(runner, 'exit');
  return existsSync(counted) ? JSON.parse(readFileSync(counted, 'utf8')) : { passed: 0, failed: 0 };
}

async function end(status) {
  await cluster.stop();
  rmSync(copy, { recursive: true, force: true });
  process.exit(status);
}
