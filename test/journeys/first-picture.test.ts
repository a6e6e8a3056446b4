import { expect, type Locator, type Page, test } from '@playwright/test';
import { CuttingProxy } from '../offline/cutting-proxy.ts';
import { Phone } from '../offline/phone.ts';
import { type Scene, setScene } from '../offline/scene.ts';
import { word } from '../offline/screen-words.ts';
import { type Stage, samplePassword, setStage } from '../offline/stage.ts';

test.use({ trace: 'off', screenshot: 'off' });
test.describe.configure({ mode: 'serial', timeout: 120_000 });

let stage: Stage;
let scene: Scene;
let wire: CuttingProxy;
let phone: Phone;

test.beforeAll(async () => {
  stage = await setStage();
  scene = await setScene(stage);
  wire = await CuttingProxy.begin({ host: '127.0.0.1', port: stage.server.port });
  phone = new Phone({ url: 'about:blank' });
});

test.afterAll(async () => {
  await phone?.end();
  await wire?.end();
  await stage?.end();
});

async function signIn(form: Locator): Promise<void> {
  const address = form.locator('input[type="email"]');
  if (await address.isEditable()) await address.fill(scene.engineer.email);
  await form.locator('input[type="password"]').fill(samplePassword);
  await form.locator('button[type="submit"]').click();
}

/** All is up; whoever has to sign in for it does. A browser killed early forgets its newest cookies. */
async function allUp(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: word('app.sign_in_again.title') });
  const up = page.getByRole('status').filter({ hasText: word('ui.network.up') });
  await expect(up.or(dialog).first()).toBeVisible({ timeout: 30_000 });
  if (await dialog.isVisible()) await signIn(dialog);
  await expect(up.first()).toBeVisible({ timeout: 30_000 });
}

type Held = { bringApp?: () => void };

/** Runs in the page: the app takes its time, as on a slow phone, until the story lets it come. */
function holdApp(): void {
  const append = Element.prototype.append;
  Element.prototype.append = function (...parts) {
    const bring = () => append.apply(this, parts);
    if (parts.some((part) => part instanceof HTMLScriptElement)) (globalThis as Held).bringApp = bring;
    else bring();
  };
}

const visits = (page: Page) => page.locator('main a[href^="/visits/"]');
const appIsHeld = (page: Page) => page.waitForFunction(() => (globalThis as Held).bringApp !== undefined);
const letAppCome = (page: Page) => page.evaluate(() => (globalThis as Held).bringApp?.());
const pictureStands = (page: Page) => page.evaluate(() => document.getElementById('root')?.hidden === true);

/** The phone turned on with the app held back; what stands then is the picture, or nothing. */
async function turnOn(path: string): Promise<Page> {
  const page = await phone.start('');
  await page.context().addInitScript(holdApp);
  await page.goto(wire.url + path, { waitUntil: 'commit' });
  await appIsHeld(page);
  return page;
}

/** Whether the page came from the service worker, and not by the browser from what that had laid ready. */
const wasWorkerWoken = `performance.getEntriesByType('navigation')[0].workerStart > 0`;

const keptDay = `(async () => {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  const asked = indexedDB.open(names.find((name) => /^copperpea [0-9a-f-]{36}$/.test(name)));
  await new Promise((resolve) => { asked.onsuccess = resolve; });
  const store = asked.result.transaction('meta', 'readwrite').objectStore('meta');
  const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  if (globalThis.oldDay) await done(store.put(globalThis.oldDay));
  const kept = await done(store.get('day'));
  globalThis.firstDay ??= kept;
  asked.result.close();
  return kept === undefined ? '' : String(kept.value.sealed.iv);
})()`;

/** What a person sees of each visit, and where. */
const seen = (page: Page) =>
  visits(page).evaluateAll((links) =>
    links.map((link) => {
      const { x, y, width, height } = link.getBoundingClientRect();
      const look = getComputedStyle(link);
      return [link.textContent, Math.round(x), Math.round(y), Math.round(width), Math.round(height)].concat([
        look.color,
        look.fontSize,
        look.backgroundColor,
      ]);
    }),
  );

