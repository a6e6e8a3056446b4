import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import pg from 'pg';
import { openDatabase } from '#server/platform/postgres/open-database.ts';
import { exitCodes, explain, StartProblem } from '#server/platform/start-problems.ts';
import { startTestCluster } from '../cluster.ts';

const log = { info: () => {}, warn: () => {} };

async function problemOf(databaseUrl: string): Promise<StartProblem> {
  const error = await openDatabase({ databaseUrl, dataDir: '/nowhere', log }).then(
    () => null,
    (thrown) => thrown,
  );
  assert(error instanceof StartProblem, String(error));
  for (const language of ['en', 'zh-CN'] as const)
    assert.doesNotMatch(explain(error, language), /\{\{|undefined|:\s*$/);
  return error;
}

/** A server that answers each connection by `speak`. */
async function pretend(t: TestContext, speak: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    speak(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `postgres://me:secret@127.0.0.1:${(server.address() as { port: number }).port}/desk`;
}

// PostgreSQL's wire format: a letter, a length that counts itself, the content.
function message(letter: string, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(letter), length, content]);
}

function speakAsVersion14(socket: Socket): void {
  const ready = message('Z', Buffer.from('I'));
  socket.once('data', () => {
    socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]));
    socket.on('data', () => {
      const number = Buffer.from('140011');
      const one = Buffer.from([0, 1]);
      const column = Buffer.concat([
        Buffer.from('server_version_num\0'),
        Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 25]),
      ]);
      const width = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0]);
      const row = message('D', one, Buffer.from([0, 0, 0, number.length]), number);
      socket.write(
        Buffer.concat([message('T', one, column, width), row, message('C', Buffer.from('SHOW\0')), ready]),
      );
    });
  });
}

test('R74 DATABASE_URL: a server that is too old is named with its version', async (t) => {
  const problem = await problemOf(await pretend(t, speakAsVersion14));
  assert.equal(problem.code, 'database_too_old');
  assert.match(explain(problem, 'en'), /PostgreSQL 14; Copperpea needs 15 or later/);
});

test('R74 DATABASE_URL: nobody there, someone else there, nobody answering', async (t) => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as { port: number };
  closed.close();
  await once(closed, 'close');
  const cases = {
    connection_refused: `postgres://me@127.0.0.1:${port}/desk`,
    not_postgres: await pretend(t, (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    no_answer: await pretend(t, () => {}),
  };
  for (const [reason, url] of Object.entries(cases)) {
    const problem = await problemOf(url);
    assert.deepEqual([problem.code, problem.params.reason], ['database_unreachable', reason]);
  }
});

test('R74 DATABASE_URL: what is no address is said so, without repeating the password', async () => {
  for (const url of ['localhost', 'mysql://me:secret@localhost/desk']) {
    const problem = await problemOf(url);
    assert.deepEqual([problem.code, problem.params.reason], ['database_url_wrong', 'malformed']);
    assert.doesNotMatch(explain(problem, 'en'), /secret/);
  }
});

test('R74 DATABASE_URL: wrong password, no such database, and roles that may not be created', async (t) => {
  const cluster = await startTestCluster('embedded');
  t.after(() => cluster.stop());
  const address = (changes: Partial<Pick<URL, 'username' | 'password' | 'pathname'>>) =>
    Object.assign(new URL(cluster.url), changes).href;

  const wrongPassword = await problemOf(address({ password: 'wrong' }));
  assert.deepEqual(
    [wrongPassword.code, wrongPassword.params.reason],
    ['database_url_wrong', 'password_refused'],
  );
  const noDatabase = await problemOf(address({ pathname: '/missing' }));
  assert.deepEqual([noDatabase.code, noDatabase.params.reason], ['database_url_wrong', 'no_such_database']);

  const administrator = new pg.Client({ connectionString: cluster.url });
  await administrator.connect();
  await administrator.query(`create role "desk-user" login password 'test'`);
  await administrator.query('create database desk owner "desk-user"');
  await administrator.end();
  const url = address({ username: 'desk-user', pathname: '/desk' });
  const refused = await problemOf(url);
  assert.equal(refused.code, 'roles_refused');
  assert.equal(exitCodes[refused.code], 77);

  // The lines that it asks for are enough.
  const statements = explain(refused, 'en').match(/^ {2}(CREATE|GRANT) .*;$/gm) ?? [];
  assert.equal(statements.filter((line) => line.includes('CREATE ROLE')).length, 3);
  const inDesk = new pg.Client({ connectionString: address({ pathname: '/desk' }) });
  await inDesk.connect();
  for (const statement of statements) await inDesk.query(statement);
  await inDesk.end();
  const opened = await openDatabase({ databaseUrl: url, dataDir: '/nowhere', log });
  await opened.stop();
});

test('every start problem has its sentence and its next step in both languages, and its exit code in --help', () => {
  for (const language of ['en', 'zh-CN'] as const) {
    const file = new URL(`../../locales/parts/start.${language}.json`, import.meta.url);
    const { help } = JSON.parse(readFileSync(file, 'utf8')).start.launcher;
    for (const [code, exitCode] of Object.entries(exitCodes)) {
      const [text, next] = explain(new StartProblem(code as keyof typeof exitCodes), language).split('\n');
      assert(text && next, `${code} in ${language}`);
      assert.match(help, new RegExp(`^  ${exitCode}  `, 'm'), `${code} in --help`);
    }
  }
});
