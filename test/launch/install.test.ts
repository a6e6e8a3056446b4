import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findOrdinaryUser, makeFolder, root, runProgram } from './program.ts';

const ordinary = findOrdinaryUser();

// A project of one package, with an npm and a vite that only write down that they were called.
function makeProject(t: TestContext): string {
  const project = makeFolder(t);
  chmodSync(project, 0o755);
  for (const part of ['scripts', 'locales/parts'])
    cpSync(join(root, part), join(project, part), { recursive: true });
  const files = {
    'package.json': '{"type":"module"}',
    'package-lock.json': lockOf('1.0.0'),
    'src/server/main.ts':
      "const said: string = 'the server runs';\nconsole.log(said, process.argv.slice(2).join(' '));",
    'bin/npm': `#!/bin/sh
echo "npm $*" >> calls
[ -e npm-fails ] && exit 1
mkdir -p node_modules/.bin node_modules/a node_modules/vite/bin
ln -sf ${process.execPath} node_modules/.bin/node
cp package-lock.json node_modules/.package-lock.json
echo '{}' > node_modules/a/package.json
cp bin/vite.js node_modules/vite/bin/vite.js`,
    'bin/vite.js': `const fs = require('node:fs');
fs.appendFileSync('calls', 'vite\\n');
if (fs.existsSync('vite-fails')) process.exit(1);
fs.mkdirSync('dist/web', { recursive: true });`,
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(project, name, '..'), { recursive: true });
    writeFileSync(join(project, name), content);
  }
  writeFileSync(join(project, 'bin/package.json'), '{"type":"commonjs"}');
  chmodSync(join(project, 'bin/npm'), 0o755);
  symlinkSync(process.execPath, join(project, 'bin/node'));
  return project;
}

function lockOf(version: string): string {
  const elsewhere = { version: '1.0.0', optional: true };
  return JSON.stringify({
    packages: { '': {}, 'node_modules/a': { version }, 'node_modules/elsewhere': elsewhere },
  });
}

/** Starts the project; resolves to its exit code, what it said and what it called. */
async function start(t: TestContext, project: string, args: string[] = []) {
  rmSync(join(project, 'calls'), { force: true });
  const env = { PATH: `${join(project, 'bin')}:${process.env.PATH}` };
  const program = runProgram(t, [process.execPath, 'scripts/start.mjs', ...args], { cwd: project, env });
  const { status } = await program.ended();
  const calls = existsSync(join(project, 'calls'))
    ? readFileSync(join(project, 'calls'), 'utf8').trim().split('\n')
    : [];
  return { status, said: program.output(), calls };
}

test('R74 the launcher installs what is missing or behind the lock, and nothing else', async (t) => {
  const project = makeProject(t);
  const first = await start(t, project, ['--sample']);
  assert.equal(first.status, 0, first.said);
  assert.match(first.said, /Installing the parts.*\n[\s\S]*the server runs --sample/);
  assert.equal(first.calls.length, 1);
  assert.match(first.calls[0] ?? '', /^npm install --no-save --no-audit --no-fund /);

  assert.deepEqual((await start(t, project)).calls, [], 'a later start installs nothing: it works offline');

  writeFileSync(join(project, 'package-lock.json'), lockOf('1.0.1'));
  assert.equal((await start(t, project)).calls.length, 1, 'behind the lock');
  rmSync(join(project, 'node_modules/a'), { recursive: true });
  assert.equal((await start(t, project)).calls.length, 1, 'a package was taken away');
});

test('R74 an install that fails is said plainly and tried again at the next start', async (t) => {
  const project = makeProject(t);
  writeFileSync(join(project, 'npm-fails'), '');
  const failed = await start(t, project);
  assert.equal(failed.status, 69);
  assert.match(failed.said, /could not be installed\.\nSee what npm says above/);
  rmSync(join(project, 'npm-fails'));
  assert.equal((await start(t, project)).status, 0);
});

test('R74 a project folder that this user may not write is named', {
  skip: ordinary.reason,
}, async (t) => {
  const project = makeProject(t);
  const program = runProgram(t, [process.execPath, 'scripts/start.mjs'], {
    cwd: project,
    user: ordinary.user,
  });
  assert.equal((await program.ended()).status, 73);
  assert.match(program.output(), /may not write to .*copperpea-launch/);
});

test('R74 the screens are built when something they are made of has changed, and only then', async (t) => {
  const project = makeProject(t);
  mkdirSync(join(project, 'src/web'));
  writeFileSync(join(project, 'vite.config.ts'), '');
  writeFileSync(join(project, 'src/web/main.tsx'), 'one');
  assert.deepEqual((await start(t, project)).calls.slice(1), ['vite']);
  assert.deepEqual((await start(t, project)).calls, []);
  writeFileSync(join(project, 'src/web/main.test.tsx'), 'a test is no part of the screens');
  assert.deepEqual((await start(t, project)).calls, []);
  writeFileSync(join(project, 'src/web/main.tsx'), 'two');
  writeFileSync(join(project, 'vite-fails'), '');
  const failed = await start(t, project);
  assert.equal(failed.status, 70);
  assert.match(failed.said, /screens could not be built/);
  rmSync(join(project, 'vite-fails'));
  assert.deepEqual((await start(t, project)).calls, ['vite'], 'a failed build is not taken for done');
});
