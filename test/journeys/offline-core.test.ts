import { expect, type Locator, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { CuttingProxy } from '../offline/cutting-proxy.ts';
import { Phone } from '../offline/phone.ts';
import { type Scene, setScene } from '../offline/scene.ts';
import { like, word } from '../offline/screen-words.ts';
import { type Stage, samplePassword, setStage } from '../offline/stage.ts';
import { sizes } from './desk.ts';

// The phone is a browser of its own, started and killed by the story; nothing of the runner's own is traced.
test.use({ trace: 'off', screenshot: 'off' });
test.describe.configure({ mode: 'serial', timeout: 120_000 });

const dispatcher = 'lin@tinglan.example';

let stage: Stage;
let scene: Scene;
let wire: CuttingProxy;
let phone: Phone;

test.beforeAll(async () => {
  stage = await setStage();
  scene = await setScene(stage);
  wire = await CuttingProxy.begin({ host: '127.0.0.1', port: stage.server.port });
  phone = new Phone({ url: wire.url });
});

test.afterAll(async () => {
  await phone?.end();
  await wire?.end();
  await stage?.end();
});

test.afterEach(async ({ browserName }, info) => {
  void browserName;
  if (info.status === info.expectedStatus || !phone.isOn) return;
  await phone.page.screenshot({ path: info.outputPath('phone.png') }).catch(() => {});
});

const visitPath = () => `/visits/${scene.visitId}`;
const sentence = (page: Page) => page.getByRole('status').first();
const kept = (state: string, count: number) =>
  word(`offline.network.${state}_other`, { count: String(count) });
const signInDialog = (page: Page) => page.getByRole('dialog', { name: word('app.sign_in_again.title') });
const main = (page: Page, act: string) =>
  page.getByRole('button', { name: word(`visits_phone.main.${act}`), exact: true });

async function signIn(form: Locator, email: string): Promise<void> {
  const address = form.locator('input[type="email"]');
  if (await address.isEditable()) await address.fill(email);
  await form.locator('input[type="password"]').fill(samplePassword);
  await form.locator('button[type="submit"]').click();
}

/** All is up; whoever has to sign in for it does. A browser killed early forgets its newest cookies. */
async function allUp(page: Page): Promise<void> {
  const up = sentence(page).filter({ hasText: word('ui.network.up') });
  await expect(up.or(signInDialog(page)).first()).toBeVisible({ timeout: 30_000 });
  if (await signInDialog(page).isVisible()) await signIn(signInDialog(page), scene.engineer.email);
  await expect(up).toBeVisible({ timeout: 30_000 });
}

async function openNote(page: Page): Promise<Locator> {
  const station = new RegExp(`^${word('visits_phone.stations.work')}`);
  const head = page.getByRole('heading', { level: 2 }).getByRole('button', { name: station });
  const opener = page.getByRole('button', { name: word('visits_phone.note.open'), exact: true });
  // The station opens by itself when the visit comes to it.
  await expect(async () => {
    if (!(await opener.isVisible())) await head.click();
    await expect(opener).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await opener.click();
  return page.getByRole('dialog', { name: word('visits_phone.note.open') });
}

async function pressSave(sheet: Locator): Promise<void> {
  await sheet.locator('button[type="submit"]').click();
}

/** `meanwhile` happens between the typing and the saving. */
async function note(page: Page, words: string, meanwhile = async () => {}): Promise<void> {
  const sheet = await openNote(page);
  await sheet.getByLabel(word('visits_phone.note.body')).fill(words);
  await meanwhile();
  await pressSave(sheet);
  await sheet.waitFor({ state: 'hidden' });
  await expect(page.getByText(words, { exact: true }).first()).toBeVisible();
}

async function addPhoto(sheet: Locator): Promise<void> {
  const picture = sharp({ create: { width: 800, height: 600, channels: 3, background: '#27548a' } });
  const buffer = await picture.jpeg().toBuffer();
  const album = sheet.locator('input[type="file"]:not([capture])');
  await album.setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer });
}

/** A photo that the full phone cannot keep is said so at once, and the rest of the form stays. */
async function expectPhotoRefused(page: Page): Promise<void> {
  await main(page, 'log').click();
  const sheet = page.getByRole('dialog', { name: word('visits_phone.log.new') });
  const line = sheet.getByLabel(word('visits_phone.log.customer_line'), { exact: true });
  await line.fill('满了也要写下的话');
  await addPhoto(sheet);
  await expect(
    sheet.getByRole('alert').filter({ hasText: word('visits_phone.photos.storage_full') }),
  ).toBeVisible();
  await expect(sheet.getByLabel(word('visits_phone.photos.caption', { number: '1' }))).toHaveCount(0);
  await expect(line).toHaveValue('满了也要写下的话');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
}

async function endSessions(): Promise<void> {
  await stage.query(`delete from sessions where user_id = $1`, [scene.engineer.id]);
}

async function notesOnServer(): Promise<string[]> {
  const page = await scene.dispatcher.get<{ visit: { notes: { body: string }[] } }>(
    `/api/visits/${scene.visitId}`,
  );
  return page.visit.notes.map(({ body }) => body);
}

/** What is on board, how old that is, and how much room is left: as the browser says it, in figures. */
async function expectToldOfRoom(page: Page): Promise<void> {
  const card = page.getByRole('region', { name: word('offline.on_board.title') });
  const age = card.getByRole('listitem').filter({ hasText: word('offline.on_board.as_of') });
  const fetched = Date.parse((await age.locator('time').getAttribute('datetime')) ?? '');
  expect(Date.now() - fetched).toBeLessThan(2 * 60_000);
  const gigabytes = await page.evaluate(async () => {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return (quota - usage) / 1024 ** 3;
  });
  const told = (await card.getByText(like('offline.on_board.room')).textContent()) ?? '';
  expect(Math.abs(Number(/ ([\d.]+) GB/.exec(told)?.[1]) - gigabytes)).toBeLessThan(0.2);
  expect(told).toMatch(/已用 \d+ MB/);
}

test('R28 what was done without a network outlives the browser, and arrives once', async () => {
  let page = await phone.start('/sign-in');
  await signIn(page.locator('body'), scene.engineer.email);
  await page.waitForURL((url) => url.pathname === '/today');
  await expect(page.getByText(word('offline.on_board.ready'))).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(like('offline.on_board.visits_other'))).toBeVisible();
  await expectToldOfRoom(page);
  await page.goto(`${phone.url}${visitPath()}`);
  await expect(main(page, 'depart')).toBeVisible();

  wire.become({ is: 'refused' });
  await main(page, 'depart').click();
  await expect(sentence(page)).toHaveText(kept('unreachable', 1));
  await main(page, 'arrive').click();
  await main(page, 'start').click();
  await note(page, '机房门禁卡在前台');
  await phone.kill();

  page = await phone.start(`${visitPath()}?from=home-screen`);
  await expect(page.getByText('机房门禁卡在前台', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await expect(sentence(page)).toHaveText(kept('unreachable', 4));
  expect((await notesOnServer()).length).toBe(0);

  wire.become({ is: 'open' });
  await allUp(page);
  const { visit } = await scene.dispatcher.get<{ visit: { state: string; version: number } }>(
    `/api/visits/${scene.visitId}`,
  );
  expect(visit.state).toBe('working');
  expect(await notesOnServer()).toEqual(['机房门禁卡在前台']);
});

test('R28 when a part of the app that opens what is kept does not load, that is said, and a reload opens it', async ({
  browser,
}) => {
  // The runner's own browser: in one that was killed and started by the story, not every request can be held back.
  const context = await browser.newContext({ locale: 'zh-CN', viewport: sizes.phone });
  const page = await context.newPage();
  await page.route(/\/assets\/machine-/, (route) => route.abort());
  await page.goto(`${wire.url}/sign-in`);
  await signIn(page.locator('body'), scene.engineer.email);
  await page.waitForURL((url) => url.pathname === '/today');
  const card = page.getByRole('region', { name: word('offline.on_board.title') });
  await expect(card.getByText(word('offline.on_board.lack_part'))).toBeVisible();
  await expect(card.getByText(word('offline.on_board.all_up'))).toHaveCount(0);
  await expect(sentence(page)).toHaveText(word('offline.network.broken'));
  await page.unroute(/\/assets\/machine-/);
  await card.getByRole('button', { name: word('ui.reload') }).click();
  await expect(card.getByText(like('offline.on_board.visits_other'))).toBeVisible({ timeout: 30_000 });
  await expect(sentence(page)).toHaveText(word('ui.network.up'));
  await context.close();
});

test('R28 a store that the browser does not open is said after a while, nothing waits for it, and opened late it is in use', async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: sizes.phone });
  const holder = await context.newPage();
  await holder.goto(`${wire.url}/api/health`);
  await holder.evaluate(holdStore, `copperpea ${scene.engineer.id}`);
  const page = await context.newPage();
  await page.goto(`${wire.url}/sign-in`);
  await signIn(page.locator('body'), scene.engineer.email);
  await page.waitForURL((url) => url.pathname === '/today');
  const card = page.getByRole('region', { name: word('offline.on_board.title') });
  await expect(card.getByText(word('offline.network.looking'))).toBeVisible();
  await expect(card.getByText(word('offline.on_board.lack_store'))).toBeVisible({ timeout: 30_000 });
  await expect(sentence(page)).toHaveText(word('offline.network.broken'));
  // The server's page is there; an act finds no store and says so, with the words still in the form.
  await page.goto(wire.url + visitPath());
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const sheet = await openNote(page);
  await sheet.getByRole('textbox').fill('存储没有打开');
  await pressSave(sheet);
  await expect(sheet.getByText(word('ui.problems.storage_broken.text'))).toBeVisible({ timeout: 40_000 });
  await expect(sheet.getByRole('textbox')).toHaveValue('存储没有打开');
  await holder.close();
  await expect(sentence(page)).toHaveText(word('ui.network.up'), { timeout: 30_000 });
  await pressSave(sheet);
  await expect(sheet).toBeHidden();
  await expect.poll(notesOnServer, { timeout: 20_000 }).toContain('存储没有打开');
  await context.close();
});

