import { plusMinutes } from '#domain/ground/instant.ts';
import { FileStore } from '../platform/files/store.ts';
import type { Job, JobTools, Ticker } from '../platform/jobs.ts';
import { runImport } from './actions/run-import.ts';
import { finishTakingBack } from './actions/take-back.ts';

// A job goes on for this long, then makes way and orders itself again.
const sliceMs = 4 * 60_000;
// Every batch says that it lives; one that has said nothing for so long was killed.
const silentMinutes = 2;

const run: Job = {
  task: 'imports.run',
  run: async (payload, tools) => {
    const { import_id } = payload as { import_id: string };
    const row = await tools.db
      .selectFrom('imports')
      .leftJoin('files', 'files.id', 'imports.file_id')
      .select(['imports.id', 'imports.state', 'files.sha256', 'files.name'])
      .where('imports.id', '=', import_id)
      .executeTakeFirst();
    if (!row) return;
    const untilMs = Date.now() + sliceMs;
    const end =
      row.state === 'taking_back'
        ? await finishTakingBack(tools, row.id, untilMs)
        : row.state === 'running' && row.sha256 && row.name
          ? await runImport(tools, { id: row.id, file: fileOf(tools, row.sha256, row.name), untilMs })
          : 'done';
    if (end === 'paused') await goOn(tools, row.id);
  },
};

function fileOf({ settings }: JobTools, sha256: string, name: string) {
  return { path: new FileStore(settings.dataDir).pathOf(sha256), name };
}

function goOn({ asSystem }: Pick<JobTools, 'asSystem'>, importId: string): Promise<void> {
  return asSystem(async (ctx) =>
    ctx.enqueue('imports.run', { import_id: importId }, { key: `import ${importId}` }),
  );
}

/** Takes up what a killed worker left. An import at the command line is taken up there, with its file. */
export const takeUpLeftOver: Ticker = {
  name: 'imports.take_up',
  everySeconds: 60,
  run: async (tools) => {
    const silent = await tools.db
      .selectFrom('imports')
      .select('id')
      .where('updated_at', '<', plusMinutes(new Date().toISOString(), -silentMinutes))
      .where((is) =>
        is.or([
          is('state', '=', 'taking_back'),
          is.and([is('state', '=', 'running'), is('file_id', 'is not', null)]),
        ]),
      )
      .execute();
    for (const { id } of silent) await goOn(tools, id);
  },
};

export const jobs: Job[] = [run];
export const tickers: Ticker[] = [takeUpLeftOver];
