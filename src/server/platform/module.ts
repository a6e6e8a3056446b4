import type { Policy } from '#domain/ground/policy.ts';
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
};
