import { expect, type Page, test } from '@playwright/test';
import { leaveOlderDraft, storedOn } from '../offline/device-stores.ts';
import { Phone } from '../offline/phone.ts';
import { type Scene, setScene } from '../offline/scene.ts';
import { type Stage, setStage } from '../offline/stage.ts';
import { sample, samplePassword, sizes } from './desk.ts';
import { openStation, saveSheet, sheetOf, takeAlong, tapMain } from './story-acts.ts';

/**
 * What is typed and not yet sent, in browsers that are killed a second later: at the desk, in the portal, on the phone. It lies
 * sealed in each of them.
 */
// Each browser is one of its own, which the story kills: nothing of the runner's is traced.
test.use({ trace: 'off', screenshot: 'off' });
test.describe.configure({ mode: 'serial', timeout: 120_000 });

let stage: Stage;
let scene: Scene;
let browser: Phone;

test.beforeAll(async () => {
  stage = await setStage();
  scene = await setScene(stage);
});
test.afterEach(() => browser?.end());
test.afterAll(() => stage?.end());

/** A moment after the last key: the browser has written nothing to its own store by itself yet. */
async function killAfterTyping(page: Page): Promise<void> {
  await page.waitForTimeout(1_000);
  await browser.kill();
}

/** It lies there, and nobody who looks through the browser's stores reads it. */
async function expectSealed(page: Page, { form, words }: { form: string; words: string }): Promise<void> {
  const stores = await storedOn(page);
  expect(stores).toMatch(new RegExp(`"draft\\.sealed:draft:[^"]+:${form}[^\n]*"sealed":`));
  expect(stores).not.toContain(words);
  expect(stores).not.toContain('"extractable":true');
}

