import { type Browser, expect, type Page, test } from '@playwright/test';
import { type Desk, sample, signIn, startDesk } from './desk.ts';

/** R51: what somebody once wrote is found again, at the desk, on the phone and in the portal, by whoever may read it. */
test.describe.configure({ mode: 'serial' });

let desk: Desk;
let engineer: Page;
let phone: Page;
let customer: Page;

const words = '后厨出票机提示 ORA-01555，打出来的小票缺一半。';
const secret = '怀疑是紫薇牌电源的问题';

test.beforeAll(async ({ browser }: { browser: Browser }) => {
  desk = await startDesk();
  ({ page: engineer } = await signIn(browser, desk, { email: sample.engineer, size: 'desk' }));
  ({ page: phone } = await signIn(browser, desk, { email: sample.engineer, size: 'phone' }));
  ({ page: customer } = await signIn(browser, desk, { email: sample.contact, size: 'phone' }));
});
test.afterAll(async () => {
  await desk?.stop();
});

test('R51 what a customer asked a moment ago is found through ⌘K and on the page, in any spelling of its code', async () => {
  await customer.getByLabel('发生了什么？直接说就行').fill(words);
  await customer.getByRole('button', { name: '发给汀蓝技术服务' }).click();
  await expect(customer.getByText(words).first()).toBeVisible();
  await engineer.keyboard.press('Control+k');
  await engineer.getByRole('combobox').fill('ｏｒａ 01555');
  await engineer.getByRole('option', { name: '在全部内容里找' }).click();
  await expect(engineer).toHaveURL(/\/search\?q=/);
  const row = engineer.getByRole('row', { name: /后厨出票机/ }).first();
  await expect(row.locator('mark').first()).toHaveText('ORA-01555');
  await engineer.getByRole('button', { name: '范围' }).click();
  await engineer.getByRole('menuitem', { name: '设备' }).click();
  await expect(engineer.getByRole('heading', { name: /没有找到/ })).toBeVisible();
  await engineer.getByRole('button', { name: '在全部范围里找' }).click();
  await expect(row).toBeVisible();
  await engineer.getByRole('searchbox').press('ArrowDown');
  await engineer.keyboard.press('j');
  await engineer.keyboard.press('Enter');
  await expect(engineer).toHaveURL(/\/tickets\//);
  await expect(engineer.getByText(words).first()).toBeVisible();
});

test('R51 a whole question finds it on the phone, an internal note too', async () => {
  await engineer.getByRole('button', { name: '改写内部备注' }).click();
  await engineer.getByLabel('内部备注').fill(secret);
  await engineer.getByRole('button', { name: /记为备注/ }).click();
  await expect(engineer.getByText(secret)).toBeVisible();
  await phone.getByRole('link', { name: '查找' }).click();
  await phone.getByRole('searchbox').fill('为什么后厨的小票总是缺一半？');
  await expect(phone.getByText(/后厨出票机/).first()).toBeVisible();
  await phone.getByRole('searchbox').fill('紫薇牌电源');
  await phone
    .getByText(/怀疑是/)
    .first()
    .click();
  await expect(phone).toHaveURL(/\/tickets\//);
});

test('R51 the customer finds their own words again, and nothing of what colleagues noted', async () => {
  await customer.getByRole('link', { name: '查找' }).click();
  await customer.getByRole('searchbox').fill('紫薇牌电源');
  await expect(customer.getByRole('heading', { name: /没有找到/ })).toBeVisible();
  await customer.getByRole('searchbox').fill('小票缺一半');
  await customer
    .getByRole('link', { name: /后厨出票机/ })
    .first()
    .click();
  await expect(customer).toHaveURL(/\/portal\/questions\//);
  await expect(customer.getByText(words).first()).toBeVisible();
  await expect(customer.getByText(secret)).toHaveCount(0);
});
