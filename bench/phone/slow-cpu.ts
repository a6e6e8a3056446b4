import { chmodSync, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const periodMs = 100;

/** How a browser is held to a share of one core: by the kernel where we may, else by stopping and waking its processes. */
export type SlowCpu = {
  how: 'cgroup v2' | 'cgroup v1' | 'stop and go';
  /** A program that starts Chromium where it can be held. */
  program: string;
  /** Null lets it run freely. */
  hold(share: number | null): void;
  end(): Promise<void>;
};

export function makeSlowCpu(folder: string, chromium: string): SlowCpu {
  const program = join(folder, 'chromium-held');
  const pidFile = join(folder, 'chromium.pid');
  const group = makeGroup();
  const join_ = group ? `echo $$ > ${group.path}/cgroup.procs` : `echo $$ > ${pidFile}`;
  writeFileSync(
    program,
    `#!/bin/sh\n# Who cannot be held does not start: its figure would be that of a fast phone.\nset -e\n${join_}\nexec ${chromium} "$@"\n`,
  );
  chmodSync(program, 0o755);
  return group ? byGroup(group, program) : bySignals(pidFile, program);
}

type Group = { how: 'cgroup v2' | 'cgroup v1'; path: string };

// The browser's main thread alone slowed by the devtools would leave its workers and its storage as fast as ever.
function makeGroup(): Group | null {
  const name = `copperpea-bench-${process.pid}`;
  const places: Group[] = [
    { how: 'cgroup v2', path: join('/sys/fs/cgroup', name) },
    { how: 'cgroup v1', path: join('/sys/fs/cgroup/cpu', name) },
  ];
  for (const group of places) {
    try {
      mkdirSync(group.path);
    } catch {
      continue;
    }
    if (existsSync(quotaFile(group))) return group;
    rmdirSync(group.path);
  }
  return null;
}

const quotaFile = ({ how, path }: Group) => join(path, how === 'cgroup v2' ? 'cpu.max' : 'cpu.cfs_quota_us');

/** Its processes were killed and have not all gone yet: for a while that is waited for. */
function removeGroup({ path }: Group): void {
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; existsSync(path) && tries < 50; tries += 1) {
    try {
      rmdirSync(path);
    } catch {
      Atomics.wait(wait, 0, 0, 100);
    }
  }
}

function byGroup(group: Group, program: string): SlowCpu {
  const periodUs = periodMs * 1_000;
  // However the run ends.
  process.once('exit', () => removeGroup(group));
  return {
    how: group.how,
    program,
    hold: (share) => {
      const quota = share === null ? null : Math.round(periodUs * share);
      if (group.how === 'cgroup v2') writeFileSync(quotaFile(group), `${quota ?? 'max'} ${periodUs}`);
      else {
        writeFileSync(join(group.path, 'cpu.cfs_period_us'), String(periodUs));
        writeFileSync(quotaFile(group), String(quota ?? -1));
      }
    },
    end: async () => removeGroup(group),
  };
}

/** Every core that may run it counts, so the processes get no more than their share even when all cores work for them. */
function bySignals(pidFile: string, program: string): SlowCpu {
  let share: number | null = null;
  let ended = false;
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    try {
      process.kill(-Number(readFileSync(pidFile, 'utf8')), name);
    } catch {
      // not started yet, or killed
    }
  };
  const pacing = (async () => {
    while (!ended) {
      if (share === null) {
        await sleep(5);
        continue;
      }
      const runMs = (periodMs * share) / availableParallelism();
      signal('SIGCONT');
      await sleep(runMs);
      if (share !== null) signal('SIGSTOP');
      await sleep(periodMs - runMs);
    }
  })();
  return {
    how: 'stop and go',
    program,
    hold: (wanted) => {
      share = wanted;
      if (wanted === null) signal('SIGCONT');
    },
    end: async () => {
      ended = true;
      await pacing;
    },
  };
}
