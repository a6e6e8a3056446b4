import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { argumentsOf, between, codeOf, expectNone, filesUnder, root, valuesOf } from './source.ts';

const languages = ['zh-CN', 'en'] as const;
const merged = new Map(languages.map((language) => [language, readTexts(language)]));
const product = filesUnder('src').filter((path) => !/\.test\.tsx?$/.test(path));

/**
 * Keys that no source names in full because data completes them; `prefix.*`. Prefixes that stand in a template
 * literal (`tickets.states.${…}`) are found by themselves.
 */
const completedByData: Record<string, string> = {
  'refusals.*': 'the code of a refusal is its key',
  'start.*': 'what the launcher says, before anything is installed',
  'start_words.*': 'what the server says at the terminal',
  'reports_paper.*': 'the report’s paper, read by src/server/reports/rendering/texts.ts relative to this key',
  'import_words.*': 'what the import says at the terminal, read by src/server/imports/command/words.ts',
  'mail.*': 'letters, read by src/server/channels/mail/texts.ts relative to this key',
};

function readTexts(language: string): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (tree: object, path: string) => {
    for (const [key, value] of Object.entries(tree)) {
      const here = path === '' ? key : `${path}.${key}`;
      if (typeof value === 'string') texts.set(here, value);
      else walk(value, here);
    }
  };
  walk(JSON.parse(readFileSync(join(root, `locales/${language}.json`), 'utf8')), '');
  return texts;
}

/** English has two plural forms and Chinese one: `x_one`, `x_other` and `x` are one key. */
const baseOf = (key: string) => key.replace(/_(one|other|zero)$/, '');
const keysOf = (language: (typeof languages)[number]) =>
  new Set([...merged.get(language)!.keys()].map(baseOf));

test('both languages say the same things', () => {
  const [zh, en] = [keysOf('zh-CN'), keysOf('en')];
  const offenders = [
    ...[...zh].filter((key) => !en.has(key)).map((key) => `${key} is missing in en`),
    ...[...en].filter((key) => !zh.has(key)).map((key) => `${key} is missing in zh-CN`),
  ];
  expectNone(offenders, 'Write it in locales/parts in both languages.');
});

