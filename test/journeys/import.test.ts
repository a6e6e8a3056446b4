import { type Browser, expect, type Page, test } from '@playwright/test';
import { type Desk, sample, signIn, startDesk } from './desk.ts';

/** A firm leaves another desk: the export is looked at, mapped, tried, brought in, read, and taken back. */
test.describe.configure({ mode: 'serial' });

let desk: Desk;
let page: Page;

const columns = [
  'Ticket Number',
  'Date Created',
  'Subject',
  'From',
  'From Email',
  'Priority',
  'Current Status',
];
const rows = [
  ['100201', '3/14/2025 9:05 AM', '三号收银机开不了机', '王丽', 'wangli@old.example', 'High', 'Open'],
  ['100202', '3/15/2025 10:00 AM', '发票打印机卡纸', '王丽', 'wangli@old.example', 'Low', 'Closed'],
  ['100203', 'no day at all', '这一行没有时间', '王丽', 'wangli@old.example', 'Low', 'Closed'],
  ['100204', '3/16/2025 10:00 AM', '这一行状态不明', '王丽', 'wangli@old.example', 'Low', 'Limbo'],
];
const csv = `${[columns, ...rows].map((row) => row.join(';')).join('\r\n')}\r\n`;

test.beforeAll(async ({ browser }: { browser: Browser }) => {
  desk = await startDesk();
  ({ page } = await signIn(browser, desk, { email: sample.administrator, size: 'desk' }));
});
test.afterAll(async () => {
  await desk?.stop();
});

test('R71 the export of a known desk is mapped by itself, and a dry run says what stays out and why', async () => {
  await page.goto('/settings');
  await page.getByRole('link', { name: /^导入/ }).click();
  await page.getByRole('link', { name: '导入一个文件' }).click();
  await page.locator('input[type="file"]').setInputFiles({
    name: 'tickets.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\uFEFF${csv}`, 'utf8'),
  });
  await expect(page.getByRole('cell', { name: '三号收银机开不了机' })).toBeVisible();
  await expect(page.getByLabel('编号', { exact: false }).first()).toHaveValue('Ticket Number');
  await page.getByLabel('没有对应客户的工单归到').fill('从旧系统来的客户');
  await page.getByRole('button', { name: '试运行，不写入' }).click();
  await expect(page.getByRole('status').getByText('会导入 2 张工单')).toBeVisible();
  await expect(page.getByText('时间「no day at all」无法识别')).toBeVisible();
  await expect(page.getByText('不认识的状态「Limbo」')).toBeVisible();
});

test('R71 it comes in, its tickets stand with the customer under their old number, and all of it is taken back', async () => {
  await page.getByRole('button', { name: '开始导入' }).click();
  await expect(page.getByText('已完成', { exact: true })).toBeVisible();
  const address = page.url();
  await page.goto('/customers');
  await page.getByRole('link', { name: /从旧系统来的客户/ }).click();
  await page.getByRole('link', { name: /三号收银机开不了机/ }).click();
  await expect(page.getByText('原编号 100201')).toBeVisible();
  await expect(page.getByText('从原系统导入', { exact: true })).toBeVisible();
  await page.goto(address);
  await page.getByRole('button', { name: '撤回这次导入' }).click();
  await page.getByRole('button', { name: '整个撤回' }).click();
  await expect(page.getByText('已撤回', { exact: true })).toBeVisible();
});