/** A browser killed early forgets its newest cookies; then whoever was there signs in and goes where they were. */
async function open(path: string, email: string): Promise<Page> {
  const page = await browser.start(path);
  const address = page.locator('input[type="email"]');
  await expect(page.locator('main, form').first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  if (await address.isVisible()) {
    await address.fill(email);
    await page.locator('input[type="password"]').fill(samplePassword);
    await page.locator('button[type="submit"]').click();
    await address.waitFor({ state: 'hidden' });
    await page.goto(browser.url + path);
  }
  return page;
}

/** The phone's app goes on over the same loss: it asks for the password when it likes. */
async function openAgain(path: string): Promise<Page> {
  const page = await browser.start(path);
  await page.addLocatorHandler(page.getByRole('dialog', { name: '请重新登录' }), async (dialog) => {
    await dialog.locator('input[type="password"]').fill(samplePassword);
    await dialog.locator('button[type="submit"]').click();
    await dialog.waitFor({ state: 'hidden' });
  });
  await openStation(page, '实施');
  return page;
}

test('R28 a form on the phone is there again, and one that was saved does not come back', async () => {
  browser = new Phone({ url: stage.server.url });
  const path = `/visits/${scene.visitId}`;
  let page = await browser.start('/sign-in');
  await takeAlong(page, scene.engineer.email);
  await page.goto(browser.url + path);
  for (const act of ['出发', '我到了', '开始', '记一笔']) await tapMain(page, act);
  const line = () => sheetOf(browser.page).getByLabel('给客户看的话', { exact: true });
  await line().pressSequentially('换下了烧坏的电源，正在重启收银机', { delay: 20 });
  await killAfterTyping(page);

  page = await openAgain(path);
  await tapMain(page, '记一笔');
  await expect(line()).toHaveValue('换下了烧坏的电源，正在重启收银机');
  await expectSealed(page, { form: 'visit:', words: '烧坏的电源' });
  await expect(sheetOf(page).getByText('这是你上次没写完的内容。')).toBeVisible();
  await saveSheet(page, '存下这一笔');
  await killAfterTyping(page);

  page = await openAgain(path);
  await expect(page.getByText('换下了烧坏的电源，正在重启收银机')).toHaveCount(1);
  await tapMain(page, '记一笔');
  await expect(line()).toHaveValue('');
});

test('an answer half written at the desk is there again after the browser was killed', async () => {
  browser = new Phone({ url: stage.server.url, size: sizes.desk });
  const path = `/tickets/${scene.ticketId}`;
  let page = await open(path, sample.dispatcher);
  const words = () => browser.page.getByRole('textbox', { name: /回复|将发给/ }).first();
  await words().fill('王女士，工程师已经到店，');
  await killAfterTyping(page);
  page = await open(path, sample.dispatcher);
  await expect(words()).toHaveValue('王女士，工程师已经到店，');
  await expectSealed(page, { form: `ticket:${scene.ticketId}`, words: '工程师已经到店' });
  // Another tab reads the same one, and what is written there is read here when the form is opened again.
  const other = await browser.openPage(path);
  await expect(words()).toHaveValue('王女士，工程师已经到店，');
  await words().fill('王女士，工程师已经到店，正在换交换机，');
  await other.waitForTimeout(1_000);
  await page.bringToFront();
  await page.getByRole('link', { name: '工单', exact: true }).first().click();
  const here = page.getByRole('textbox', { name: /回复|将发给/ }).first();
  await expect(here).toBeHidden();
  await page.goBack();
  await expect(here).toHaveValue('王女士，工程师已经到店，正在换交换机，');
  await other.close();

  // Whoever sits down next at the same browser finds nothing of it.
  await page.goto(`${browser.url}/settings/account`);
  await page.evaluate(() =>
    fetch('/api/auth/sign-out', {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    }),
  );
  await page.goto(`${browser.url}${path}`);
  await page.locator('input[type="email"]').fill(sample.manager);
  await page.locator('input[type="password"]').fill(samplePassword);
  await page.locator('button[type="submit"]').click();
  await expect(here).toHaveValue('');
  expect(await storedOn(page)).not.toContain('工程师已经到店');
});

test('what a customer had begun to ask is there again after the browser was killed', async () => {
  browser = new Phone({ url: stage.server.url });
  let page = await open('/portal', sample.contact);
  const words = () => browser.page.getByLabel('发生了什么？直接说就行');
  await words().fill('打印机又卡纸了，');
  await killAfterTyping(page);
  page = await open('/portal', sample.contact);
  await expect(words()).toHaveValue('打印机又卡纸了，');
  await expectSealed(page, { form: 'portal.ask', words: '打印机又卡纸了' });
  // The very last words before the page goes, too.
  await words().fill('打印机又卡纸了，后厨等着');
  await page.reload();
  await expect(words()).toHaveValue('打印机又卡纸了，后厨等着');
});

test('what an older app left unsealed is there once more, and lies sealed from then on, whoever wrote it', async () => {
  browser = new Phone({ url: stage.server.url });
  const page = await open('/portal', sample.contact);
  await expect(page.getByLabel('发生了什么？直接说就行')).toHaveValue('');
  const me = await page.evaluate(async () => (await (await fetch('/api/me')).json()).id as string);
  const saved_at = new Date(Date.now() + 60_000).toISOString();
  const older = { id: crypto.randomUUID(), saved_at };
  const value = { words: '旧版本写下的话', impact: null, files: [] };
  await leaveOlderDraft(page, `draft:${me}:portal.ask`, { ...older, value });
  await leaveOlderDraft(page, `draft:${scene.engineer.id}:visit:x:note`, { ...older, value: '同事写下的话' });
  expect(await storedOn(page)).toContain('旧版本写下的话');
  await page.reload();
  await expect(page.getByLabel('发生了什么？直接说就行')).toHaveValue('旧版本写下的话');
  await expectSealed(page, { form: 'portal.ask', words: '旧版本写下的话' });
  await expectSealed(page, { form: 'visit:x:note', words: '同事写下的话' });
});
