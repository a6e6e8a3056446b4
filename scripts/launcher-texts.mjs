// What the launchers say, before anything is installed: straight from the sources of locales/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const chosen = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
const language = chosen.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
const { start } = JSON.parse(readFileSync(join(root, `locales/parts/start.${language}.json`), 'utf8'));

export const texts = start.launcher;

/** Says a problem of start.problems in two sentences and ends with its exit code. */
export function sayAndExit(code, exitCode, params = {}) {
  const { text, next } = start.problems[code];
  const fill = (sentence) => sentence.replace(/\{\{(\w+)\}\}/g, (_, name) => params[name] ?? '');
  console.error(`${fill(text)}\n${fill(next)}`);
  process.exit(exitCode);
}
