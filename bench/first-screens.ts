import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { round } from './measure.ts';
import { root } from './processes.ts';
import type { Line } from './targets.ts';

const built = join(root, 'dist/web');

/** What vite made of each source file, as its manifest tells. */
type Chunk = { file: string; css?: string[]; imports?: string[]; isEntry?: boolean };

// Where each shell opens (src/web/app/router.tsx); what is loaded for it is read from the built screens themselves.
const homes = { desk: '/tickets', phone: '/tickets', portal: '/portal' } as const;

/** KB, compressed, that a browser loads until the first screen stands: page, code, styles and Chinese sentences. */
export function measureFirstScreens(print: (line: Line) => void): void {
  const manifest = readManifest();
  for (const [shell, home] of Object.entries(homes)) {
    const roots = [...entriesOf(manifest), frameOf(shell), screenAt(home, shell), '../../locales/zh-CN.json'];
    const files = new Set(['index.html', ...roots.flatMap((key) => filesOf(manifest, key))]);
    const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file))).length, 0);
    print({ figure: `screen.${shell}`, kb_gz: round(bytes / 1024, 1), files: files.size });
  }
}

function readManifest(): Record<string, Chunk> {
  const file = join(built, '.vite/manifest.json');
  if (!existsSync(file)) throw new Error('the screens are not built: npm run bench builds them');
  return JSON.parse(readFileSync(file, 'utf8'));
}

function entriesOf(manifest: Record<string, Chunk>): string[] {
  return Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
}

function filesOf(manifest: Record<string, Chunk>, key: string, seen = new Set<string>()): string[] {
  if (seen.has(key)) return [];
  seen.add(key);
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not among the built screens`);
  return [
    chunk.file,
    ...(chunk.css ?? []),
    ...(chunk.imports ?? []).flatMap((next) => filesOf(manifest, next, seen)),
  ];
}

function frameOf(shell: string): string {
  const found = source('app/shells.tsx').match(
    new RegExp(`${shell}: lazyRouteComponent\\(\\(\\) => import\\('\\./([^']+)'`),
  );
  if (!found) throw new Error(`no frame of the ${shell} in app/shells.tsx`);
  return `app/${found[1]}`;
}

function screenAt(path: string, shell: string): string {
  const line = new RegExp(
    `screen\\(\\s*'${path}',\\s*\\[([^\\]]*)\\],\\s*\\(\\) => import\\('\\.\\./([^']+)'`,
    'g',
  );
  for (const [, shells, file] of source('app/routes.tsx').matchAll(line)) {
    if (shells?.includes(`'${shell}'`)) return file as string;
  }
  throw new Error(`no screen at ${path} of the ${shell} in app/routes.tsx`);
}

function source(file: string): string {
  return readFileSync(join(root, 'src/web', file), 'utf8');
}
