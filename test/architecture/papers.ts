import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { expectSchemaListed } from './schema-listed.ts';
import { expectNone, filesUnder, foldersIn, readSource, root, valuesOf } from './source.ts';

test('db/schema.sql is what a fresh migrate makes', expectSchemaListed);

test('the types that queries know tables by have the columns that tables have', () => {
  const types = readSource('src/server/platform/db/schema.ts');
  const interfaces = new Map(
    [...types.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name, lines]) => [
      name as string,
      [...(lines as string).matchAll(/^ {2}(\w+):/gm)].map((found) => found[1] as string).sort(),
    ]),
  );
  const listed =
    readSource('src/server/platform/db/schema.ts').match(/interface DB \{([\s\S]*?)\}/)?.[1] ?? '';
  const typeOf = new Map(
    [...listed.matchAll(/(\w+): (\w+);/g)].map(([, table, name]) => [table as string, name as string]),
  );
  const offenders = tablesOf('db/schema.sql').flatMap(({ table, columns }) => {
    const known = interfaces.get(typeOf.get(table) ?? '') ?? [];
    return [
      ...columns
        .filter((column) => !known.includes(column))
        .map((column) => `${table}.${column} has no type`),
      ...known
        .filter((column) => !columns.includes(column))
        .map((column) => `${table}.${column} is no column`),
    ];
  });
  expectNone(offenders, 'Run npm run db:types.');
});

function tablesOf(listing: string): { table: string; columns: string[] }[] {
  return [...readSource(listing).matchAll(/^create table (\w+) \(\n([^;]*)\n\);/gm)].map(
    ([, table, lines]) => ({
      table: table as string,
      columns: [...(lines as string).matchAll(/^ {2}(?!constraint )(\w+) /gm)].map(
        (found) => found[1] as string,
      ),
    }),
  );
}

test('every table is guarded by row security and has a uuid key and created_at', () => {
  const ownBookkeeping = ['migrations'];
  const text = readSource('db/schema.sql');
  const offenders = [...text.matchAll(/^create table (\w+) \(\n([^;]*)\n\);/gm)]
    .filter(([, table]) => !ownBookkeeping.includes(table as string))
    .flatMap(([, table, lines]) => [
      ...(text.includes(`alter table ${table} enable row level security;`)
        ? []
        : [`${table}: no row security`]),
      ...(/^ {2}id uuid not null|^ {2}sha256 text not null/m.test(lines as string)
        ? []
        : [`${table}: no id uuid`]),
      ...(/^ {2}created_at timestamp with time zone not null/m.test(lines as string)
        ? []
        : [`${table}: no created_at`]),
    ]);
  expectNone(offenders, 'See “Data” in ARCHITECTURE.md.');
});

test('every foreign key can be followed backwards by an index', () => {
  const text = readSource('db/schema.sql');
  const indexed = new Map<string, string[]>();
  const add = (table: string, columns: string) =>
    indexed.set(table, [...(indexed.get(table) ?? []), columns.replaceAll(' ', '')]);
  for (const [, table, columns] of text.matchAll(
    /^create (?:unique )?index \w+ ON (\w+) USING \w+ \((.*?)\)(?: WHERE.*)?;/gm,
  ))
    add(table as string, columns as string);
  const keys: { table: string; columns: string }[] = [];
  for (const [, table, lines] of text.matchAll(/^create table (\w+) \(\n([^;]*)\n\);/gm)) {
    for (const [, columns] of (lines as string).matchAll(/(?:PRIMARY KEY|UNIQUE) \(([^)]*)\)/g))
      add(table!, columns!);
    for (const [, columns] of (lines as string).matchAll(/FOREIGN KEY \(([^)]*)\)/g))
      keys.push({ table: table!, columns: columns!.replaceAll(' ', '') });
  }
  const offenders = keys
    // Who did it: people are disabled, never deleted, so nobody looks these up from that end.
    .filter(({ columns }) => !/_by_id$/.test(columns))
    .filter(
      ({ table, columns }) =>
        !(indexed.get(table) ?? []).some((index) => `${index},`.startsWith(`${columns},`)),
    )
    .map(({ table, columns }) => `${table} (${columns})`);
  expectNone(offenders, 'Add an index that begins with these columns.');
});

test('the tree in ARCHITECTURE.md is the tree of folders', () => {
  const listed = treeOf('ARCHITECTURE.md');
  const shown = [
    '.',
    'db',
    'docs',
    'locales',
    'src',
    'src/domain',
    'src/server',
    'src/server/platform',
    'src/web',
    'test',
  ];
  const present = shown
    .flatMap(foldersIn)
    .filter((path) => !path.startsWith('.'))
    .filter((path) => path !== 'src' && !['domain', 'server', 'web'].some((roof) => path === `src/${roof}`));
  const offenders = [
    ...listed
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${path}/ is listed and not there`),
    ...present.filter((path) => !covered(path, listed)).map((path) => `${path}/ is there and not listed`),
  ];
  expectNone(offenders, 'Change the tree in ARCHITECTURE.md together with the folders.');
});

/** A module's folder is covered by `src/domain/<module>/`, another one by its own line. */
function covered(path: string, listed: string[]): boolean {
  return listed.includes(path) || listed.some((other) => other.startsWith(`${path}/`));
}

/** Folders in the first code block: each line begins with a path that ends in a slash; braces list several. */
function treeOf(paper: string): string[] {
  const block = /```text\n([\s\S]*?)```/.exec(readFileSync(join(root, paper), 'utf8'))?.[1] ?? '';
  return block.split('\n').flatMap((line) => {
    const path = /^([\w./{},-]+)\/(?=\s|$)/.exec(line)?.[1];
    if (!path) return [];
    const braces = /^(.*)\{([^}]+)\}(.*)$/.exec(path);
    return braces
      ? (braces[2] as string).split(',').map((part) => `${braces[1]}${part}${braces[3]}`)
      : [path];
  });
}

test('files that the papers name are there', () => {
  const papers = [
    'README.md',
    'README.zh-CN.md',
    'ARCHITECTURE.md',
    'STYLE.md',
    ...filesUnder('docs', /\.md$/),
  ];
  const offenders = papers.flatMap((paper) =>
    [...readSource(paper).matchAll(/(?:`|\]\()((?:src|test|db|docs|scripts|locales|bench)\/[\w./-]+\.\w+)/g)]
      .map((found) => found[1] as string)
      .filter((path) => !existsSync(join(root, path)) && !/NNNN/.test(path))
      .map((path) => `${paper}: ${path}`),
  );
  expectNone(offenders, 'The paper tells of something that is not there.');
});

