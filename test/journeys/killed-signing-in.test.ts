import { expect, test } from '@playwright/test';
import { CuttingProxy } from '../offline/cutting-proxy.ts';
import { Phone } from '../offline/phone.ts';
import { type Scene, setScene } from '../offline/scene.ts';
import { word } from '../offline/screen-words.ts';
import { signInAsked, typePassword } from '../offline/sign-in.ts';
import { type Stage, setStage } from '../offline/stage.ts';

test.use({ trace: 'off', screenshot: 'off' });
test.describe.configure({ timeout: 120_000 });

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

test('R28 a phone killed while its engineer signs in again still opens their visit, without a network and with one', async () => {
  const page = await phone.start('/sign-in');
  await typePassword(page.locator('body'), scene.engineer.email);
  await expect(page.getByRole('status').first()).toHaveText(word('ui.network.up'), { timeout: 15_000 });
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await stage.query(`update sessions set expires_at = now() - interval '1 minute' where user_id = $1`, [
    scene.engineer.id,
  ]);
  await page.goto(wire.url + visitPath());
  await expect(signInAsked(page)).toBeVisible();
  // They are let in; before the phone hears who they are, it is dead.
  let asksWho = false;
  await page.route('**/api/me', () => {
    asksWho = true;
  });
  await typePassword(signInAsked(page), scene.engineer.email);
  await expect.poll(() => asksWho).toBe(true);
  await phone.kill();

  wire.become({ is: 'refused' });
  const again = await phone.start(visitPath());
  const path = again.getByRole('region', { name: word('visits_phone.path') });
  await expect(path).toBeVisible({ timeout: 15_000 });
  wire.become({ is: 'open' });
  // A browser killed early forgets its newest cookies.
  const calm = again.getByRole('status').filter({ hasText: word('ui.network.up') });
  await expect(calm.or(signInAsked(again)).first()).toBeVisible({ timeout: 30_000 });
  await expect(path).toBeVisible();
});

const visitPath = () => `/visits/${scene.visitId}`;
