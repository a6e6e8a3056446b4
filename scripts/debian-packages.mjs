// What tests need from Debian: installed when missing and we are root, else said.
import { spawnSync } from 'node:child_process';

const needed = ['chromium', 'fonts-noto-cjk'];
const mailServer = 'dovecot-imapd';

/** Installs the mail server of the tests where we may; without it the tests that need one say that they are left out. */
export function ensureMailServer() {
  if (isInstalled(mailServer)) return;
  const command = `apt-get install -y --no-install-recommends ${mailServer}`;
  const install = () => runs('sh', ['-c', command], 'inherit');
  const may = process.getuid?.() === 0 && runs('apt-get', ['--version']);
  if (may) console.log(`Installing ${mailServer} from Debian's packages …`);
  if (may && (install() || (runs('apt-get', ['update'], 'inherit') && install()))) return;
  console.log(
    `Tests with a real mailbox are left out: ${mailServer} is not installed here (sudo ${command})`,
  );
}

/** Ends with exit code 69 and a sentence when something is missing and can't be installed. */
export function ensureDebianPackages() {
  const missing = needed.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !runs('apt-get', ['--version'])) {
    console.error(
      `The browser tests need ${missing.join(' and ')}, not installed here.\nInstall: sudo ${command}`,
    );
    process.exit(69);
  }
  console.log(`Installing ${missing.join(', ')} from Debian's packages …`);
  const install = () => runs('sh', ['-c', command], 'inherit');
  // The lists of a new machine are empty or old: fetched only when that turns out.
  if (install() || (runs('apt-get', ['update'], 'inherit') && install())) return;
  console.error(
    `Debian's packages could not be installed.\nSee apt-get's words above, or install by hand: ${command}`,
  );
  process.exit(69);
}

function isInstalled(name) {
  const asked = spawnSync('dpkg', ['-s', name], { encoding: 'utf8' });
  if (asked.error) return name.startsWith('fonts') || runs('which', [name.replace('-imapd', '')]); // no Debian: take what is there
  return asked.stdout.includes('install ok installed');
}

function runs(command, args, stdio = 'ignore') {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', stdio, stdio], env }).status === 0;
}
