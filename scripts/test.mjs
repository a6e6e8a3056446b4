#!/usr/bin/env node
// `npm test`: every check there is, in stages from the quick to the slow; the first stage that fails ends it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDebianPackages, ensureMailServer } from './debian-packages.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './launcher-texts.mjs';
import { openTestCluster } from './test-cluster.mjs';
import { buildWebWhenStale } from './web-build.mjs';

const help = `npm test -- [options] [FILE…]     runs the checks, stage by stage, and ends at the first stage that fails

  --only A,B   these stages alone: types, lint, architecture, domain, server, server-15, launch, journeys
  --long       the long ones in place of the usual: each file of test/long is a stage   (= npm run test:long)
  --help       this text
  FILE…        only these test files, in whichever stage they stand

server runs on the built-in PostgreSQL, server-15 again on Debian's PostgreSQL 15 where it is installed.
REQUIRE_SHARED_DATA=1 makes tests fail that would be skipped for want of ../shared/data.`;

const { values: options, positionals } = readOptions();
const node = ensureInstalled();
// A process for each file, and many that the files start: what was compiled once need not be compiled in each.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/node');
const scratch = mkdtempSync(join(tmpdir(), 'copperpea-test-run-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
let current;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    current?.kill('SIGTERM');
    process.exit(130); // the clusters notice and end by themselves
  });
}
const totals = { passed: 0, failed: 0, skipped: 0 };
const clusters = new Map();
const wantedFiles = positionals.map((file) => relative(root, join(process.cwd(), file)));

// Nothing in these asks a database: once is enough.
const withoutDatabase = [
  'src/server/channels/mail-in/read-mail.test.ts',
  'src/server/imports/reading.test.ts',
  'test/cutting-proxy.test.ts',
  'test/mail-bad-input.test.ts',
  'test/mail-command.test.ts',
  'test/mail-quotes.test.ts',
];

const stages = (options.long ? longStages() : usualStages()).filter(isWanted);
if (stages.some(({ name }) => name === 'journeys')) ensureDebianPackages();
if (stages.some(({ name }) => name.startsWith('server') || name === 'journeys')) ensureMailServer();
if (stages.length === 0) fail(`There is no such stage or test file.\n\n${help}`);
const lines = [];
for (const stage of stages) {
  console.log(`\n── ${stage.name} ${'─'.repeat(60 - stage.name.length)}`);
  const started = Date.now();
  const counts = await stage.run(stage);
  for (const key of Object.keys(totals)) totals[key] += counts[key];
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const mark = counts.failed > 0 ? '✖' : '✔';
  lines.push(
    `${mark} ${stage.name}: ${counts.passed} passed, ${counts.failed} failed${skipped} in ${seconds} s`,
  );
  console.log(lines.at(-1));
  if (counts.failed > 0) break;
}
await Promise.all([...clusters.values()].map(async (cluster) => (await cluster).stop()));
console.log(`\n${lines.join('\n')}`);
if (lines.length < stages.length)
  console.log(
    `not run: ${stages
      .slice(lines.length)
      .map(({ name }) => name)
      .join(', ')}`,
  );
if (process.env.TEST_TOTALS_FILE) appendFileSync(process.env.TEST_TOTALS_FILE, `${JSON.stringify(totals)}\n`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 ? 1 : 0);

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { only: { type: 'string' }, long: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (!values.help) return { values, positionals };
    console.log(help);
    return process.exit(0);
  } catch (error) {
    return fail(`${error.message}\n\n${help}`);
  }
}

function fail(sentence) {
  console.error(sentence);
  process.exit(64);
}

function usualStages() {
  const isArchitecture = (file) => file === 'test/architecture.test.ts';
  const architecture = [...testsIn('test').filter(isArchitecture), ...testsUnder('test/architecture')];
  const server = [...testsUnder('src/server'), ...testsIn('test').filter((file) => !isArchitecture(file))];
  return [
    { name: 'types', run: () => check('node_modules/typescript/bin/tsc', ['-b']) },
    { name: 'lint', run: lint },
    { name: 'architecture', files: architecture, cluster: 'embedded', run: testFiles },
    { name: 'domain', files: [...testsUnder('src/domain'), ...testsUnder('src/web')], run: testFiles },
    { name: 'server', files: server, cluster: 'embedded', run: testFiles },
    { name: 'server-15', files: server.filter(asksDatabase), cluster: 'debian-15', run: onDebian15 },
    { name: 'launch', files: testsIn('test/launch'), run: testFiles },
    { name: 'journeys', files: testsUnder('test/journeys'), cluster: 'embedded', run: playJourneys },
  ];
}

