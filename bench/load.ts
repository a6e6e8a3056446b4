// The process that makes the load, over HTTP as browsers do and, for comparison, straight at PostgreSQL.
import http from 'node:http';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { sealSessionToken, sessionCookieName } from '#server/people/sign-in.ts';
import { type Call, figureNamed } from './figures.ts';
import { type Measured, measure } from './measure.ts';
import { sessionToken, type World } from './seed/world.ts';
import { renewed, replay, type Trace } from './trace.ts';

export type Stretch = { figure: string; clients: number; ms: number; over: 'http' | 'raw' };
export type Setup = {
  world: World;
  server: string;
  secret: string;
  database: string;
  poolSize: number;
  traces: Record<string, Trace[]>;
  tracedSince: number;
};

let setup: Setup;
let pool: pg.Pool;
let calls = 0;
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const cookies = new Map<number, string>();

process.on('message', (message: { setup: Setup } | { stretch: Stretch }) => {
  if ('setup' in message) return prepare(message.setup);
  run(message.stretch).then(
    (measured) => process.send?.(measured),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));

function prepare(wanted: Setup): void {
  setup = wanted;
  pool = new pg.Pool({
    connectionString: setup.database,
    max: setup.poolSize,
    options: '-c role=copperpea_app -c timezone=UTC',
  });
  pool.on('error', () => {});
}

function run({ figure, clients, ms, over }: Stretch): Promise<Measured> {
  if (over === 'raw') {
    const traces = setup.traces[figure] ?? [];
    // Each client has traces of its own: two must not wait for the same row because there are few of them.
    const own = (client: number) => {
      const n = calls++ * clients + client;
      return traces[n % traces.length] as Trace;
    };
    return measure({ clients, ms }, (client) => replay(pool, renewed(own(client), setup.tracedSince)));
  }
  const { call } = figureNamed(figure);
  return measure({ clients, ms }, () => send(call(setup.world, calls++)));
}

function send({ method, path, body, engineer }: Call): Promise<void> {
  const payload = body === undefined ? '' : JSON.stringify(body);
  const headers: http.OutgoingHttpHeaders = { cookie: cookieOf(engineer) };
  if (method === 'POST') {
    headers['content-type'] = 'application/json';
    headers['content-length'] = Buffer.byteLength(payload);
    headers['idempotency-key'] = uuidv7();
  }
  return new Promise((resolve, reject) => {
    const request = http.request(`${setup.server}${path}`, { method, headers, agent }, (response) => {
      const status = response.statusCode ?? 0;
      let said = '';
      response.on('data', (chunk: Buffer) => {
        if (status >= 300) said += chunk;
      });
      response.on('end', () =>
        status < 300 ? resolve() : reject(new Error(`${method} ${path}: ${status} ${said}`)),
      );
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      // The server may close a connection that was idle through a long stretch at raw PostgreSQL.
      const closed = request.reusedSocket && error.code === 'ECONNRESET';
      if (closed) send({ method, path, body, engineer }).then(resolve, reject);
      else reject(error);
    });
    request.end(payload);
  });
}

function cookieOf(engineer: number): string {
  const known = cookies.get(engineer);
  if (known) return known;
  const cookie = `${sessionCookieName(false)}=${sealSessionToken(sessionToken(engineer), setup.secret)}`;
  cookies.set(engineer, cookie);
  return cookie;
}
