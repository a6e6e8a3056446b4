import { type Browser, expect, type Page, test } from '@playwright/test';
import { CuttingProxy } from '../offline/cutting-proxy.ts';
import { word } from '../offline/screen-words.ts';
import { type Stage, samplePassword, setStage } from '../offline/stage.ts';
import { sample } from './desk.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

let stage: Stage;
let wire: CuttingProxy;

test.beforeAll(async () => {
  stage = await setStage();
  wire = await CuttingProxy.begin({ host: '127.0.0.1', port: stage.server.port });
});

test.afterAll(async () => {
  await wire?.end();
  await stage?.end();
});

const told = (page: Page) => page.getByRole('status').filter({ hasText: word('ui.network.unreachable') });

/** Somebody's list of tickets, loaded, and nobody touches it any more. */
async function atRest(browser: Browser, email: string, url = stage.server.url): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${url}/sign-in`);
  await page.locator('input[type="email"]').fill(email);
  await page.locator('input[type="password"]').fill(samplePassword);
  const listening = page.waitForResponse('**/api/live');
  await page.locator('button[type="submit"]').click();
  await listening;
  await page.waitForLoadState('load');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForTimeout(1_000);
  return page;
}

test('a desk and a portal that nobody touches say that the server is away, and that it is back', async ({
  browser,
}) => {
  const pages = [await atRest(browser, sample.dispatcher), await atRest(browser, sample.contact)];
  await stage.server.kill();
  for (const page of pages) await expect(told(page)).toBeVisible({ timeout: 20_000 });
  await stage.server.start();
  for (const page of pages) await expect(told(page)).toBeHidden({ timeout: 20_000 });
  for (const page of pages) await page.context().close();
});

test('a way that is cut without a word is noticed at rest', async ({ browser }) => {
  const page = await atRest(browser, sample.dispatcher, wire.url);
  wire.become({ is: 'silent' });
  await page.clock.fastForward(41_000);
  await page.clock.fastForward(4_000);
  await expect(told(page)).toBeVisible({ timeout: 20_000 });
  wire.become({ is: 'open' });
  await expect(async () => {
    await page.clock.fastForward(5_000);
    await expect(told(page)).toBeHidden({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await page.context().close();
});
