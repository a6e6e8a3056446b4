import { test } from 'node:test';
import {
  codeOf,
  expectNone,
  filesUnder,
  foldersIn,
  type Import,
  importsOf,
  isModule,
  moduleOrder,
  placeOf,
  rankOf,
  readSource,
} from './source.ts';

const domain = filesUnder('src/domain');
const server = filesUnder('src/server');
const web = filesUnder('src/web');
const isTest = (path: string) => /\.test\.tsx?$/.test(path);
const withoutTests = (paths: string[]) => paths.filter((path) => !isTest(path));
const line = ({ from, to }: Import) => `${from} imports ${to}`;

/** These put the modules together and may reach for all of them. */
const serverShell = /^src\/server\/((app|import-command|main|modules)\.ts$|sample\/)/;
const webShell = /^src\/web\/(app\/|[\w-]+\.tsx?$)/;

/** Files of a page on which things of modules to the right are shown, with what they show. */
const showsFromTheRight: Record<string, string> = {
  'src/web/customers/HappeningSections.tsx': 'promises on the customer’s page: the same card everywhere',
  'src/web/tickets/CloseTicketDialog.tsx': 'visits that are in the way of closing, called off on the spot',
  'src/web/tickets/HelpColumn.tsx': 'the visits of a ticket on its page, and its history at another desk',
  'src/web/tickets/TicketDialogs.tsx': 'a visit is planned from its ticket',
  'src/web/visits/desk/VisitScreen.tsx': 'the report on the page of its visit',
};

test('the domain uses only itself, zod and temporal-polyfill', () => {
  const allowed = ['zod', 'temporal-polyfill'];
  const offenders = withoutTests(domain)
    .flatMap(importsOf)
    .filter(({ to }) => !to.startsWith('src/domain/') && !allowed.includes(to));
  expectNone(offenders.map(line), 'The domain is pure rules: move what needs more to src/server or src/web.');
});

