import { test } from 'node:test';
import { codeOf, expectNone, filesUnder, isModule, placeOf, readSource } from './source.ts';

const everywhere = ['src', 'test', 'bench', 'scripts', 'db'].flatMap((folder) =>
  filesUnder(folder, /\.(ts|tsx|mjs|css|sql)$/),
);

/** Files of a server module that are none of its roles, each with the reason why it may stand there. */
const besidesTheRoles: Record<string, string> = {
  'src/server/people/better-auth.ts': 'sign-in is the one named exception to the route line',
  'src/server/people/sign-in.ts': 'sign-in: who calls',
  'src/server/people/sign-in-endpoints.ts': 'sign-in: the paths of better-auth that are open',
  'src/server/people/sign-in-errors.ts': 'sign-in: its errors as refusals',
  'src/server/people/sign-in-limits.ts': 'sign-in: how often',
  'src/server/people/sign-in-routes.ts': 'sign-in: its paths put under the server',
  'src/server/people/sign-in-story.ts': 'sign-in: its events',
  'src/server/people/attempts.ts': 'sign-in: tries counted over all processes',
  'src/server/people/secret.ts': 'sign-in: the secret that seals sessions',
  'src/server/people/module.ts': 'sign-in needs more of the whole than a list of routes',
  'src/server/reports/rendering': 'from facts to paper: words, layout, the printers',
  'src/server/channels/mail': 'a door of its own: letters, to whom, and their way out',
  'src/server/channels/mail-in': 'a door of its own: raw mails read',
  'src/server/channels/mailboxes': 'a thing of its own: settings, connections and how they are',
  'src/server/channels/portal': 'a door of its own, with its queries and actions',
  'src/server/imports/command': 'what the command says at the terminal',
  'src/server/imports/reading': 'files of other desks as records',
};

/** Files that may be longer than what reads in one sitting. */
const longerThanUsual: Record<string, string> = {
  'db/schema.sql': 'a listing, made by a script',
  'src/server/platform/db/schema.ts': 'types of all tables, made by a script',
};

const longest = 350;
// Tables of cases are read row by row.
const longestTest = 500;

test('files of a server module are named by their role', () => {
  const role =
    /^(routes|actions|queries|listeners|jobs)\.ts$|^(actions|queries|listeners|jobs)\/[\w-]+\.ts$|^(.+\/)?[\w-]+\.test\.ts$/;
  const offenders = filesUnder('src/server').filter((path) => {
    const place = placeOf(path);
    if (!place || !isModule(place.module) || role.test(place.rest)) return false;
    return !Object.keys(besidesTheRoles).some((known) => path === known || path.startsWith(`${known}/`));
  });
  expectNone(
    offenders,
    'routes, actions, queries, listeners, jobs (a file or a folder of it), or listed here with a reason.',
  );
});

test('what is listed as an exception still stands', () => {
  const listed = [...Object.keys(besidesTheRoles), ...Object.keys(longerThanUsual)];
  const offenders = listed.filter(
    (path) => !everywhere.some((file) => file === path || file.startsWith(`${path}/`)),
  );
  expectNone(offenders, 'Remove it from the list in test/architecture/names.ts.');
});

test('no file or folder is named for nothing in particular', () => {
  const vague = /^(utils?|helpers?|common|misc|managers?|services?|types)(\.|$)/;
  const offenders = everywhere.filter((path) => path.split('/').some((part) => vague.test(part)));
  expectNone(offenders, 'Name it by what it does.');
});

test('files are kebab-case, React components PascalCase', () => {
  const offenders = everywhere.filter((path) => {
    const name = path.split('/').at(-1) as string;
    if (path.startsWith('db/migrations/')) return !/^\d{4}_[a-z_]+\.sql$/.test(name);
    if (path.endsWith('.tsx')) return !/^([A-Z][A-Za-z0-9]*|[a-z][a-z0-9-]*)(\.test)?\.tsx$/.test(name);
    return !/^([a-z][a-z0-9]*(-[a-z0-9]+)*|[A-Z][A-Za-z0-9]*\.module)(\.test|\.module|\.d)?\.(ts|mjs|css|sql)$/.test(
      name,
    );
  });
  expectNone(offenders, 'kebab-case.ts, PascalCase.tsx, db/migrations/NNNN_what.sql.');
});

