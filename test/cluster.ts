import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedBinaries } from '#server/platform/postgres/binaries.ts';
import { initCluster, startCluster } from '#server/platform/postgres/cluster.ts';
import { findFreePort } from '#server/platform/postgres/free-port.ts';
import { chooseOsUser, findOsUser } from '#server/platform/postgres/os-user.ts';

export type TestCluster = { url: string; stop(): Promise<void> };

/** The PostgreSQL of this kind of server: the one that npm installs, or Debian's package of version 15. */
export type Flavour = 'embedded' | 'debian-15';

const debian15 = '/usr/lib/postgresql/15/bin';

// Tests lose nothing that matters when the machine loses power.
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 120,
  max_wal_size: '512MB',
  timezone: 'UTC',
  log_min_messages: 'warning',
};

export function isInstalled(flavour: Flavour): boolean {
  return flavour === 'embedded' || existsSync(join(debian15, 'postgres'));
}

/** Starts an empty throw-away cluster. It ends with stop(), and also when this process dies in whatever way. */
export async function startTestCluster(flavour: Flavour): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'copperpea-test-postgres-'));
  const user =
    process.geteuid?.() === 0 ? (findOsUser('postgres') ?? chooseOsUser(folder, console.error)) : null;
  if (user) chownSync(folder, user.uid, user.gid);
  const binaries = flavour === 'embedded' ? embeddedBinaries(user) : { bin: debian15, major: 15 };
  const cluster = { dir: join(folder, 'cluster'), binaries, user };
  initCluster(cluster, { name: 'copperpea', password: 'test', fsync: false });
  const logFile = join(folder, 'postgres.log');
  const { child, port } = await startCluster(cluster, { port: await findFreePort(), logFile, settings });
  const guard = guardCluster(folder);
  child.unref();
  return {
    url: `postgres://copperpea:test@127.0.0.1:${port}/copperpea`,
    stop: () =>
      new Promise((ended) => {
        guard.once('exit', () => ended());
        guard.ref();
        guard.stdin.end();
      }),
  };
}

// The shell waits for the end of its input, which comes with stop() or with the end of this process.
function guardCluster(folder: string) {
  const wait = 'for i in $(seq 100); do [ -e "$2/cluster/postmaster.pid" ] || break; sleep 0.05; done';
  const script = `cat >/dev/null; kill -QUIT $1; ${wait}; rm -rf "$2"`;
  const pid = readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
  const guard = spawn('sh', ['-c', script, 'guard', pid, folder], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}