test('domain tests use only the domain, the test runner and the shared words of tests', () => {
  const offenders = domain
    .filter(isTest)
    .flatMap(importsOf)
    .filter(({ to }) => /^src\/(server|web)\//.test(to));
  expectNone(offenders.map(line), 'A rule is tested by itself.');
});

test('the server never uses the web, and the web never the server', () => {
  const offenders = [...server, ...web].flatMap(importsOf).filter(({ from, to }) => {
    const other = from.startsWith('src/server/') ? 'src/web/' : 'src/server/';
    return to.startsWith(other) && !isTest(from);
  });
  expectNone(offenders.map(line), 'What both need stands in src/domain.');
});

test('nothing in src uses what tests are made of', () => {
  const offenders = withoutTests([...domain, ...server, ...web])
    .flatMap(importsOf)
    .filter(({ to }) => to.startsWith('test/'));
  expectNone(offenders.map(line), 'Tests use the product, never the other way round.');
});

test('the platform knows no domain word: of the domain it uses only ground', () => {
  const offenders = withoutTests(server)
    .filter((path) => path.startsWith('src/server/platform/'))
    .flatMap(importsOf)
    .filter(({ to }) => to.startsWith('src/') && !/^src\/(server\/platform|domain\/ground)\//.test(to));
  expectNone(offenders.map(line), 'Hand it to the platform from src/server/app.ts or modules.ts instead.');
});

test('ground and web/ui know no module', () => {
  const offenders = [...domain, ...web]
    .filter((path) => /^src\/(domain\/ground|web\/ui)\//.test(path) && !isTest(path))
    .flatMap(importsOf)
    .filter(({ to }) => isModule(placeOf(to)?.module));
  expectNone(offenders.map(line), 'What knows a module belongs into that module.');
});

test('every folder of a roof is a module or a known foundation', () => {
  const foundations: Record<string, string[]> = {
    domain: ['ground'],
    server: ['platform', 'sample'],
    web: ['app', 'ui', 'offline', 'public'],
  };
  const offenders = Object.entries(foundations).flatMap(([roof, known]) =>
    foldersIn(`src/${roof}`).filter((path) => {
      const name = path.split('/').at(-1) as string;
      return !isModule(name) && !known.includes(name);
    }),
  );
  expectNone(offenders, `Folders are the modules (${moduleOrder.join(', ')}) under each roof.`);
});

test('a module uses only modules to its left', () => {
  const offenders = [...domain, ...server, ...web]
    .filter((path) => !serverShell.test(path) && !webShell.test(path))
    .flatMap(importsOf)
    .filter(({ from, to }) => {
      const [here, there] = [placeOf(from), placeOf(to)];
      if (!isModule(here?.module) || !isModule(there?.module)) return false;
      // A screen may read whatever the API answers: the customer's page shows the customer's tickets.
      if (here?.roof === 'web' && there?.roof === 'domain') return false;
      if (from in showsFromTheRight && there?.roof === 'web') return false;
      return rankOf(there!.module) > rankOf(here!.module);
    });
  expectNone(offenders.map(line), `In order: ${moduleOrder.join(' ‹ ')}. Learn of the right ones by events.`);
});

test('a server module reaches another one only through its queries and actions', () => {
  const offenders = withoutTests(server)
    .filter((path) => !serverShell.test(path))
    .flatMap(importsOf)
    .filter(({ from, to }) => {
      const [here, there] = [placeOf(from), placeOf(to)];
      if (there?.roof !== 'server' || !isModule(there.module) || here?.module === there.module) return false;
      return !/^(queries|actions)(\.ts$|\/)/.test(there.rest);
    });
  expectNone(offenders.map(line), 'Offer it in the queries or actions of that module.');
});

test('a module writes only its own tables, and reads none of a module to its right', () => {
  const owners = tableOwners();
  const offenders = withoutTests(server)
    .filter((path) => !serverShell.test(path))
    .flatMap((path) => tableUses(path).map((use) => ({ path, ...use, owner: owners.get(use.table) })))
    .filter(({ path, writes, owner }) => {
      const here = placeOf(path)?.module ?? '';
      if (owner === undefined || owner === here) return false;
      if (writes || here === 'platform') return true;
      return isModule(owner) && isModule(here) && rankOf(owner) > rankOf(here);
    })
    .map(({ path, table, writes, owner }) => `${path} ${writes ? 'writes' : 'reads'} ${table} of ${owner}`);
  expectNone(offenders, 'Call an action of the module that owns the table, or let it listen to an event.');
});

/** Whose a table is: the module named by the migration file that makes it, e.g. 0006_tickets.sql. */
function tableOwners(): Map<string, string> {
  const owners = new Map<string, string>();
  for (const path of filesUnder('db/migrations', /\.sql$/)) {
    const words = path
      .replace(/^.*\/\d{4}_/, '')
      .replace(/\.sql$/, '')
      .split('_');
    const owner = words.find((word) => word === 'platform' || isModule(word)) ?? words[0];
    for (const [, table] of readSource(path).matchAll(/^\s*create table (?:if not exists )?(\w+)/gim)) {
      owners.set(table as string, owner as string);
    }
  }
  return owners;
}

const building =
  /\.(insertInto|updateTable|deleteFrom|mergeInto|selectFrom|(?:inner|left|right|full|cross)Join(?:Lateral)?|using)\(\s*\[?\s*'(\w+)/g;
const speaking = /\b(insert into|update|delete from|from|join)\s+(\w+)/gi;

function tableUses(path: string): { table: string; writes: boolean }[] {
  const code = codeOf(path);
  const uses = [...code.matchAll(building)].map(([, verb, table]) => ({
    table: table as string,
    writes: /^(insertInto|updateTable|deleteFrom|mergeInto)$/.test(verb as string),
  }));
  for (const [, sql] of code.matchAll(/\bsql(?:<[^`]*?>)?`((?:\\.|[^`\\])*)`/g)) {
    for (const [, verb, table] of (sql as string).matchAll(speaking)) {
      uses.push({ table: table as string, writes: !/^(from|join)$/i.test(verb as string) });
    }
  }
  return uses;
}

test('the domain has no clock and no randomness of its own', () => {
  const banned =
    /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bMath\.random\b|\bcrypto\b|\bTemporal\.Now\b|\bperformance\.now\b/;
  const offenders = withoutTests(domain).flatMap((path) =>
    codeOf(path)
      .split('\n')
      .flatMap((text, index) => (banned.test(text) ? [`${path}:${index + 1} ${text.trim()}`] : [])),
  );
  expectNone(
    offenders,
    '`now` and ids are passed in, so that a rule says the same on both sides and in tests.',
  );
});
