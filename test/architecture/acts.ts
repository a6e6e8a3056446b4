import { test } from 'node:test';
import { argumentsOf, between, codeOf, expectNone, filesUnder, resolveImport } from './source.ts';

type RouteLine = {
  path: string;
  kind: string;
  line: string;
  permission: string;
  handler: string;
  options: string;
};

const server = filesUnder('src/server').filter((path) => !path.endsWith('.test.ts'));
const routes = server.flatMap(routeLines);
const policies = [...filesUnder('src/domain'), ...server].flatMap(permissionsIn);

function routeLines(path: string): RouteLine[] {
  const code = codeOf(path);
  const pattern = /\b(read|write|raw)(\()\s*'((?:GET|POST|PATCH|PUT|DELETE) [^']+)',\s*'([\w.]+)'/g;
  return [...code.matchAll(pattern)].map((found) => {
    const parts = argumentsOf(between(code, found.index + (found[1] as string).length));
    const [, kind, , line, permission] = found as unknown as string[];
    return {
      path,
      kind,
      line,
      permission,
      handler: parts[kind === 'raw' ? 2 : 3] ?? '',
      options: parts[4] ?? '',
    } as RouteLine;
  });
}

function permissionsIn(path: string): { path: string; permission: string; roles: string }[] {
  return [...chunksOf(path)]
    .filter(([name]) => /[pP]olicy$/.test(name))
    .flatMap(([, text]) => [...text.matchAll(/^\s*'([a-z_]+(?:\.[a-z_]+)+)':(.*)/gm)])
    .map((found) => ({ path, permission: found[1] as string, roles: found[2] as string }));
}

test('route lines are found at all', () => {
  const few = routes.length < 20 || policies.length < 20;
  expectNone(few ? [`${routes.length} routes, ${policies.length} permissions`] : [], 'The search is broken.');
});

test('every route names a permission that stands in a policy', () => {
  const known = new Set(policies.map(({ permission }) => permission));
  const offenders = routes.filter(({ permission }) => !known.has(permission));
  expectNone(
    offenders.map(({ path, line, permission }) => `${path}: ${line} → ${permission}`),
    'Write the permission into src/domain/<module>/policy.ts.',
  );
});

test('every permission of a policy has its route', () => {
  const used = new Set(routes.map(({ permission }) => permission));
  const offenders = policies.filter(({ permission }) => !used.has(permission));
  expectNone(
    offenders.map(({ path, permission }) => `${path}: ${permission}`),
    'A permission that opens nothing misleads: add the route or remove the entry.',
  );
});

test('an operation has one name, one policy entry and one route', () => {
  const seenTwice = (list: string[]) => list.filter((name, index) => list.indexOf(name) !== index);
  const names = routes.filter(({ kind }) => kind !== 'raw').map(({ permission }) => permission);
  expectNone(seenTwice(names), 'Two routes with one permission: operationId must be unique.');
  expectNone(seenTwice(policies.map(({ permission }) => permission)), 'It stands in two policies.');
  expectNone(seenTwice(routes.map(({ line }) => line)), 'The same path twice.');
});

test('only acts on visits ask for the role themselves', () => {
  const asking = server
    .filter((path) => /\basksForRole\b/.test(codeOf(path)))
    .filter((path) => !path.startsWith('src/server/platform/'));
  expectNone(
    asking.filter((path) => path !== 'src/server/visits/routes.ts'),
    'Whoever lacks the role comes to the action then: it must refuse by itself.',
  );
  const late = routes.filter(({ options }) => options !== '' && /\blate\b|asksForRole/.test(options));
  const offenders = late.filter(({ handler }) => !/^actOn\(/.test(handler));
  expectNone(late.length === 0 ? ['no route is found that does'] : [], 'The search is broken.');
  expectNone(
    offenders.map(({ line, handler }) => `${line} → ${handler}`),
    'actOn asks whose visit it is and which role its engineer holds.',
  );
});

test('reads are GET and writes are not', () => {
  const offenders = routes.filter(
    ({ kind, line }) => kind !== 'raw' && (kind === 'read') !== line.startsWith('GET '),
  );
  expectNone(
    offenders.map(({ path, line, kind }) => `${path}: ${kind} ${line}`),
    'GET must stay without effect.',
  );
});

test('the portal has its own paths: what only a contact may do, and nothing else, stands under /api/portal', () => {
  const onlyContacts = new Set(
    policies
      .filter(({ roles }) => /contact|customer_administrator/.test(roles) && !/staff|engineer/i.test(roles))
      .map(({ permission }) => permission),
  );
  const offenders = routes.filter(
    ({ line, permission }) => onlyContacts.has(permission) !== /^[A-Z]+ \/api\/portal\//.test(line),
  );
  expectNone(
    offenders.map(({ path, line, permission }) => `${path}: ${line} → ${permission}`),
    'Routes of the staff never admit contacts, routes of the portal never the staff.',
  );
});

test('every route is played by a test of its own', () => {
  const played = [...filesUnder('src/server'), ...filesUnder('test')]
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('test/long/'))
    .map(codeOf)
    .join('\n');
  const offenders = routes
    .filter(({ kind }) => kind !== 'raw')
    .filter(({ kind, line }) => {
      const [method, path] = line.split(' ') as [string, string];
      const written = path.replace(/\{\w+\}/g, "[^/\\s'`]+");
      return !new RegExp(`${kind === 'write' ? `${method} ` : ''}${written}(?=[\`'?\\s])`).test(played);
    });
  expectNone(
    offenders.map(({ line, permission }) => `${line} → ${permission}`),
    'Through HTTP: it works, is refused, is not allowed, its event is recorded.',
  );
});

