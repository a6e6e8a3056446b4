import { setTimeout as sleep } from 'node:timers/promises';
import { enqueueReindex, reindex } from '#server/search/actions/reindex.ts';
import type { TestServer } from './server.ts';

/** The search index made anew from what stands in the tables, whoever does it: the worker may be at it too. */
export async function indexAnew(server: TestServer): Promise<void> {
  await server.asSystem((ctx) => enqueueReindex(ctx));
  for (let waited = 0; waited < 60_000; waited += 50) {
    await reindex(server);
    const left = await server.db
      .selectFrom('search_backlogs')
      .select('kind')
      .where('done_at', 'is', null)
      .execute();
    if (left.length === 0) return;
    await sleep(50);
  }
  throw new Error('the index was not made anew within a minute');
}
