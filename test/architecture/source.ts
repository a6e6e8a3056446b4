import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Reads the project's source the way the architecture test needs it: files, imports, calls. No compiler. */

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** In order: each module may use only those to its left. The one list that order is held against. */
export const moduleOrder = [
  'audit',
  'people',
  'calendar',
  'customers',
  'knowledge',
  'evidence',
  'promises',
  'tickets',
  'visits',
  'incidents',
  'reports',
  'search',
  'channels',
  'imports',
  'automation',
] as const;

export const isModule = (name: string | undefined): boolean =>
  (moduleOrder as readonly string[]).includes(name ?? '');

export const rankOf = (name: string): number => (moduleOrder as readonly string[]).indexOf(name);

const ignored = /^(node_modules|dist|data|\.git|test-results|playwright-report)$/;

/** Files under a folder, as paths from the root, sorted. */
export function filesUnder(folder: string, ending = /\.(ts|tsx|mjs)$/): string[] {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  const found: string[] = [];
  for (const entry of readdirSync(start, { withFileTypes: true })) {
    if (ignored.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...filesUnder(path, ending));
    else if (ending.test(entry.name)) found.push(path);
  }
  return found.sort();
}

/** Folders directly in a folder, as paths from the root, sorted. A folder without files is none: git keeps none. */
export function foldersIn(folder: string): string[] {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !ignored.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .filter((path) => filesUnder(path, /./).length > 0)
    .sort();
}

const texts = new Map<string, string>();

export function readSource(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(join(root, path), 'utf8');
  texts.set(path, text);
  return text;
}

const codes = new Map<string, string>();

/** The source with its comments blanked out, so that a word in a comment is no code. Strings stay. */
export function codeOf(path: string): string {
  const known = codes.get(path);
  if (known !== undefined) return known;
  const code = withoutComments(readSource(path));
  codes.set(path, code);
  return code;
}

// A slash after one of these opens a regular expression, elsewhere it divides.
const beforeRegex = /(^|[(,=:[!&|?{};+\n<>]|\breturn|\btypeof)\s*$/;
const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\//g;

function withoutComments(source: string): string {
  let code = '';
  let at = 0;
  token.lastIndex = 0;
  for (let found = token.exec(source); found; found = token.exec(source)) {
    code += source.slice(at, found.index);
    at = found.index + found[0].length;
    if (found[0].startsWith('//') || found[0].startsWith('/*')) code += found[0].replace(/[^\n]/g, ' ');
    else if (found[0] === '/' && beforeRegex.test(code.slice(-20))) {
      const regex = /^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//.exec(source.slice(found.index));
      code += regex?.[0] ?? '/';
      at = found.index + (regex?.[0].length ?? 1);
      token.lastIndex = at;
    } else code += found[0];
  }
  return code + source.slice(at);
}

export type Import = { from: string; to: string; typeOnly: boolean };

const importing =
  /(?:^|[\n;])\s*(?:import|export)\s+(type\s+)?(?:[\w*${},\s]+?\s+from\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** What a file imports: paths from the root for our own files, bare names for packages. */
export function importsOf(path: string): Import[] {
  return [...codeOf(path).matchAll(importing)].map((found) => ({
    from: path,
    to: resolveImport(path, (found[2] ?? found[3]) as string),
    typeOnly: found[1] !== undefined,
  }));
}

export function resolveImport(from: string, to: string): string {
  if (to.startsWith('.')) return relative(root, join(root, dirname(from), to));
  return to.replace(/^#(domain|server|web)\//, 'src/$1/').replace(/^#test\//, 'test/');
}

/** `src/server/tickets/actions/x.ts` → `{ roof: 'server', module: 'tickets', rest: 'actions/x.ts' }`. */
export function placeOf(path: string): { roof: string; module: string; rest: string } | null {
  const found = /^src\/(domain|server|web)\/(?:([^/]+)\/)?(.+)$/.exec(path);
  return found ? { roof: found[1] as string, module: found[2] ?? '', rest: found[3] as string } : null;
}

/** The text between a bracket at `open` and its partner, brackets in strings left out of the count. */
export function between(code: string, open: number): string {
  let depth = 0;
  const pattern = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|[()[\]{}]/g;
  pattern.lastIndex = open;
  for (let found = pattern.exec(code); found; found = pattern.exec(code)) {
    if (/^[([{]$/.test(found[0])) depth += 1;
    if (/^[)\]}]$/.test(found[0])) depth -= 1;
    if (depth === 0) return code.slice(open + 1, found.index);
  }
  return code.slice(open + 1);
}

/** Splits a call's arguments at its own commas. */
export function argumentsOf(inside: string): string[] {
  const list: string[] = [];
  let depth = 0;
  let start = 0;
  for (const found of inside.matchAll(
    /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|[()[\]{},]/g,
  )) {
    if (/^[([{]$/.test(found[0])) depth += 1;
    else if (/^[)\]}]$/.test(found[0])) depth -= 1;
    else if (found[0] === ',' && depth === 0) {
      list.push(inside.slice(start, found.index).trim());
      start = found.index + 1;
    }
  }
  return [...list, inside.slice(start).trim()].filter((part) => part !== '');
}

/** Fails with a sentence and the offenders, one a line. */
export function expectNone(offenders: readonly string[], sentence: string): void {
  if (offenders.length === 0) return;
  throw new Error(`${sentence}\n  ${[...new Set(offenders)].join('\n  ')}\n`);
}

/** The values of a list such as `export const outcomes = ['solved', …]`, wherever the domain declares it. */
export function valuesOf(list: string): string[] {
  const text = filesUnder('src/domain').map(readSource).join('\n');
  const found = new RegExp(`const ${list} = \\[([^\\]]*)\\]`).exec(text);
  return [...(found?.[1] ?? '').matchAll(/'(\w+)'/g)].map((value) => value[1] as string);
}
