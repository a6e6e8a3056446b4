import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process of this machine started, as text to compare; null when it has ended. One that has ended but was
 * not yet fetched by its parent (a zombie, usual in containers) counts as ended.
 */
export function startOf(pid: number): string | null {
  try {
    if (process.platform !== 'linux') {
      const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
      return String(Date.parse(started));
    }
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
    // Field 3 is the state, 22 the start in ticks since boot; the command in field 2 may hold blanks and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? null : `${fields[19]}.${boot}`;
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  return startOf(pid) !== null;
}
