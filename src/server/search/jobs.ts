import type { Job, Ticker } from '../platform/jobs.ts';
import { countTermsWhenDue } from './actions/count-terms.ts';
import { reindex } from './actions/reindex.ts';

export const jobs: Job[] = [{ task: 'search.reindex', run: (_payload, tools) => reindex(tools) }];

// What a job left unfinished, and the first time after an upgrade.
export const tickers: Ticker[] = [
  {
    name: 'search.catch_up',
    everySeconds: 60,
    run: async (tools) => {
      await reindex(tools);
      await countTermsWhenDue(tools);
    },
  },
];
