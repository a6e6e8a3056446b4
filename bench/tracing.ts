// A process of its own: puts the server together as src/server/main.ts does, makes the calls of a figure one after the
// other without a network, and notes each statement that goes to PostgreSQL. Raw is measured with exactly these.
import { uuidv7 } from 'uuidv7';
import { startApp } from '#server/app.ts';
import { sealSessionToken, sessionCookieName } from '#server/people/sign-in.ts';
import { makeLog } from '#server/platform/log.ts';
import { readSettings } from '#server/platform/settings.ts';
import { figures } from './figures.ts';
import { noteStatements } from './noting.ts';
import { sessionToken, type World } from './seed/world.ts';
import type { Statement, Trace } from './trace.ts';

type Order = { url: string; world: World; counts: { read: number; write: number }; only: string[] };
export type Traces = Record<string, Trace[]>;

process.once('message', (order: Order) => {
  record(order).then(
    (traces) => process.send?.(traces, undefined, undefined, () => process.exit(0)),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function record({ url, world, counts, only }: Order): Promise<Traces> {
  const noted: Statement[] = [];
  const settings = readSettings({ ...process.env, PORT: '0', LOG_LEVEL: 'silent' });
  const app = await startApp({ settings, url, log: makeLog('silent'), roles: { web: true, worker: false } });
  noteStatements(noted).on = true;
  const traces: Traces = {};
  for (const figure of figures.filter(({ name }) => only.includes(name))) {
    const recorded: Trace[] = [];
    traces[figure.name] = recorded;
    // The first calls fill what the server remembers (calendars, prepared texts) and are no measure.
    for (let n = -10; n < counts[figure.kind]; n += 1) {
      noted.length = 0;
      const { method, path, body, engineer } = figure.call(world, 1_000_000 + n);
      const seal = sealSessionToken(sessionToken(engineer), settings.authSecret as string);
      const answer = await app.server.inject({
        method,
        url: path,
        headers: {
          cookie: `${sessionCookieName(false)}=${seal}`,
          ...(method === 'POST' ? { 'idempotency-key': uuidv7() } : {}),
        },
        ...(body ? { payload: body as object } : {}),
      });
      if (answer.statusCode >= 300) throw new Error(`${figure.name}: ${answer.statusCode} ${answer.body}`);
      if (n >= 0) recorded.push(structuredClone(noted));
    }
  }
  await app.close();
  return traces;
}