test('locales are what their parts add up to', () => {
  const done = spawnSync(process.execPath, ['scripts/locales.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expectNone(done.status === 0 ? [] : done.stderr.trim().split('\n'), 'Run node scripts/locales.mjs.');
});

test('Chinese sentences are Chinese, English ones English', () => {
  const han = /[\u3400-\u9fff]/;
  const unlike = [...merged.get('en')!].filter(
    // A language is named in its own writing, and examples quote what customers write.
    ([key, text]) => han.test(text) && !/(language|locale|example|placeholder)/.test(key),
  );
  expectNone(
    unlike.map(([key, text]) => `en ${key}: ${text}`),
    'A Chinese word in an English sentence.',
  );
});

test('every text that the code names exists', () => {
  const known = keysOf('zh-CN');
  const offenders = product.flatMap((path) =>
    [...codeOf(path).matchAll(/\b(?:t|i18n\.t)\(\s*'([a-z_]\w*(?:\.\w+)+)'|\bi18nKey="([\w.]+)"/g)]
      .map((found) => (found[1] ?? found[2]) as string)
      .filter((key) => !known.has(key) && !known.has(`mail.${key}`) && !known.has(`reports_paper.${key}`))
      .map((key) => `${path}: ${key}`),
  );
  expectNone(offenders, 'The screen would show the key instead of a sentence.');
});

test('every text is used', () => {
  const named = new Set<string>();
  // A screen may hand a whole folder of texts to a list: labelled(locales, 'contacts.locales').
  const folders = new Set<string>();
  const prefixes = Object.keys(completedByData).map((key) => key.replace(/\*$/, ''));
  for (const path of [...product, ...filesUnder('scripts'), 'vite.config.ts']) {
    for (const [, word] of codeOf(path).matchAll(/['"]([a-z_]\w*(?:\.\w+)+)['"]/g)) {
      named.add(word as string);
      if (path.startsWith('src/web/')) folders.add(word as string);
    }
    for (const [, start] of codeOf(path).matchAll(/`([a-z_]\w*\.(?:\w+\.)*\w*)\$\{/g))
      prefixes.push(start as string);
  }
  const offenders = [...keysOf('zh-CN')].filter(
    (key) =>
      !named.has(key) &&
      !folders.has(key.replace(/\.[^.]+$/, '')) &&
      !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  expectNone(offenders, 'Remove it from locales/parts, or use it.');
});

test('every refusal has its sentence and its next step in both languages', () => {
  const offenders = [...refusalCodes()].flatMap(([code, path]) =>
    languages.flatMap((language) =>
      ['text', 'next']
        .filter((part) => ![...keysOf(language)].includes(`refusals.${code}.${part}`))
        .map((part) => `${path}: refusals.${code}.${part} (${language})`),
    ),
  );
  expectNone(offenders, 'What the server refuses, the screen must be able to say: locales/parts.');
});

test('every sentence of a refusal belongs to one that the code can give', () => {
  const codes = [...refusalCodes().keys()];
  const starts = product.flatMap((path) =>
    [...codeOf(path).matchAll(/`([a-z_]+\.[a-z_]*)\$\{/g)].map((found) => found[1] as string),
  );
  const offenders = [...keysOf('zh-CN')]
    .filter((key) => key.startsWith('refusals.'))
    .map((key) => key.replace(/^refusals\.|\.(text|next)$/g, ''))
    .filter((code) => !codes.includes(code) && !starts.some((start) => code.startsWith(start)))
    .filter((code) => !product.some((path) => codeOf(path).includes(`'${code}'`)));
  expectNone(offenders, 'Nobody gives this refusal any more: remove its sentence.');
});

test('the blanks of a refusal’s sentence are filled by somebody', () => {
  const filled = new Set(
    product.flatMap((path) =>
      [...codeOf(path).matchAll(/\b([a-z]\w*)\b\s*[:,})]/g)].map((found) => found[1] as string),
    ),
  );
  const offenders = languages.flatMap((language) =>
    [...merged.get(language)!]
      .filter(([key]) => key.startsWith('refusals.'))
      .flatMap(([key, text]) =>
        [...text.matchAll(/\{\{\s*(\w+)/g)].map((found) => ({ key, name: found[1] as string })),
      )
      .filter(({ name }) => !filled.has(name))
      .map(({ key, name }) => `${language} ${key}: {{${name}}}`),
  );
  expectNone(offenders, 'No refusal carries a parameter of that name.');
});

/** Every code of a refusal or problem that the source can give, with a place where it stands. */
function refusalCodes(): Map<string, string> {
  const codes = new Map<string, string>();
  for (const path of product) {
    const code = codeOf(path);
    const note = (word: string) => {
      if (!codes.has(word)) codes.set(word, path);
    };
    const kinds = "'(?:invalid|unauthenticated|forbidden|not_found|conflict|limited)'";
    for (const found of code.matchAll(new RegExp(`${kinds},\\s*'([a-z_]+(?:\\.[a-z_]+)+)'`, 'g')))
      note(found[1]!);
    for (const found of code.matchAll(/\bnew Refusal(\()/g)) {
      const second = argumentsOf(between(code, found.index + 'new Refusal'.length))[1] ?? '';
      for (const word of wordsBehind(second, code)) note(word);
    }
    if (!path.endsWith('http/problems.ts')) continue;
    for (const found of code.matchAll(/'(ground\.[a-z_]+)'/g)) note(found[1]!);
  }
  return codes;
}

/** The codes in an argument: literal, chosen between two, or held by a constant of the same file. */
function wordsBehind(argument: string, code: string): string[] {
  const literals = (text: string) =>
    [...text.matchAll(/'([a-z_]+(?:\.[a-z_]+)+)'/g)].map((found) => found[1]!);
  if (!/^\w+$/.test(argument)) return literals(argument);
  return [...code.matchAll(new RegExp(`\\b${argument}\\s*[:=]([^;]*)`, 'g'))].flatMap((found) =>
    literals(found[1]!),
  );
}

test('every event has its words for the timeline and the audit', () => {
  const refusals = refusalCodes();
  const known = keysOf('zh-CN');
  const offenders = product
    .filter((path) => path.startsWith('src/server/'))
    .flatMap((path) => eventNames(codeOf(path)).map((name) => ({ path, name })))
    .filter(({ name }) => !refusals.has(name) && !known.has(`audit.events.${name}`))
    .map(({ path, name }) => `${path}: audit.events.${name}`);
  expectNone(offenders, 'The audit would show its code: write it into locales/parts.');
});

/** The names in `.record({ name: … })`; where that is a variable, every name of that form in the file. */
function eventNames(code: string): string[] {
  return [...code.matchAll(/\.record(\()/g)].flatMap((found) => {
    const note = between(code, found.index + '.record'.length);
    const name = /\bname:\s*([^,]+),/.exec(note)?.[1] ?? '';
    const within = name.includes("'")
      ? name
      : code.replace(/\btask: '[^']+'|\benqueue\('[^']+'|from '[^']+'/g, '');
    return [...within.matchAll(/'([a-z_]+\.[a-z_]+)'/g)]
      .map((each) => each[1] as string)
      .filter(
        (each) =>
          name.includes("'") || !/^(tickets|promises|users|contacts|customers|clock|files)\./.test(each),
      );
  });
}

test('one value has one word, on whichever screen it stands', () => {
  const lists = [
    'stakeholderRoles',
    'readerLevels',
    'ticketKinds',
    'ticketStates',
    'outcomes',
    'clockKinds',
    'staffRoles',
  ];
  const offenders = languages.flatMap((language) => {
    const folders = Map.groupBy(merged.get(language)!, ([key]) => key.replace(/\.[^.]+$/, ''));
    return lists.flatMap((list) => {
      const values = valuesOf(list);
      const tellings = [...folders]
        // Sentences about the values (hints, help, empty states) are no names of them.
        .filter(([folder]) => !/help|hint|why|title|empty/.test(folder))
        .map(([folder, texts]) => new Map(texts.map(([key, text]) => [key.slice(folder.length + 1), text])))
        .filter((texts) => values.every((value) => texts.has(value)));
      return values.flatMap((value) => {
        const words = [...new Set(tellings.map((texts) => texts.get(value)?.toLowerCase()))];
        return words.length > 1 ? [`${language} ${list} ${value}: ${words.join(' / ')}`] : [];
      });
    });
  });
  expectNone(offenders, 'Choose one of them; docs/GLOSSARY.md says which.');
});
