import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--remote-debugging-port=0',
  '--accept-lang=zh-CN',
  '--lang=zh-CN',
];

/** A shell that outlives whoever started the phone: when that one dies in whatever way, it ends the browser and clears up. */
function guardPhone(profile: string): ChildProcess {
  const script =
    'while read -r one; do pid=$one; done; [ -n "$pid" ] && kill -9 -"$pid"; sleep 0.2; rm -rf "$1"';
  const guard = spawn('sh', ['-c', script, 'guard', profile], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}

/**
 * A person's browser: a profile on disk, and a process group of its own that can be killed at any moment and started
 * again. `clockOffMs` is by how much its wall clock is wrong.
 */
export class Phone {
  kills = 0;
  readonly url: string;
  private readonly profile = mkdtempSync(join(tmpdir(), 'copperpea-phone-'));
  private readonly clockOffMs: number;
  private readonly size: { width: number; height: number };
  private child: ChildProcess | null = null;
  private browser: Browser | null = null;
  private context: BrowserContext | null = null;
  private open: Page | null = null;
  private readonly guard = guardPhone(this.profile);

  constructor(options: { url: string; clockOffMs?: number; size?: { width: number; height: number } }) {
    this.url = options.url;
    this.clockOffMs = options.clockOffMs ?? 0;
    this.size = options.size ?? { width: 390, height: 844 };
  }

  get page(): Page {
    if (!this.open) throw new Error('the phone is off');
    return this.open;
  }

  get isOn(): boolean {
    return this.child !== null;
  }

  /** Starts the browser with the profile as the last one left it. */
  async start(path = '/'): Promise<Page> {
    for (const name of readdirSync(this.profile))
      if (name.startsWith('Singleton') || name === 'DevToolsActivePort') rmSync(join(this.profile, name));
    const child = spawn(
      process.env.CHROMIUM ?? '/usr/bin/chromium',
      [...flags, `--user-data-dir=${this.profile}`, 'about:blank'],
      { detached: true, stdio: 'ignore', env: { ...process.env, TZ: 'Asia/Shanghai', LANGUAGE: 'zh_CN' } },
    );
    this.child = child;
    this.guard.stdin?.write(`${child.pid}\n`);
    this.browser = await chromium.connectOverCDP(await this.address());
    this.context = this.browser.contexts()[0] as BrowserContext;
    if (this.clockOffMs !== 0) await this.context.addInitScript(wrongClock, this.clockOffMs);
    return await this.openPage(path);
  }

  /** A page as large as the phone's screen; another one is a second tab. */
  async openPage(path: string): Promise<Page> {
    const context = this.context as BrowserContext;
    const page =
      this.open === null ? (context.pages()[0] ?? (await context.newPage())) : await context.newPage();
    const isPhone = this.size.width < 600;
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setDeviceMetricsOverride', {
      ...this.size,
      deviceScaleFactor: 1,
      mobile: isPhone,
    });
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: isPhone });
    page.setDefaultTimeout(30_000);
    this.open = page;
    // What does not load is part of the story; whoever looks at the page sees it.
    await page.goto(this.url + path, { waitUntil: 'commit' }).catch(() => null);
    return page;
  }

  /** SIGKILL to the whole group, whatever it is writing just now. */
  async kill(): Promise<void> {
    const { child, browser } = this;
    if (!child) return;
    this.kills += 1;
    this.child = null;
    this.open = null;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    endGroup(child.pid as number);
    if (child.exitCode === null && child.signalCode === null) await gone;
    this.guard.stdin?.write('\n');
    await browser?.close().catch(() => {});
  }

  /** Ends it for good; the profile goes too. */
  async end(): Promise<void> {
    await this.kill();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    this.guard.stdin?.end();
  }

  private async address(): Promise<string> {
    const file = join(this.profile, 'DevToolsActivePort');
    for (let waited = 0; waited < 30_000; waited += 25) {
      if (existsSync(file)) {
        const [port, path] = readFileSync(file, 'utf8').split('\n');
        if (port && path) return `ws://127.0.0.1:${port}${path}`;
      }
      if (this.child?.exitCode !== null) throw new Error(`Chromium ended with ${this.child?.exitCode}`);
      await sleep(25);
    }
    throw new Error('Chromium does not say where it listens');
  }
}

/** Runs in the page before anything else: all it can know of the time is wrong by so much, the monotonic clock is not. */
function wrongClock(offMs: number): void {
  const Right = Date;
  const now = () => Right.now() + offMs;
  class Wrong extends Right {
    constructor(...parts: unknown[]) {
      if (parts.length === 0) super(now());
      else super(...(parts as []));
    }
    static override now(): number {
      return now();
    }
  }
  globalThis.Date = Wrong as DateConstructor;
}