// It does nothing itself: each act in it goes its own way through its own route, and records its own.
const carriesOthers = ['visits.act_together'];

test('every write records an event', () => {
  const offenders = routes
    .filter(({ permission }) => !carriesOthers.includes(permission))
    .filter(({ kind, line }) => kind === 'write' || (kind === 'raw' && !line.startsWith('GET')))
    .filter(({ path, handler, permission }) => !records({ path, permission, seen: new Set() }, handler));
  expectNone(
    offenders.map(({ path, line, handler }) => `${path}: ${line} → ${handler.slice(0, 60)}`),
    'Record what happened: ctx.record({…}) in the action, in the same transaction.',
  );
});

test('every event that somebody listens to is recorded somewhere', () => {
  const said = new Set(
    server
      .filter((path) => !/\/(listeners|routes)\.ts$/.test(path))
      .flatMap((path) =>
        [...codeOf(path).matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map((found) => found[1] as string),
      ),
  );
  const offenders = server
    .filter((path) => path.endsWith('listeners.ts'))
    .flatMap((path) =>
      [...codeOf(path).matchAll(/\bon: '([^']+)'/g)].map((found) => ({ path, name: found[1] as string })),
    )
    .filter(({ name }) => !said.has(name))
    .map(({ path, name }) => `${path}: ${name}`);
  expectNone(offenders, 'Nobody records an event of that name.');
});

test('every job that is enqueued has somebody who does it', () => {
  const all = server.map((path) => ({ path, code: codeOf(path) }));
  const done = new Set(
    all.flatMap(({ code }) => [...code.matchAll(/\btask: '([^']+)'/g)].map((found) => found[1])),
  );
  const offenders = all
    .flatMap(({ path, code }) =>
      [...code.matchAll(/\.enqueue\(\s*'([^']+)'/g)].map((found) => ({ path, task: found[1] })),
    )
    .filter(({ task }) => !done.has(task))
    .map(({ path, task }) => `${path}: ${task}`);
  expectNone(offenders, 'List the job in jobs.ts or the listener in listeners.ts of a module.');
});

/** Events that follow from other acts, and the family of acts that they tell of themselves (null: of none). */
const consequences: Record<string, string | null> = {
  'ticket.clock_restated': null,
  // A holiday that changes makes a new version of each calendar that has it.
  'calendar.edited': 'calendars',
};

type Search = { path: string; permission: string; seen: Set<string> };

/** Whether this piece of code, or anything of ours that it names, records the event of an act of that permission. */
function records(search: Search, text: string): boolean {
  const { path, permission, seen } = search;
  for (const found of text.matchAll(/\.record(\()/g)) {
    const note = between(text, found.index + '.record'.length);
    const consequence = Object.keys(consequences).find((name) => note.includes(`'${name}'`));
    if (!consequence || permission.startsWith(`${consequences[consequence]}.`)) return true;
  }
  const here = chunksOf(path);
  const imported = namesImported(path);
  for (const [name] of text.matchAll(/\b[A-Za-z_$][\w$]*\b/g)) {
    const there = imported.get(name);
    const [file, wanted] = there ? [there.file, there.name] : [path, name];
    const chunk = there ? server.includes(file) && chunksOf(file).get(wanted) : here.get(name);
    if (!chunk || seen.has(`${file} ${wanted}`)) continue;
    seen.add(`${file} ${wanted}`);
    if (/^(export )?(type|interface|class)\b/.test(chunk)) continue;
    if (records({ ...search, path: file }, chunk)) return true;
  }
  return false;
}

/** The top-level declarations of a file, by name. The formatter puts each at the start of a line. */
function chunksOf(path: string): Map<string, string> {
  const chunks = new Map<string, string>();
  const starts = /^(?:export )?(?:async )?(?:function\*?|const|let|class|type|interface) ([\w$]+)/gm;
  const code = codeOf(path);
  const found = [...code.matchAll(starts)];
  found.forEach((start, index) => {
    chunks.set(start[1] as string, code.slice(start.index, found[index + 1]?.index));
  });
  return chunks;
}

function namesImported(path: string): Map<string, { file: string; name: string }> {
  const names = new Map<string, { file: string; name: string }>();
  for (const [, list, from] of codeOf(path).matchAll(/import \{([^}]*)\} from '([^']+)'/g)) {
    for (const part of (list as string).split(',')) {
      const [name, local] = part.trim().split(/ as /);
      if (!name || name.startsWith('type ')) continue;
      names.set(local ?? name, { file: resolveImport(path, from as string), name });
    }
  }
  return names;
}
