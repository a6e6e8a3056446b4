import { expect, type Page, test } from '@playwright/test';
import { Phone } from '../offline/phone.ts';
import { type Scene, setScene } from '../offline/scene.ts';
import { word } from '../offline/screen-words.ts';
import { type Stage, samplePassword, setStage } from '../offline/stage.ts';

// A browser of the story's own: the runner's never keeps a page that was left for the way back, people's do.
test.use({ trace: 'off', screenshot: 'off' });
test.describe.configure({ timeout: 120_000 });

let stage: Stage;
let scene: Scene;
let phone: Phone;

test.beforeAll(async () => {
  stage = await setStage();
  scene = await setScene(stage);
});
test.beforeEach(() => {
  phone = new Phone({ url: stage.server.url });
});
test.afterEach(() => phone?.end());
test.afterAll(() => stage?.end());

/** Runs in each page: a store so named takes as long to be made as on a phone that is busy with something else. */
function makeSlowly({ name, slot }: { name: string; slot: string }): void {
  if (localStorage.getItem(slot)) return;
  const open = indexedDB.open.bind(indexedDB);
  indexedDB.open = (asked, version) => {
    const request = open(asked, version);
    if (asked !== name) return request;
    request.addEventListener('upgradeneeded', () => {
      localStorage.setItem(slot, 'begun');
      const store = request.result.createObjectStore('slow');
      const goOn = () => {
        store.get('-').onsuccess = goOn;
      };
      goOn();
    });
    return request;
  };
}

const other = 'lin@tinglan.example';

async function signIn(page: Page, email: string): Promise<void> {
  await page.locator('input[type="email"]').fill(email);
  await page.locator('input[type="password"]').fill(samplePassword);
  await page.locator('button[type="submit"]').click();
}

test('R28 a page left while the store of its person is being made keeps it closed to nobody', async () => {
  const slot = 'test.making';
  const { rows } = await stage.query('select id from users where email = $1', [other]);
  const page = await phone.start('/sign-in');
  await signIn(page, scene.engineer.email);
  await expect(page.getByRole('status').first()).toHaveText(word('ui.network.up'), { timeout: 15_000 });
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await page.goto(`${stage.server.url}/me`);
  await page.getByRole('button', { name: word('app.sign_out') }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.context().addInitScript(makeSlowly, { name: `copperpea ${rows[0].id}`, slot });
  await page.goto(`${stage.server.url}/`);
  await signIn(page, other);
  await page.waitForFunction((at) => localStorage.getItem(at) !== null, slot);
  await page.goto(`${stage.server.url}/visits/${scene.visitId}`);
  await expect(page.getByRole('status').first()).toHaveText(word('ui.network.up'), { timeout: 15_000 });
  await page.goBack({ waitUntil: 'commit' });
  await expect(page.getByRole('status').first()).toHaveText(word('ui.network.up'), { timeout: 15_000 });
});