const shell = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main h1, main article, nav a, nav svg')]
      .filter((part) => part.getClientRects().length > 0)
      .map((part) => {
        const { x, y, width, height } = part.getBoundingClientRect();
        return [part.tagName, x, y, width, height].map((one) =>
          typeof one === 'number' ? Math.round(one) : one,
        );
      }),
  );

test('R28 the day stands before the app is loaded, and the app takes its place without a jump', async () => {
  let page = await phone.start('');
  await page.goto(`${wire.url}/sign-in`);
  await signIn(page.locator('body'));
  await page.waitForURL((url) => url.pathname === '/today');
  await expect(page.getByText(word('offline.on_board.ready'))).toBeVisible({ timeout: 30_000 });
  await expect(visits(page).first()).toBeVisible();
  await expect.poll(() => page.evaluate(keptDay)).not.toBe('');
  await phone.kill();

  wire.become({ is: 'refused' });
  page = await turnOn('/');
  expect(await pictureStands(page)).toBe(true);
  expect(await page.evaluate(wasWorkerWoken)).toBe(false);
  await expect(visits(page).first()).toBeVisible();
  await expect(page.getByRole('status')).toHaveText(word('offline.network.looking'));
  const before = { visits: await seen(page), shell: await shell(page) };
  expect(before.visits.length).toBeGreaterThan(0);
  await letAppCome(page);
  await expect.poll(() => pictureStands(page), { timeout: 30_000 }).toBe(false);
  expect({ visits: await seen(page), shell: await shell(page) }).toEqual(before);
});

test('R28 a tap on the picture is not lost: the app opens there', async () => {
  await phone.kill();
  const page = await turnOn('/today');
  await page.locator(`main a[href="/visits/${scene.visitId}"]`).click();
  expect(await pictureStands(page)).toBe(true);
  await letAppCome(page);
  const depart = page.getByRole('button', { name: word('visits_phone.main.depart'), exact: true });
  await expect(depart).toBeVisible({ timeout: 30_000 });
  await page.goBack();
  await expect(visits(page).first()).toBeVisible();
  expect(await pictureStands(page)).toBe(false);
});

test('R28 a picture that does not know of an act is not shown', async () => {
  const { page } = phone;
  await page.goto(`${wire.url}/visits/${scene.visitId}`);
  await appIsHeld(page);
  await letAppCome(page);
  const old = await page.evaluate(keptDay);
  await page.getByRole('button', { name: word('visits_phone.main.depart'), exact: true }).click();
  await expect(
    page.getByRole('button', { name: word('visits_phone.main.arrive'), exact: true }),
  ).toBeVisible();
  await expect.poll(() => page.evaluate(keptDay)).not.toBe(old);
  // As if it had been killed between the act and the new picture.
  await page.evaluate('globalThis.oldDay = globalThis.firstDay');
  expect(await page.evaluate(keptDay)).toBe(old);
  await phone.kill();
  const again = await turnOn('/today');
  expect(await pictureStands(again)).toBe(false);
  await letAppCome(again);
  await expect(again.getByText(word('visits.states.travelling'), { exact: true }).first()).toBeVisible({
    timeout: 30_000,
  });
  await expect.poll(() => again.evaluate(keptDay), { timeout: 10_000 }).not.toBe(old);
});

test('R28 the picture says what waits, and shows nothing of who has signed out', async () => {
  await phone.kill();
  const page = await turnOn('/today');
  const said = word('offline.network.asking_other', { count: '1' });
  await expect(page.getByRole('status')).toHaveText(said);
  wire.become({ is: 'open' });
  await letAppCome(page);
  await allUp(page);
  await page.goto(`${wire.url}/me`);
  await appIsHeld(page);
  await letAppCome(page);
  await page.getByRole('button', { name: word('app.sign_out') }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await phone.kill();
  const out = await turnOn('/today');
  expect(await pictureStands(out)).toBe(false);
  await letAppCome(out);
  await expect(out.locator('input[type="password"]')).toBeVisible({ timeout: 30_000 });
  expect(await visits(out).count()).toBe(0);
});
