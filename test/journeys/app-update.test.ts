import { expect, type Locator, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { CuttingProxy } from '../offline/cutting-proxy.ts';
import { buildNextVersion, movedOn, nextTitle } from '../offline/next-version.ts';
import { Phone } from '../offline/phone.ts';
import { type Scene, setScene } from '../offline/scene.ts';
import { word } from '../offline/screen-words.ts';
import { type Stage, samplePassword, setStage } from '../offline/stage.ts';

// The phone is a browser of its own, started and ended by the story; nothing of the runner's own is traced.
test.use({ trace: 'off', screenshot: 'off' });
test.describe.configure({ timeout: 120_000 });

let stage: Stage;
let scene: Scene;
let wire: CuttingProxy;
let phone: Phone;
let next: { folder: string; end(): void };

test.beforeAll(async () => {
  const building = buildNextVersion();
  building.catch(() => {});
  stage = await setStage();
  scene = await setScene(stage);
  wire = await CuttingProxy.begin({ host: '127.0.0.1', port: stage.server.port });
  phone = new Phone({ url: wire.url });
  next = await building;
});

test.afterAll(async () => {
  await phone?.end();
  await wire?.end();
  await stage?.end();
  next?.end();
});

test.afterEach(async ({ browserName }, info) => {
  void browserName;
  if (info.status === info.expectedStatus || !phone.isOn) return;
  await phone.page.screenshot({ path: info.outputPath('phone.png') }).catch(() => {});
});

const sentence = (page: Page) => page.getByRole('status').first();
const kept = (state: string, count: number) =>
  word(`offline.network.${state}_other`, { count: String(count) });
const signInDialog = (page: Page) => page.getByRole('dialog', { name: word('app.sign_in_again.title') });
const updateNow = (page: Page) => page.getByRole('button', { name: word('offline.on_board.update_now') });
const card = (page: Page, title: string) => page.getByRole('heading', { name: title, exact: true });

async function press(page: Page, act: string): Promise<void> {
  await page.getByRole('button', { name: word(`visits_phone.main.${act}`), exact: true }).click();
}

async function note(page: Page, words: string): Promise<void> {
  const opener = page.getByRole('button', { name: word('visits_phone.note.open'), exact: true });
  const station = new RegExp(`^${word('visits_phone.stations.work')}`);
  const head = page.getByRole('heading', { level: 2 }).getByRole('button', { name: station });
  // The station opens by itself when the visit comes to it.
  await expect(async () => {
    if (!(await opener.isVisible())) await head.click();
    await expect(opener).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await opener.click();
  const sheet = page.getByRole('dialog', { name: word('visits_phone.note.open') });
  await sheet.getByLabel(word('visits_phone.note.body')).fill(words);
  await sheet.locator('button[type="submit"]').click();
  await sheet.waitFor({ state: 'hidden' });
  await expect(page.getByText(words, { exact: true }).first()).toBeVisible();
}

async function enter(form: Locator): Promise<void> {
  await form.locator('input[type="password"]').fill(samplePassword);
  await form.locator('button[type="submit"]').click();
}

/** A tab that has been on the day's screen and stands on the visit now, with no network from here on. */
async function openOldTab() {
  const tab = await phone.openPage('/today');
  await expect(card(tab, word('offline.on_board.title'))).toBeVisible();
  await tab.locator(`a[href="/visits/${scene.visitId}"]`).first().click();
  await expect(
    tab.getByRole('button', { name: word('visits_phone.main.arrive'), exact: true }),
  ).toBeVisible();
  const session = await tab.context().newCDPSession(tab);
  const network = ({ offline }: { offline: boolean }) =>
    session.send('Network.emulateNetworkConditions', {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
  await session.send('Network.enable');
  await network({ offline: true });
  // What a browser remembers of the old version's files for itself, it forgets one day.
  const forget = () => session.send('Network.clearBrowserCache');
  return { tab, network, forget };
}

type Told = { state: string; arrived_at: string; notes: { body: string; at: string }[] };

async function onServer(): Promise<Told> {
  const { visit } = await scene.dispatcher.get<{ visit: Told }>(`/api/visits/${scene.visitId}`);
  return visit;
}

async function bodiesOnServer(): Promise<string[]> {
  return (await onServer()).notes.map(({ body }) => body);
}

test('R28 what waits on the phone, and a tab of the old app, outlive an update of the app', async () => {
  const page = await phone.start('/sign-in');
  await page.locator('input[type="email"]').fill(scene.engineer.email);
  await enter(page.locator('body'));
  await page.waitForURL((url) => url.pathname === '/today');
  await expect(page.getByText(word('offline.on_board.ready'))).toBeVisible({ timeout: 30_000 });
  await page.goto(`${phone.url}/visits/${scene.visitId}`);
  await press(page, 'depart');
  await expect(sentence(page)).toHaveText(word('ui.network.up'));
  const old = await openOldTab();
  const another = await openOldTab();
  const third = await openOldTab();
  await page.bringToFront();

  // The server has the first one, and the phone never hears of it.
  wire.loseAnswers(1_000);
  await note(page, '门禁卡在前台');
  await expect.poll(() => wire.answersLost, { intervals: [20] }).toBeGreaterThan(0);
  wire.become({ is: 'refused' });
  wire.loseAnswers(0);
  expect(await bodiesOnServer()).toEqual(['门禁卡在前台']);
  const before = Date.now();
  await press(page, 'arrive');
  await press(page, 'start');
  await note(page, '机柜后面没有灯');
  const after = Date.now();
  await expect(sentence(page)).toHaveText(kept('unreachable', 4));

  await stage.server.kill('SIGTERM');
  await stage.server.start([], next.folder);
  // The network is back, and what waits stays on the phone until somebody signs in again.
  await stage.query('delete from sessions where user_id = $1', [scene.engineer.id]);
  wire.become({ is: 'open' });
  await page.goto(`${phone.url}/today`);
  await page.getByRole('button', { name: word('app.sign_in_again.later') }).click();
  await expect(page.getByText(word('offline.on_board.update'))).toBeVisible({ timeout: 30_000 });
  await expect(card(page, word('offline.on_board.title'))).toBeVisible();
  await expect(sentence(page)).toHaveText(kept('signed_out', 4));

  // A phone that is just sending: requests that woke the older version's worker would keep the newer one waiting.
  await page.evaluate(() => void setInterval(() => fetch('/api/health'), 10));
  await updateNow(page).click();
  await expect(card(page, nextTitle)).toBeVisible({ timeout: 30_000 });
  await expect(updateNow(page)).toHaveCount(0);
  expect(await bodiesOnServer()).toEqual(['门禁卡在前台']);
  await enter(signInDialog(page));
  const written = ['门禁卡在前台', `机柜后面没有灯${movedOn}`];
  await expect.poll(bodiesOnServer, { timeout: 30_000 }).toEqual(written);
  await expect(sentence(page)).toHaveText(word('ui.network.up'));
  const visit = await onServer();
  expect(visit.state).toBe('working');
  for (const at of [visit.arrived_at, visit.notes[1]?.at ?? '']) {
    expect(Date.parse(at)).toBeGreaterThanOrEqual(before - 1_000);
    expect(Date.parse(at)).toBeLessThanOrEqual(after + 1_000);
  }

  // An act of the old app, in the new one's store; either of them may be the one that sends it.
  await old.tab.bringToFront();
  await old.network({ offline: false });
  await note(old.tab, '另一个标签页写的');
  await expect.poll(async () => (await bodiesOnServer()).length, { timeout: 30_000 }).toBe(3);
  await expect(sentence(old.tab)).toHaveText(word('ui.network.up'));
  await expect(sentence(page)).toHaveText(word('ui.network.up'));
  const bodies = await bodiesOnServer();
  expect(bodies.slice(0, 2)).toEqual(written);
  expect(bodies[2]?.replace(movedOn, '')).toBe('另一个标签页写的');
  await old.tab.goBack();
  await expect(card(old.tab, word('offline.on_board.title'))).toBeVisible();
  await updateNow(old.tab).click();
  await expect(card(old.tab, nextTitle)).toBeVisible({ timeout: 30_000 });

  // A part that the old app had not loaded is nowhere any more: it says so, and what was typed outlives the reload.
  const { tab } = another;
  await tab.bringToFront();
  await another.forget();
  await another.network({ offline: false });
  const typed = '旧页面里写了一半的话';
  const log = async () => {
    await press(tab, 'log');
    return tab.getByRole('dialog', { name: word('visits_phone.log.new') });
  };
  const line = (form: Locator) => form.getByLabel(word('visits_phone.log.customer_line'), { exact: true });
  const sheet = await log();
  await line(sheet).fill(typed);
  const album = sheet.locator('input[type="file"]:not([capture])');
  const photo = sharp({ create: { width: 80, height: 60, channels: 3, background: '#27548a' } });
  await album.setInputFiles({
    name: 'IMG_1.jpg',
    mimeType: 'image/jpeg',
    buffer: await photo.jpeg().toBuffer(),
  });
  await expect(sheet.getByRole('alert', { name: word('ui.problems.newer_app.text') })).toBeVisible();
  await sheet.getByRole('button', { name: word('ui.reload') }).click();
  await expect(sheet).toBeHidden();
  await expect(line(await log())).toHaveValue(typed);
  await tab.goto(`${phone.url}/today`);
  await expect(card(tab, nextTitle)).toBeVisible({ timeout: 30_000 });

  // Not even the question who is there can be asked: the visit stays on the screen, and below it stands what to do.
  await third.tab.bringToFront();
  await third.forget();
  await stage.query('delete from sessions where user_id = $1', [scene.engineer.id]);
  await third.network({ offline: false });
  const missing = third.tab.getByRole('alert').filter({ hasText: word('ui.problems.newer_app.text') });
  await expect(missing).toBeVisible({ timeout: 30_000 });
  await expect(third.tab.getByRole('heading', { level: 1 })).toBeVisible();
  await third.tab.getByRole('button', { name: word('ui.close'), exact: true }).click();
  await expect(missing).toBeHidden();
  await third.tab.getByRole('button', { name: word('app.sign_in_again.title') }).click();
  await missing.getByRole('button', { name: word('ui.reload') }).click();
  await expect(signInDialog(third.tab)).toBeVisible({ timeout: 30_000 });
});