test('a file reads in one sitting', () => {
  const offenders = everywhere
    .filter((path) => !(path in longerThanUsual))
    .map((path) => ({ path, lines: readSource(path).split('\n').length - 1 }))
    .filter(({ path, lines }) => lines > (path.endsWith('.test.ts') ? longestTest : longest))
    .map(({ path, lines }) => `${path}: ${lines} lines`);
  expectNone(
    offenders,
    `More than ${longest} lines (${longestTest} of tests): split it by behaviour, or list it here with a reason.`,
  );
});

test('screens hold no Chinese text: sentences stand in locales/', () => {
  const offenders = filesUnder('src/web', /\.tsx?$/)
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .flatMap((path) =>
      codeOf(path)
        .split('\n')
        .flatMap((text, index) => (/[㐀-鿿]/.test(text) ? [`${path}:${index + 1} ${text.trim()}`] : [])),
    );
  expectNone(offenders, 'Put the sentence into locales/parts and name its key.');
});

test('the server speaks no language: its sentences stand in locales/', () => {
  // Not sentences of ours: the sample company’s words, the names of the first calendar and of the customer who
  // stands for unknown senders, which people may change.
  // What mail programs write is quoted where it is recognised.
  const known = [
    'src/server/sample/',
    'src/server/calendar/listeners.ts',
    'src/server/channels/mail-in/charsets.ts',
    'src/domain/channels/quotes/',
    'src/domain/channels/auto-replies.ts',
    'src/domain/channels/bounces.ts',
    'src/domain/channels/subject.ts',
    'src/server/customers/actions/senders.ts',
    // What exports of other desks write for yes and no.
    'src/domain/imports/mapped-tickets.ts',
    // The words of a question that a search weighs low.
    'src/domain/search/question-words.ts',
  ];
  const offenders = [...filesUnder('src/server'), ...filesUnder('src/domain')]
    .filter((path) => !path.endsWith('.test.ts') && !known.some((start) => path.startsWith(start)))
    .flatMap((path) =>
      codeOf(path)
        .split('\n')
        .flatMap((text, index) => (/[㐀-鿿]/.test(text) ? [`${path}:${index + 1} ${text.trim()}`] : [])),
    );
  expectNone(offenders, 'Name a key; the screen, the terminal or the mail says it in the reader’s language.');
});

test('comments carry no banners and no notes for later', () => {
  const offenders = everywhere
    .filter((path) => !path.startsWith('test/architecture/'))
    .flatMap((path) =>
      readSource(path)
        .split('\n')
        .flatMap((text, index) =>
          /(\/\/|\*|--).*([─═]{3,}|[-=*#]{6,})|\b(TODO|FIXME|XXX|HACK)\b/.test(text)
            ? [`${path}:${index + 1} ${text.trim().slice(0, 60)}`]
            : [],
        ),
    );
  expectNone(
    offenders,
    'A file that needs headings wants to be several files; what is left to do is an issue.',
  );
});

test('rules return refusals and never throw them', () => {
  const offenders = filesUnder('src/domain')
    .filter((path) => !path.endsWith('.test.ts'))
    .filter((path) => /throw new Refusal/.test(codeOf(path)));
  expectNone(offenders, 'Return it; the action passes it on with unlessRefused.');
});

test('every test is run by npm test', () => {
  const runner = readSource('scripts/test.mjs');
  const folders = [...runner.matchAll(/tests(Under|In)\('([^']+)'\)/g)].map(([, how, folder]) => ({
    how,
    folder: folder as string,
  }));
  const offenders = everywhere
    .filter((path) => /\.test\.tsx?$/.test(path) && path !== 'test/architecture.test.ts')
    .filter((path) => {
      const place = path.replace(/\/[^/]*$/, '');
      return !folders.some(({ how, folder }) =>
        how === 'In' ? place === folder : place === folder || place.startsWith(`${folder}/`),
      );
    });
  expectNone(offenders, 'Add its folder to a stage of scripts/test.mjs.');
});

test('migrations are numbered without gaps', () => {
  const numbers = filesUnder('db/migrations', /\.sql$/).map((path) => Number(/(\d{4})_/.exec(path)?.[1]));
  const offenders = numbers.filter((number, index) => number !== index + 1).map(String);
  expectNone(offenders, 'They are applied by number, forward only.');
});
