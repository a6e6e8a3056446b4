import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { problemOfFolder, StartProblem } from '../start-problems.ts';
import { type Binaries, embeddedBinaries } from './binaries.ts';
import { type Cluster, initCluster, type RunningCluster, startCluster, stopCluster } from './cluster.ts';
import { findFreePort } from './free-port.ts';
import { endLeftOver } from './left-over.ts';
import { chooseOsUser, takeOver } from './os-user.ts';
import { claimFolder } from './run-lock.ts';

export type SupervisorLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

export type EmbeddedPostgres = {
  /** For the superuser of the cluster; the same until stop(), across restarts. */
  url: string;
  stop(): Promise<void>;
};

const name = 'copperpea';
const keepLogBytes = 5 * 1024 * 1024;
const settings = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  max_connections: 100,
  shared_buffers: `${sharedBuffersMb()}MB`,
};

/**
 * A quarter of what memory we may have, as PostgreSQL's manual advises for a server of its own, within bounds: its default of
 * 128 MB is far less than a desk of a million tickets looks at in an hour. It is taken only as pages are read.
 */
function sharedBuffersMb(): number {
  // 0, or more than there is, where nobody set a limit.
  const limit = process.constrainedMemory() || totalmem();
  const quarter = Math.min(limit, totalmem()) / 4 / 1024 / 1024;
  return Math.round(Math.min(1024, Math.max(128, quarter)));
}

/**
 * Starts the PostgreSQL that belongs to a data folder, and starts it again whenever it dies by itself. Throws
 * StartProblem for what a person can mend. At most one process holds a data folder.
 */
export async function startEmbedded(options: {
  dataDir: string;
  log: SupervisorLog;
}): Promise<EmbeddedPostgres> {
  const { dataDir, log } = options;
  const lock = inFolder(dataDir, () => {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return claimFolder(dataDir);
  });
  try {
    const cluster = inFolder(dataDir, () => findCluster(dataDir, log));
    if (await endLeftOver(cluster.dir)) log.warn({}, 'ended a PostgreSQL left over from an earlier run');
    const password = inFolder(dataDir, () => preparePassword(cluster, dataDir, log));
    const { port, stop } = await keepRunning(cluster, log);
    return {
      url: `postgres://${name}:${password}@127.0.0.1:${port}/${name}`,
      stop: () => stop().finally(lock.release),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function inFolder<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof StartProblem ? error : (problemOfFolder(error, folder) ?? error);
  }
}

function findCluster(dataDir: string, log: SupervisorLog): Cluster {
  const dir = join(dataDir, 'postgres');
  const user = chooseOsUser(dir, (message) => log.info({}, message));
  const cluster = { dir, user, binaries: embeddedBinaries(user) };
  if (!existsSync(dir)) return cluster;
  refuseForeign(cluster, dataDir);
  takeOver(dir, user);
  return cluster;
}

function refuseForeign({ dir, binaries }: { dir: string; binaries: Binaries }, dataDir: string): void {
  const uid = process.geteuid?.();
  if (uid && statSync(dir).uid !== uid) throw new StartProblem('data_of_other_user', { folder: dataDir });
  const found = Number.parseInt(readFileSync(join(dir, 'PG_VERSION'), 'utf8'), 10);
  if (found !== binaries.major)
    throw new StartProblem('data_of_other_postgres', { folder: dataDir, found, wanted: binaries.major });
}

function preparePassword(cluster: Cluster, dataDir: string, log: SupervisorLog): string {
  const file = join(dataDir, 'postgres.password');
  if (existsSync(cluster.dir)) {
    if (!existsSync(file)) throw new StartProblem('password_lost', { file, folder: dataDir });
    return readFileSync(file, 'utf8').trim();
  }
  log.info({ folder: cluster.dir }, 'making the database');
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  initCluster(cluster, { name, password });
  return password;
}

// Restarts for ever, with pauses: a full disk or a kill of PostgreSQL must not need a person to start us again.
async function keepRunning(
  cluster: Cluster,
  log: SupervisorLog,
): Promise<{ port: number; stop(): Promise<void> }> {
  const logFile = `${cluster.dir}.log`;
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > keepLogBytes)
    renameSync(logFile, `${logFile}.1`);
  const stopping = new AbortController();
  let running = await startOnFreePort(cluster, logFile);
  const { port } = running;

  const restart = async () => {
    for (let pauseMs = 100; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      try {
        running = await startCluster(cluster, { port, logFile, settings });
        log.info({ pid: running.pid }, 'PostgreSQL runs again');
        return watch();
      } catch (error) {
        const reason = error instanceof StartProblem ? error.params.line : String(error);
        log.warn({ reason, log: logFile }, 'PostgreSQL does not start yet');
      }
    }
  };
  let restarting: Promise<void> = Promise.resolve();
  const watch = () => {
    running.child.once('exit', (status, signal) => {
      if (stopping.signal.aborted) return;
      log.warn({ status, signal, log: logFile }, 'PostgreSQL ended by itself; starting it again');
      restarting = restart();
    });
  };
  watch();

  return {
    port,
    stop: async () => {
      stopping.abort();
      await restarting;
      await stopCluster(running);
    },
  };
}

async function startOnFreePort(cluster: Cluster, logFile: string): Promise<RunningCluster> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startCluster(cluster, { port: await findFreePort(), logFile, settings });
    } catch (error) {
      const line = error instanceof StartProblem ? String(error.params.line ?? '') : '';
      // Another program may take the port in between; processes of a killed PostgreSQL may need a moment to go.
      const passing = /could not bind|could not create any TCP|shared memory block|lock file/.test(line);
      if (!passing || attempt === 20) throw error;
      await sleep(250);
    }
  }
}
