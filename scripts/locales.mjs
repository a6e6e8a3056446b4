#!/usr/bin/env node
// Merges locales/parts/<name>.<language>.json into locales/<language>.json, keys sorted, and refuses what would
// surprise a reader: the same key in two parts, a key in one language only, other placeholders than its twin.
// `--check` changes nothing and ends with 1 when the merged files are behind or a screen names a missing key.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const partsFolder = join(root, 'locales/parts');
const languages = ['zh-CN', 'en'];
const check = process.argv.includes('--check');
const complaints = [];

if (process.argv.includes('--help')) {
  console.log(
    'node scripts/locales.mjs [--check]   merges locales/parts/* into locales/zh-CN.json and en.json',
  );
  process.exit(0);
}

function leavesOf(tree, path = []) {
  return Object.entries(tree).flatMap(([key, value]) =>
    value !== null && typeof value === 'object'
      ? leavesOf(value, [...path, key])
      : [[[...path, key].join('.'), value]],
  );
}

function collect(language) {
  const texts = new Map();
  const origin = new Map();
  const files = readdirSync(partsFolder)
    .filter((name) => name.endsWith(`.${language}.json`))
    .sort();
  for (const file of files) {
    for (const [key, text] of leavesOf(readPart(file))) {
      if (typeof text !== 'string' || text.trim() === '')
        complaints.push(`${file}: ${key} is not a sentence`);
      if (texts.has(key)) complaints.push(`${key} stands in both ${origin.get(key)} and ${file}`);
      texts.set(key, text);
      origin.set(key, file);
    }
  }
  return texts;
}

function readPart(file) {
  try {
    return JSON.parse(readFileSync(join(partsFolder, file), 'utf8'));
  } catch (error) {
    complaints.push(`${file}: ${error.message}`);
    return {};
  }
}

const placeholders = (text) =>
  [...new Set(text.match(/\{\{\s*[\w.]+/g) ?? [])].map((found) => found.replace(/\{\{\s*/, '')).sort();
// Chinese has one plural form, English two: the twin of `x_other` may be `x_one` plus `x_other`.
const pluralBase = (key) => key.replace(/_(one|other)$/, '');

function compare(zh, en) {
  for (const [from, to, where] of [
    [zh, en, 'en'],
    [en, zh, 'zh-CN'],
  ]) {
    const bases = new Set([...to.keys()].map(pluralBase));
    for (const key of from.keys())
      if (!bases.has(pluralBase(key))) complaints.push(`${key} is missing in ${where}`);
  }
  for (const [key, text] of zh) {
    const twin = en.get(key);
    if (twin !== undefined && placeholders(text).join() !== placeholders(twin).join())
      complaints.push(`${key}: placeholders differ ({${placeholders(text)}} and {${placeholders(twin)}})`);
  }
}

function nest(texts) {
  const tree = {};
  for (const key of [...texts.keys()].sort()) {
    const steps = key.split('.');
    let branch = tree;
    for (const step of steps.slice(0, -1)) {
      if (typeof branch[step] === 'string')
        complaints.push(`${key}: ${step} is a sentence and a folder at once`);
      branch = branch[step] = typeof branch[step] === 'object' ? branch[step] : {};
    }
    branch[steps.at(-1)] = texts.get(key);
  }
  return `${JSON.stringify(tree, null, 2)}\n`;
}

/** Keys that screens name literally: t('tickets.close.title'). Computed keys can't be seen here. */
function namedKeys(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      // A comment may quote what stands on the screen.
      const code = readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|[\s;{}])\/\/.*/gm, '');
      if (/\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && /[\u4e00-\u9fff]/.test(code))
        complaints.push(`${path.slice(root.length)}: Chinese text belongs into locales/parts`);
      return [...code.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map((found) => [found[1], path.slice(root.length)]);
    });
}

const [zh, en] = languages.map(collect);
compare(zh, en);
const merged = { 'zh-CN': nest(zh), en: nest(en) };
if (check) {
  const bases = new Set([...zh.keys()].map(pluralBase));
  for (const [key, path] of namedKeys(join(root, 'src/web')))
    if (!bases.has(key)) complaints.push(`${path}: ${key} has no text`);
  for (const language of languages) {
    if (readFileSync(join(root, `locales/${language}.json`), 'utf8') !== merged[language])
      complaints.push(`locales/${language}.json is behind its parts: run node scripts/locales.mjs`);
  }
}
if (complaints.length > 0) {
  console.error([...new Set(complaints)].join('\n'));
  process.exit(1);
}
if (!check)
  for (const language of languages) writeFileSync(join(root, `locales/${language}.json`), merged[language]);
console.log(`${zh.size} texts in ${languages.join(' and ')}`);
