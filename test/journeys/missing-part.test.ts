import { expect, type Page, test } from '@playwright/test';
import { word } from '../offline/screen-words.ts';
import { type Desk, sample, signIn, startDesk } from './desk.ts';

let desk: Desk;

test.beforeAll(async () => {
  desk = await startDesk();
});
test.afterAll(() => desk?.stop());

const ask = (page: Page) =>
  page.getByRole('button', { name: word('tickets.create.open'), exact: true }).click();

test('a dialog that did not load says so, and after the reload it opens', async ({ browser }) => {
  const { page } = await signIn(browser, desk, { email: sample.dispatcher, size: 'desk' });
  const part = '**/assets/NewTicketDialog-*.js';
  await page.route(part, (route) => route.abort());
  await ask(page);
  const said = page.getByRole('alert').filter({ hasText: word('ui.problems.part_missing.text') });
  await expect(said).toBeVisible();
  await page.unroute(part);
  await said.getByRole('button', { name: word('ui.reload'), exact: true }).click();
  await expect(said).toBeHidden();
  await ask(page);
  await expect(page.getByRole('dialog')).toBeVisible();
});
