import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { parseArgs } from 'node:util';
import { startApp } from './app.ts';
import { stopWhenAsked } from './platform/lifetime.ts';
import { type Log, makeLog } from './platform/log.ts';
import { openDatabase } from './platform/postgres/open-database.ts';
import { readSettings, type Settings, WrongSetting } from './platform/settings.ts';
import { problemOfListening, StartProblem, sayAndExit } from './platform/start-problems.ts';
import { sayReady, sayStarting } from './platform/start-words.ts';
import { loadSampleCompany } from './sample/load-sample.ts';

const { values: wishes } = parseArgs({
  options: { sample: { type: 'boolean' }, web: { type: 'boolean' }, worker: { type: 'boolean' } },
});

main().catch((error) => {
  if (error instanceof StartProblem) sayAndExit(error);
  console.error(error);
  process.exit(1);
});

async function main(): Promise<void> {
  const settings = settingsOrProblem();
  const log = makeLog(settings.logLevel);
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async () => {
    for (const stop of stops.reverse()) await stop();
  };
  stopWhenAsked(stopAll);
  try {
    await start(settings, log, stops);
  } catch (error) {
    await stopAll().catch(() => {});
    throw error;
  }
}

async function start(settings: Settings, log: Log, stops: (() => Promise<void>)[]): Promise<void> {
  sayStarting();
  const database = await openDatabase({ ...settings, log });
  stops.push(() => database.stop());
  const both = !wishes.web && !wishes.worker;
  const app = await startApp({
    settings,
    url: database.url,
    log,
    roles: { web: both || wishes.web === true, worker: both || wishes.worker === true },
  });
  stops.push(() => app.close());
  const signIns = wishes.sample ? await loadSampleCompany(app) : null;
  if (both || wishes.web) {
    await listenOrProblem(app.server, settings);
    sayReady({ settings, signIns });
  }
}

function settingsOrProblem(): Settings {
  try {
    const settings = readSettings(process.env);
    if (settings.tls) createSecureContext(readPair(settings.tls));
    return settings;
  } catch (error) {
    if (error instanceof WrongSetting) throw new StartProblem('setting_invalid', { name: error.setting });
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(
      'tls_unreadable',
      { file: process.env.TLS_CERT ?? '', reason: 'not_a_pair' },
      error,
    );
  }
}

function readPair(files: { cert: string; key: string }): { cert: Buffer; key: Buffer } {
  const read = (file: string) => {
    try {
      return readFileSync(file);
    } catch (error) {
      throw new StartProblem('tls_unreadable', { file, reason: 'not_readable' }, error);
    }
  };
  return { cert: read(files.cert), key: read(files.key) };
}

async function listenOrProblem(
  server: { listen(options: { port: number; host: string }): Promise<string> },
  { port, host }: Settings,
): Promise<void> {
  try {
    await server.listen({ port, host });
  } catch (error) {
    throw problemOfListening(error, port) ?? error;
  }
}
