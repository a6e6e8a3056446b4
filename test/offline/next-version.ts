import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = ['src', 'db', 'locales', 'package.json', 'tsconfig.base.json', 'vite.config.ts'];

/** What the next version writes behind a note that an older app left on the device. */
export const movedOn = '（旧版本所写）';
export const nextTitle = '本机已备资料（新版本）';

/** In which file, what stands there, and what stands there in the next version. */
const changes: [string, string, string][] = [
  ['src/web/ui/device.ts', 'schemaVersion = 1;', 'schemaVersion = 2;'],
  [
    'src/web/offline/machine/stored-act.ts',
    'steps: Steps = {};',
    `steps: Steps = {
  1: (stored) => {
    if (stored.act.name !== 'note') return stored;
    const { body } = stored.act;
    return { ...stored, act: { name: 'note', body: { ...body, body: body.body + '${movedOn}' } } };
  },
};`,
  ],
  [
    'src/web/offline/machine/database.ts',
    "      meta: 'id',\n    });",
    "      meta: 'id',\n    });\n    this.version(2).stores({ added: 'id' });",
  ],
  ['locales/zh-CN.json', '"title": "本机已备资料"', `"title": "${nextTitle}"`],
];

/**
 * A program one version on, in a folder of its own with its screens built: another schema of stored acts with a step to it,
 * another form of the device's store, and a title by which a person can tell it.
 */
export async function buildNextVersion(): Promise<{ folder: string; end(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'copperpea-next-'));
  const end = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const part of program) cpSync(join(root, part), join(folder, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, now, next] of changes) change(join(folder, file), now, next);
    await build(folder);
  } catch (error) {
    end();
    throw error;
  }
  return { folder, end };
}

function change(file: string, now: string, next: string): void {
  const text = readFileSync(file, 'utf8');
  if (text.split(now).length !== 2) throw new Error(`${file} does not say once: ${now}`);
  writeFileSync(
    file,
    text.replace(now, () => next),
  );
}

async function build(folder: string): Promise<void> {
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'];
  const child = spawn(process.execPath, vite, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`the next version's screens do not build:\n${said}`);
}
