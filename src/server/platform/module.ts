import type { Policy } from '#domain/ground/policy.ts';
import type { Database } from './db/connect.ts';
import type { Route } from './http/route.ts';
import type { Job, Listener, Ticker, Watch } from './jobs.ts';

/** What a module gives to the whole: its routes, who may call them, and what follows from events and time. */
export type Module = {
  name: string;
  policy: Policy;
  routes: Route[];
  listeners?: Listener[];
  jobs?: Job[];
  tickers?: Ticker[];
  watches?: Watch[];
  /** Numbers for /metrics, read when asked. */
  numbers?: { name: string; help: string; read: (db: Database) => Promise<number> }[];
};
