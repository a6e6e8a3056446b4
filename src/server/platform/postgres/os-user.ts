import { spawnSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { StartProblem } from '../start-problems.ts';

/** Whom PostgreSQL runs as; null means: as whoever runs node. */
export type OsUser = { uid: number; gid: number } | null;

/**
 * PostgreSQL refuses to run as root. Root runs it as the owner of the cluster's folder, and where there is none yet
 * as the system user `postgres`, made in the way of Debian's own package when it is missing.
 */
export function chooseOsUser(clusterDir: string, say: (message: string) => void): OsUser {
  if (process.geteuid?.() !== 0) return null;
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return findOsUser('postgres') ?? makePostgresUser(say);
}

/**
 * Makes a cluster that was put back from a copy usable: a copy made by root belongs to root, and a copy often has
 * wider rights than PostgreSQL allows for its folder.
 */
export function takeOver(clusterDir: string, user: OsUser): void {
  const { uid, mode } = statSync(clusterDir);
  if (user && uid === 0) spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, clusterDir]);
  if (mode & 0o077) chmodSync(clusterDir, 0o700);
}

/** The ids of a user of this machine by name. */
export function findOsUser(name: string): NonNullable<OsUser> | null {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const found = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return found.status === 0 ? Number(found.stdout) : null;
  });
  return uid == null || gid == null ? null : { uid, gid };
}

const makeUser =
  'useradd --system --user-group --no-create-home --home-dir /var/lib/postgresql --shell /bin/bash postgres';

function makePostgresUser(say: (message: string) => void): NonNullable<OsUser> {
  const [command = '', ...args] = makeUser.split(' ');
  spawnSync(command, args, { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } });
  const made = findOsUser('postgres');
  if (!made) throw new StartProblem('os_user_missing', { command: makeUser });
  say('made the system user "postgres", since PostgreSQL refuses to run as root');
  return made;
}