/** Runs in a page: another page of the same place waits for this store for as long as it is being made here. */
function holdStore(name: string): Promise<void> {
  return new Promise((resolve) => {
    const asked = indexedDB.open(name, 99);
    asked.onupgradeneeded = () => {
      const store = asked.result.createObjectStore('held');
      const goOn = () => {
        store.get(1).onsuccess = goOn;
      };
      goOn();
      resolve();
    };
  });
}

test('R28 two tabs are one device: each shows what the other did, and everything goes up once', async () => {
  const first = phone.page;
  const second = await phone.openPage(visitPath());
  await expect(second.getByText('机房门禁卡在前台', { exact: true }).first()).toBeVisible();
  wire.become({ is: 'refused' });
  await note(first, '第一个标签页');
  await expect(second.getByText('第一个标签页', { exact: true }).first()).toBeVisible();
  await note(second, '第二个标签页');
  await expect(first.getByText('第二个标签页', { exact: true }).first()).toBeVisible();
  wire.become({ is: 'open' });
  await allUp(first);
  await allUp(second);
  expect((await notesOnServer()).toSorted()).toEqual(
    ['机房门禁卡在前台', '存储没有打开', '第一个标签页', '第二个标签页'].toSorted(),
  );
  await first.close();
});

test('R28 a hotel that answers every request with its own page loses nothing', async () => {
  const { page } = phone;
  wire.become({ is: 'lying' });
  await note(page, '在酒店写的');
  await expect(sentence(page)).toHaveText(kept('captive', 1));
  expect(await notesOnServer()).not.toContain('在酒店写的');
  wire.become({ is: 'open' });
  await allUp(page);
  expect((await notesOnServer()).filter((body) => body === '在酒店写的').length).toBe(1);
});

