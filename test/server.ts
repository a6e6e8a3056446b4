import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, startApp } from '#server/app.ts';
import { newId } from '#server/platform/ids.ts';
import { makeLog } from '#server/platform/log.ts';
import { readSettings } from '#server/platform/settings.ts';
import { type CastName, cookieOf, fillCast, testSecret } from './cast.ts';
import { createTestDatabase } from './database.ts';

export type Answer = { status: number; body: never; headers: Record<string, unknown> };

export type TestServer = App & {
  url: string;
  databaseUrl: string;
  /** A read by somebody of the cast, or by nobody. */
  get(who: CastName | null, path: string): Promise<Answer>;
  /** A write under a fresh key, or under `key`. */
  send(
    who: CastName | null,
    line: string,
    body?: unknown,
    options?: { key?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** Names of the events recorded so far on a subject, in order. */
  eventsOf(subjectId: string): Promise<string[]>;
  stop(): Promise<void>;
};

/** A whole server on a database of its own with the cast in it, listening on a free loopback port. */
export async function startTestServer(
  options: { worker?: boolean; cast?: boolean; env?: Record<string, string> } = {},
): Promise<TestServer> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'copperpea-test-'));
  const settings = readSettings({
    DATA_DIR: dataDir,
    PORT: '0',
    HOST: '127.0.0.1',
    AUTH_SECRET: testSecret,
    CHECK_ANSWERS: '1',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    ...options.env,
  });
  const app = await startApp({
    settings,
    url: database.url,
    log: makeLog(settings.logLevel),
    roles: { web: true, worker: options.worker ?? false },
  });
  if (options.cast !== false) await fillCast(app.db);
  const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  const headersOf = (who: CastName | null): Record<string, string> => (who ? { cookie: cookieOf(who) } : {});
  return {
    ...app,
    url,
    databaseUrl: database.url,
    get: (who, path) => call(app, { method: 'GET', url: path, headers: headersOf(who) }),
    send: (who, line, body = {}, extra = {}) => {
      const [method, path] = line.split(' ') as [string, string];
      const headers = { ...headersOf(who), 'idempotency-key': extra.key ?? newId(), ...extra.headers };
      return call(app, { method, url: path, headers, payload: body });
    },
    eventsOf: async (subjectId) => {
      const rows = await app.db
        .selectFrom('events')
        .select('name')
        .where('subject_id', '=', subjectId)
        .orderBy('id')
        .execute();
      return rows.map((row) => row.name);
    },
    stop: async () => {
      await app.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function call(
  app: App,
  request: { method: string; url: string; headers: Record<string, string>; payload?: unknown },
): Promise<Answer> {
  const response = await app.server.inject(request as never);
  const text = response.body;
  const isJson = String(response.headers['content-type'] ?? '').includes('json');
  return {
    status: response.statusCode,
    body: (isJson ? JSON.parse(text) : text) as never,
    headers: response.headers,
  };
}