function asksDatabase(file) {
  return !withoutDatabase.includes(file);
}

function longStages() {
  const nameOf = (file) => file.replace(/^.*\//, '').replace(/\.test\.ts$/, '');
  return testsIn('test/long').map((file) => ({
    name: nameOf(file),
    files: [file],
    alone: true,
    cluster: 'embedded',
    run: testFiles,
  }));
}

function isWanted({ name, files = [] }) {
  if (options.only && !options.only.split(',').includes(name)) return false;
  return wantedFiles.length === 0 || files.some((file) => wantedFiles.includes(file));
}

function testsUnder(folder) {
  return listFolder(folder, true);
}

function testsIn(folder) {
  return listFolder(folder, false);
}

function listFolder(folder, recursive) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** A check without tests of its own counts as one. */
async function check(program, args) {
  const ok = (await run([program, ...args])) === 0;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

async function lint() {
  const results = [
    await check('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings']),
    await check('scripts/locales.mjs', ['--check']),
  ];
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: 0 };
}

async function testFiles({ name, files, cluster, alone }) {
  const chosen = files.filter((file) => wantedFiles.length === 0 || wantedFiles.includes(file));
  const counted = join(scratch, `${name}.json`);
  const reporters = ['spec', 'stdout', './scripts/count-reporter.mjs', counted].map((value, index) =>
    index % 2 === 0 ? `--test-reporter=${value}` : `--test-reporter-destination=${value}`,
  );
  // Files that measure times or kill processes get the machine to themselves.
  const concurrency = alone ? 1 : availableParallelism() + 1;
  const limits = [
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${options.long ? 1_500_000 : 180_000}`,
  ];
  const status = await run(['--test', ...limits, ...reporters, ...chosen], await environmentOf(cluster));
  return believe(status, () => JSON.parse(readFileSync(counted, 'utf8')));
}

async function onDebian15(stage) {
  if (existsSync('/usr/lib/postgresql/15/bin/postgres')) return testFiles(stage);
  console.log('PostgreSQL 15 is not installed here (Debian: postgresql-15): left out');
  return { passed: 0, failed: 0, skipped: 0 };
}

async function playJourneys({ name, files, cluster }) {
  buildWebWhenStale(node);
  const counted = join(scratch, `${name}.json`);
  const chosen = files.filter((file) => wantedFiles.includes(file));
  const environment = { ...(await environmentOf(cluster)), PLAYWRIGHT_JSON_OUTPUT_FILE: counted };
  const playwright = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...chosen];
  const status = await run(playwright, environment);
  return believe(status, () => {
    const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(counted, 'utf8')).stats;
    return { passed: expected, failed: unexpected + flaky, skipped };
  });
}

/** The runner's own counts, but never fewer failures than its exit code says, and no success without a test. */
function believe(status, readCounts) {
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = readCounts();
  } catch (error) {
    console.error(`The test runner left no counts: ${error.message}`);
  }
  const { passed, failed, skipped } = counts;
  const nothingRan = passed + failed === 0;
  return { passed, failed: failed === 0 && (status !== 0 || nothingRan) ? 1 : failed, skipped };
}

async function environmentOf(flavour) {
  if (!flavour) return process.env;
  if (!clusters.has(flavour)) clusters.set(flavour, openTestCluster(node, flavour));
  return { ...process.env, TEST_POSTGRES: flavour, TEST_POSTGRES_URL: (await clusters.get(flavour)).url };
}

async function run(args, environment = process.env) {
  current = spawn(node, args, { cwd: root, env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
  const [status] = await once(current, 'exit');
  return status ?? 1;
}