test('R28 a session that ended keeps everything, and goes on after the sign-in', async () => {
  const { page } = phone;
  await note(page, '登录过期以后写的', endSessions);
  await page.getByRole('button', { name: word('app.sign_in_again.later') }).click();
  await expect(sentence(page)).toHaveText(kept('signed_out', 1));
  await note(page, '先不登录，接着写');
  await expect(sentence(page)).toHaveText(kept('signed_out', 2));
  await page.getByRole('button', { name: word('app.sign_in_again.title') }).click();
  await allUp(page);
  expect((await notesOnServer()).slice(-2)).toEqual(['登录过期以后写的', '先不登录，接着写']);
});

test('R28 a phone killed while its engineer signs in again still opens their visit, without a network and with one', async () => {
  let { page } = phone;
  await endSessions();
  await page.goto(phone.url + visitPath());
  await expect(signInDialog(page)).toBeVisible();
  // They are let in; before the phone hears who they are, it is dead.
  let asksWho = false;
  await page.route('**/api/me', () => {
    asksWho = true;
  });
  await signIn(signInDialog(page), scene.engineer.email);
  await expect.poll(() => asksWho).toBe(true);
  await phone.kill();

  wire.become({ is: 'refused' });
  page = await phone.start(visitPath());
  const path = page.getByRole('region', { name: word('visits_phone.path') });
  await expect(path).toBeVisible({ timeout: 15_000 });
  wire.become({ is: 'open' });
  await allUp(page);
  await expect(path).toBeVisible();
});

