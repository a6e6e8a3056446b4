import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { findFreePort } from '#server/platform/postgres/free-port.ts';
import { createTestDatabase } from '../database.ts';

export const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** People of the sample company who play in the journeys. */
export const sample = {
  administrator: 'shen@tinglan.example',
  manager: 'gu@tinglan.example',
  dispatcher: 'lin@tinglan.example',
  engineer: 'zhou@tinglan.example',
  sales: 'su@tinglan.example',
  contact: 'wanglijuan@haiyan.example',
  customerAdministrator: 'chenjianguo@haiyan.example',
} as const;
export const samplePassword = 'copperpea-sample';

export type Desk = { url: string; databaseUrl: string; stop(): Promise<void> };

/** The real server in its own process on a database of its own, with the sample company unless told otherwise. */
export async function startDesk(
  options: { empty?: boolean; env?: Record<string, string> } = {},
): Promise<Desk> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'copperpea-journey-'));
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const server = spawn(
    'node_modules/.bin/node',
    ['--disable-warning=ExperimentalWarning', 'src/server/main.ts', ...(options.empty ? [] : ['--sample'])],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        DATA_DIR: dataDir,
        PORT: String(port),
        HOST: '127.0.0.1',
        PUBLIC_URL: url,
        LOG_LEVEL: 'warn',
        ...options.env,
      },
    },
  );
  await answers(server, url);
  return {
    url,
    databaseUrl: database.url,
    stop: async () => {
      await ended(server);
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A browser of somebody's own, signed in through the sign-in screen as a person would. */
export async function signIn(
  browser: Browser,
  desk: Desk,
  who: { email: string; size: keyof typeof sizes; locale?: 'zh-CN' | 'en'; password?: string },
): Promise<{ context: BrowserContext; page: Page }> {
  const { context, page } = await openBrowser(browser, desk, who);
  await page.goto('/sign-in');
  await page.locator('input[type="email"]').fill(who.email);
  await page.locator('input[type="password"]').fill(who.password ?? samplePassword);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((url) => /^\/(tickets|today|portal)/.test(url.pathname), { waitUntil: 'commit' });
  return { context, page };
}

export async function openBrowser(
  browser: Browser,
  desk: Desk,
  look: { size: keyof typeof sizes; locale?: 'zh-CN' | 'en'; colorScheme?: 'light' | 'dark' },
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    baseURL: desk.url,
    viewport: sizes[look.size],
    locale: look.locale ?? 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: look.colorScheme ?? 'light',
    hasTouch: look.size === 'phone',
    isMobile: look.size === 'phone',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  return { context, page: await context.newPage() };
}

async function answers(server: ChildProcess, url: string): Promise<void> {
  let said = '';
  server.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  server.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  for (let tries = 0; tries < 300; tries += 1) {
    if (server.exitCode !== null) throw new Error(`the server ended:\n${said}`);
    const response = await fetch(`${url}/api/health`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  server.kill('SIGKILL');
  throw new Error(`the server does not answer:\n${said}`);
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  const hard = setTimeout(() => server.kill('SIGKILL'), 6_000);
  await gone;
  clearTimeout(hard);
}
