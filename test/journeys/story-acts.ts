import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import type { Stage } from '../offline/stage.ts';
import { openBrowser, signIn } from './desk.ts';

/** The parts of the stories that several of them play: what people tap and type, and nothing else. */
export type House = { stage: Stage; browser: Browser };

const deskOf = ({ stage }: House) => ({
  url: stage.server.url,
  databaseUrl: stage.server.databaseUrl,
  stop: async () => {},
});

export async function atTheDesk(house: House, email: string): Promise<Page> {
  const { page } = await signIn(house.browser, deskOf(house), { email, size: 'desk' });
  return page;
}

export async function inThePortal(house: House, email: string): Promise<Page> {
  const { page } = await signIn(house.browser, deskOf(house), { email, size: 'phone' });
  return page;
}

export async function withNobodySignedIn(house: House): Promise<Page> {
  const { page } = await openBrowser(house.browser, deskOf(house), { size: 'phone' });
  return page;
}

/** Whoever sits there chooses one of a list by its words. */
export async function choose(form: Locator, label: string, option: string): Promise<void> {
  await form.getByLabel(label, { exact: true }).first().click();
  await form.page().getByRole('option', { name: option, exact: true }).click();
}

/** A moment as a field for date and time wants it, in Shanghai. */
export function wall(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
}

export type VisitPlan = { engineer: string; from: Date; to: Date; goal: string; doneWhen: string };

/** From the ticket’s page to the visit’s. */
export async function planVisit(desk: Page, plan: VisitPlan): Promise<void> {
  await fillPlan(desk, plan);
  const form = desk.getByRole('dialog');
  await form.getByRole('button', { name: '安排好' }).click();
  await expect(form).toBeHidden();
  await desk.waitForURL(/\/visits\//);
}

export async function fillPlan(desk: Page, plan: VisitPlan): Promise<void> {
  await desk.getByRole('button', { name: '安排现场' }).click();
  const form = desk.getByRole('dialog');
  await choose(form, '派谁去', plan.engineer);
  await form.getByLabel('从', { exact: true }).fill(wall(plan.from));
  await form.getByLabel('到', { exact: true }).fill(wall(plan.to));
  await form.getByLabel('目标', { exact: true }).fill(plan.goal);
  await form.getByLabel('做到什么算完成', { exact: true }).fill(plan.doneWhen);
  await choose(form, '接口人', '王丽娟');
}

/** One side’s column of the scope sheet. */
export async function fillScope(
  desk: Page,
  party: string,
  says: { what: string; hours: string; by: string },
) {
  await desk.getByRole('button', { name: `填写${party}这一栏` }).click();
  const form = desk.getByRole('dialog');
  await form.getByLabel('这次做什么').fill(says.what);
  await form.getByLabel('现场要几个小时').fill(says.hours);
  await form.getByLabel('谁说的').fill(says.by);
  await form.getByRole('button', { name: '记下这一栏' }).click();
  await expect(form).toBeHidden();
}

/** The engineer’s phone in the morning: signed in, the app and the visit on board. */
export async function takeAlong(page: Page, email: string): Promise<void> {
  await page.locator('input[type="email"]').fill(email);
  await page.locator('input[type="password"]').fill('copperpea-sample');
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((url) => url.pathname === '/today');
  await expect(page.getByText('没有网络也能打开本应用')).toBeVisible({ timeout: 60_000 });
}

export async function openStation(
  phone: Page,
  name: '准备' | '启动' | '实施' | '收尾' | '签字',
): Promise<void> {
  const head = phone.getByRole('heading', { level: 2 }).getByRole('button', { name: new RegExp(`^${name}`) });
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
}

export async function tapMain(phone: Page, name: string): Promise<void> {
  await phone.getByRole('button', { name, exact: true }).click();
}

/** Saves the sheet that is open on the phone; it closes once everything in it stands on the device. */
export async function saveSheet(phone: Page, act: string | RegExp): Promise<void> {
  const sheet = phone.getByRole('dialog').last();
  await sheet.getByRole('button', { name: act }).click();
  await expect(sheet).toBeHidden();
}

export const sheetOf = (phone: Page) => phone.getByRole('dialog').last();

/** A photo from the album, with a word to it. */
export async function addPhoto(phone: Page, picture: Buffer, caption: string): Promise<void> {
  const sheet = sheetOf(phone);
  const [album] = await Promise.all([
    phone.waitForEvent('filechooser'),
    sheet.getByRole('button', { name: '从相册选' }).click(),
  ]);
  await album.setFiles({ name: 'IMG_2041.jpg', mimeType: 'image/jpeg', buffer: picture });
  await sheet.getByLabel('第 1 张的说明').fill(caption);
}

/** The customer draws their name on the glass. */
export async function drawSignature(phone: Page): Promise<void> {
  const field = phone.getByRole('img', { name: '签字处' });
  await field.scrollIntoViewIfNeeded();
  const box = (await field.boundingBox()) as { x: number; y: number; width: number; height: number };
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  for (const stroke of [
    [at(0.2, 0.3), at(0.4, 0.7), at(0.5, 0.4)],
    [at(0.55, 0.3), at(0.7, 0.75), at(0.85, 0.35)],
  ]) {
    await phone.mouse.move(...(stroke[0] as readonly [number, number]));
    await phone.mouse.down();
    for (const point of stroke.slice(1)) await phone.mouse.move(...point, { steps: 6 });
    await phone.mouse.up();
  }
}

/** The network is back: all goes up. A browser killed early forgets its newest cookies; then the password is asked for. */
export async function allArrives(phone: Page): Promise<void> {
  const calm = phone.getByRole('status').first().filter({ hasText: '已连接，内容都已保存' });
  const asked = phone.getByRole('dialog', { name: '请重新登录' });
  await expect(calm.or(asked).first()).toBeVisible({ timeout: 60_000 });
  if (await asked.isVisible()) {
    await asked.locator('input[type="password"]').fill('copperpea-sample');
    await asked.locator('button[type="submit"]').click();
    await expect(asked).toBeHidden({ timeout: 30_000 });
  }
  await expect(calm).toBeVisible({ timeout: 60_000 });
}