test('R28 another person on the same phone finds nothing of the first, whose things stay and go up later', async () => {
  const { page } = phone;
  await note(page, '只有我能看', endSessions);
  await signInDialog(page)
    .getByRole('button', { name: word('app.sign_in_again.other') })
    .click();
  await page.waitForURL((url) => url.pathname === '/');
  await signIn(page.locator('body'), dispatcher);
  await expect(page.getByRole('navigation')).toBeVisible();
  await page.goto(`${phone.url}${visitPath()}`);
  await expect(page.getByText('机房门禁卡在前台', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('只有我能看')).toHaveCount(0);
  await expect(sentence(page)).toHaveText(word('ui.network.up'));
  expect(await notesOnServer()).not.toContain('只有我能看');

  await page.goto(`${phone.url}/me`);
  await page.getByRole('button', { name: word('app.sign_out') }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await signIn(page.locator('body'), scene.engineer.email);
  await page.waitForURL((url) => url.pathname === '/today');
  await expect.poll(notesOnServer, { timeout: 20_000 }).toContain('只有我能看');
});

test('R28 a phone on which a customer is signed in by now remembers no engineer', async () => {
  const { page } = phone;
  const customer = { email: 'wanglijuan@haiyan.example', password: samplePassword };
  await page.evaluate(signInBeside, customer);
  await page.goto(`${phone.url}/portal`);
  await expect(page.getByRole('textbox').first()).toBeVisible();
  await expect.poll(() => page.evaluate(remembered)).toBeUndefined();
  await page.evaluate(signInBeside, { email: scene.engineer.email, password: samplePassword });
  await page.goto(`${phone.url}/today`);
  await allUp(page);
});

/** Runs in the page: another session in the place of the present one, of which the page does not know. */
async function signInBeside(body: { email: string; password: string }): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  await fetch('/api/auth/sign-in/email', { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Runs in the page: whom it would open as without a network. */
function remembered(): Promise<unknown> {
  return new Promise((resolve) => {
    const asked = indexedDB.open('copperpea device');
    asked.onsuccess = () => {
      const read = asked.result.transaction('slots').objectStore('slots').get('session.person');
      read.onsuccess = () => resolve(read.result);
    };
  });
}

test('R28 a full phone says at once that nothing was saved, and keeps what was typed', async () => {
  const { page, makeRoom } = await startFull();
  await expectPhotoRefused(page);
  const sheet = await openNote(page);
  await sheet.getByLabel(word('visits_phone.note.body')).fill('手机满了的时候写的');
  await expect(sheet.getByText(word('ui.draft.unsafe'))).toBeVisible();
  await pressSave(sheet);
  // By its name: that the unsaved words are not kept either is said beside it, as soon as they were tried.
  await expect(sheet.getByRole('alert', { name: word('ui.problems.storage_full.text') })).toBeVisible();
  await expect(sentence(page)).toHaveText(word('offline.network.full'));
  await expect(sheet.getByLabel(word('visits_phone.note.body'))).toHaveValue('手机满了的时候写的');
  await makeRoom();
  await pressSave(sheet);
  await sheet.waitFor({ state: 'hidden' });
  await allUp(page);
  expect((await notesOnServer()).filter((body) => body === '手机满了的时候写的').length).toBe(1);
});

test('R28 a phone that is full while something waits says so, and sends it once there is room', async () => {
  wire.become({ is: 'refused' });
  await note(phone.page, '满之前写的');
  wire.become({ is: 'open' });
  const { page, makeRoom } = await startFull();
  await expect(sentence(page)).toHaveText(word('offline.network.full'), { timeout: 30_000 });
  // It may have gone up; what came of it could not be kept here, so it goes once more, and counts once.
  await makeRoom();
  await allUp(page);
  expect((await notesOnServer()).filter((body) => body === '满之前写的').length).toBe(1);
});

/** The phone killed and started again with no room for anything, until there is room. */
async function startFull(): Promise<{ page: Page; makeRoom: () => Promise<unknown> }> {
  await phone.kill();
  // Where no screen of ours is: the browser believes what it knew of the room for half a minute.
  const page = await phone.start('/api/health');
  const session = await page.context().newCDPSession(page);
  const origin = phone.url;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await page.goto(`${phone.url}${visitPath()}`);
  // A browser killed early forgets its newest cookies.
  await page.addLocatorHandler(signInDialog(page), async (dialog) => {
    await signIn(dialog, scene.engineer.email);
    await dialog.waitFor({ state: 'hidden' });
  });
  return { page, makeRoom: () => session.send('Storage.overrideQuotaForOrigin', { origin }) };
}

test('R28 a phone with little room left says so while there is some', async () => {
  const { page } = phone;
  // As a browser may say it; some round it up.
  await page.addInitScript(() => {
    StorageManager.prototype.estimate = async () => ({ usage: 5 * 1024 ** 2, quota: 205 * 1024 ** 2 });
  });
  await page.goto(`${phone.url}/today`);
  await expect(page.getByText(word('offline.on_board.room_little', { left: '200 MB' }))).toBeVisible();
});

test('R28 a network that swallows what is sent and never answers is no spinner that never ends', async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${wire.url}/tickets/${scene.ticketId}`);
  await signIn(page.locator('body'), dispatcher);
  await page.getByRole('button', { name: word('tickets.reply.switch') }).click();
  const words = page.getByRole('textbox', { name: word('tickets.note.field') }).first();
  await words.fill('电梯里写的备注');
  wire.become({ is: 'silent' });
  await page.getByRole('button', { name: word('tickets.note.send') }).click();
  const told = (state: string) => page.getByText(word(`ui.network.${state}_waiting_other`, { count: '1' }));
  await page.clock.fastForward(5_000);
  await expect(told('slow')).toBeVisible();
  await page.clock.fastForward(30_000);
  await expect(told('unreachable')).toBeVisible();
  wire.become({ is: 'open' });
  await page.clock.fastForward(10_000);
  await expect(told('unreachable')).toBeHidden();
  await expect(words).toHaveValue('');
  const { rows } = await stage.query(`select count(*)::int as count from messages where body = $1`, [
    '电梯里写的备注',
  ]);
  expect(rows[0].count).toBe(1);
  await context.close();
});