test('links between the papers lead somewhere', () => {
  const offenders = papersOf().flatMap((paper) =>
    [...readSource(paper).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .map((found) => join(dirname(paper), found[1] as string))
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${paper} → ${path}`),
  );
  expectNone(offenders, 'A link to nowhere.');
});

test('each decision has a number of its own, as its name and its title say', () => {
  const decisions = papersOf().filter((paper) => paper.startsWith('docs/decisions/'));
  const numberOf = (paper: string) => basename(paper).slice(0, 4);
  const offenders = decisions.filter(
    (paper) =>
      !readSource(paper).startsWith(`# ${Number(numberOf(paper))}. `) ||
      decisions.some((other) => other !== paper && numberOf(other) === numberOf(paper)),
  );
  expectNone(offenders, 'Two decisions under one number, or a title with another one.');
});

test('commands that the papers and helps name can be run', () => {
  const { scripts } = JSON.parse(readSource('package.json')) as { scripts: Record<string, string> };
  const texts = [
    ...papersOf(),
    'locales/parts/start.zh-CN.json',
    'locales/parts/start.en.json',
    ...filesUnder('scripts'),
  ];
  const offenders = texts.flatMap((path) =>
    [...readSource(path).matchAll(/\bnpm run ([\w:-]+)/g)]
      .map((found) => found[1] as string)
      .filter((name) => !(name in scripts))
      .map((name) => `${path}: npm run ${name}`),
  );
  expectNone(offenders, 'There is no such script in package.json.');
});

function papersOf(): string[] {
  return [
    'README.md',
    'README.zh-CN.md',
    'ARCHITECTURE.md',
    'STYLE.md',
    'CHANGELOG.md',
    ...filesUnder('docs', /\.md$/),
  ];
}

test('every setting stands in both READMEs, and no other', () => {
  const settings = [
    ...readSource('src/server/platform/settings.ts').matchAll(/env\.([A-Z_]+)|\(env, '([A-Z_]+)'/g),
  ].map((found) => (found[1] ?? found[2]) as string);
  const offenders = ['README.md', 'README.zh-CN.md'].flatMap((paper) => {
    const listed = readSource(paper)
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) =>
        [...(line.split('|')[1] as string).matchAll(/`([A-Z_]+)`/g)].map((found) => found[1] as string),
      );
    return [
      ...settings.filter((name) => !listed.includes(name)).map((name) => `${paper} lacks ${name}`),
      ...listed
        .filter((name) => !settings.includes(name))
        .map((name) => `${paper} lists ${name}, which is none`),
    ];
  });
  expectNone(offenders, 'The table of settings is src/server/platform/settings.ts in words.');
});

test('every exit code stands in the help of npm start', () => {
  const codes = [...readSource('src/server/platform/start-problems.ts').matchAll(/^ {2}\w+: (\d+),$/gm)].map(
    (found) => found[1] as string,
  );
  const offenders = ['zh-CN', 'en'].flatMap((language) => {
    const { start } = JSON.parse(readSource(`locales/parts/start.${language}.json`)) as {
      start: { launcher: { help: string } };
    };
    return codes
      .filter((code) => !start.launcher.help.includes(`\n  ${code}  `))
      .map((code) => `${language}: ${code}`);
  });
  expectNone(offenders, 'locales/parts/start.*.json, launcher.help.');
});

test('every table, kind, outcome and role has its word in the glossary', () => {
  // Tables whose shape is the sign-in library's, and the migrator's own list.
  const withoutWord = ['accounts', 'verifications', 'migrations', 'attempts'];
  const tables = [...readSource('db/schema.sql').matchAll(/^create table (\w+) /gm)].map(
    (found) => found[1] as string,
  );
  const words = [
    'ticketKinds',
    'outcomes',
    'ticketStates',
    'staffRoles',
    'stakeholderRoles',
    'readerLevels',
  ].flatMap((list) => valuesOf(list));
  const glossary = readSource('docs/GLOSSARY.md');
  const plain = glossary.toLowerCase();
  const offenders = [
    ...tables.filter((table) => !withoutWord.includes(table) && !glossary.includes(`\`${table}`)),
    ...words.filter(
      (word) => !plain.includes(word.replaceAll('_', ' ')) && !plain.includes(word.replaceAll('_', '-')),
    ),
  ];
  expectNone(offenders, 'One thing, one word: write it into docs/GLOSSARY.md in both languages.');
});
