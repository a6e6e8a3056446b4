import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '#server/platform/postgres/free-port.ts';

const program = '/usr/sbin/dovecot';
/** Debian's dovecot, where there is one: without it the tests that need a mailbox are left out, and say so. */
export const withoutDovecot = existsSync(program) ? false : 'dovecot-imapd is not installed';
const password = 'only-tests-know-it';

/** In PEM. */
export type Certificate = { key: string; cert: string };

export type Dovecot = {
  port: number;
  /** The port where it speaks TLS from the first byte; the other one offers STARTTLS. Null without a certificate. */
  tls_port: number | null;
  /** What a mailbox of ours needs to read this one. */
  settings(user: string): {
    imap_host: string;
    imap_port: number;
    imap_security: 'plain';
    imap_user: string;
    imap_password: string;
  };
  /** Lays a mail into a mailbox as a delivering mail server would. */
  deliver(user: string, raw: string | Buffer): Promise<void>;
  /** Throws the index away, and with it the numbering of its mails. */
  forgetNumbers(user: string): Promise<void>;
  stop(): Promise<void>;
};

/** A real IMAP server on a free loopback port, with a configuration and mails of its own in a folder of its own. */
export async function startDovecot(
  options: { extra?: string; certificate?: Certificate } = {},
): Promise<Dovecot> {
  const base = await mkdtemp(join(tmpdir(), 'copperpea-dovecot-'));
  await chmod(base, 0o755);
  const port = await findFreePort();
  const tls_port = options.certificate ? await findFreePort() : null;
  const [uid, gid] = idsOfRunner();
  const name = await nameOf(uid);
  for (const folder of ['mail', 'run', 'state']) await mkdir(join(base, folder));
  const config = join(base, 'dovecot.conf');
  for (const part of ['key', 'cert'] as const)
    if (options.certificate) await writeFile(join(base, `${part}.pem`), options.certificate[part]);
  await writeFile(config, configuration({ base, port, tls_port, name, gid, extra: options.extra ?? '' }));
  spawnSync('chown', ['-R', `${uid}:${gid}`, base]);
  const child = spawn(program, ['-F', '-c', config], { uid, gid, stdio: 'ignore' });
  const kill = () => child.kill('SIGTERM');
  process.once('exit', kill);
  await answers(port, child);
  const inbox = (user: string) => join(base, 'mail', user);
  return {
    port,
    tls_port,
    settings: (user) => ({
      imap_host: '127.0.0.1',
      imap_port: port,
      imap_security: 'plain',
      imap_user: user,
      imap_password: password,
    }),
    deliver: async (user, raw) => {
      for (const part of ['', 'cur', 'new', 'tmp']) {
        await mkdir(join(inbox(user), part), { recursive: true });
        await chown(join(inbox(user), part), uid, gid);
      }
      const file = `${Date.now()}.${randomBytes(8).toString('hex')}.test`;
      const draft = join(inbox(user), 'tmp', file);
      await writeFile(draft, raw);
      await chown(draft, uid, gid);
      await rename(draft, join(inbox(user), 'new', file));
    },
    forgetNumbers: async (user) => {
      for (const file of await readdir(inbox(user)))
        if (file.startsWith('dovecot')) await rm(join(inbox(user), file), { recursive: true });
    },
    stop: async () => {
      process.off('exit', kill);
      await ended(child);
      await rm(base, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function configuration(of: {
  base: string;
  port: number;
  tls_port: number | null;
  name: string;
  gid: number;
  extra: string;
}): string {
  return `
base_dir = ${of.base}/run
state_dir = ${of.base}/state
log_path = ${of.base}/log
protocols = imap
listen = 127.0.0.1
${of.tls_port ? `ssl = yes\nssl_cert = <${of.base}/cert.pem\nssl_key = <${of.base}/key.pem` : 'ssl = no'}
disable_plaintext_auth = no
auth_failure_delay = 0
default_internal_user = ${of.name}
default_internal_group =
default_login_user = ${of.name}
mail_location = maildir:${of.base}/mail/%n
first_valid_uid = 1
maildir_very_dirty_syncs = no
mailbox_idle_check_interval = 1 secs
service imap-login {
  chroot =
  process_min_avail = 1
  inet_listener imap {
    port = ${of.port}
  }
  inet_listener imaps {
    port = ${of.tls_port ?? 0}
    ssl = ${of.tls_port ? 'yes' : 'no'}
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${of.name} gid=${of.gid} home=${of.base}/mail/%n
}
${of.extra}
`;
}

/** As root the mail server runs as somebody who owns nothing. */
function idsOfRunner(): [number, number] {
  if (process.getuid?.() !== 0) return [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const ask = (flag: string) => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
  return [ask('-u'), ask('-g')];
}

async function nameOf(uid: number): Promise<string> {
  return spawnSync('id', ['-un', String(uid)], { encoding: 'utf8' }).stdout.trim();
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  const { connect } = await import('node:net');
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`dovecot ended with ${child.exitCode}`);
    const said = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('data', () => resolve(true)).on('error', () => resolve(false));
      socket.on('close', () => resolve(false));
      setTimeout(() => socket.destroy(), 1_000).unref();
    });
    if (said) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error('dovecot does not answer');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 3_000).unref();
  await gone;
}
