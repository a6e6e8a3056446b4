import { expect, test } from '@playwright/test';
import { word } from '../offline/screen-words.ts';
import { type Desk, sample, samplePassword, signIn, startDesk } from './desk.ts';

let desk: Desk;

test.beforeAll(async () => {
  desk = await startDesk();
});
test.afterAll(() => desk?.stop());

const words = '网线已经换好，请您再试一次。';

test('what one person wrote is never sent in the name of another who signed in beside them', async ({
  browser,
}) => {
  const { page, context } = await signIn(browser, desk, { email: sample.dispatcher, size: 'desk' });
  await page.getByRole('row').getByRole('link').first().click();
  await page.waitForURL(/\/tickets\//);
  const ticketId = page.url().split('/').at(-1);
  const reply = page.getByLabel('给客户的回复');
  await reply.fill(words);
  // Another session in the place of this one, of which the page has not heard.
  const other = { email: sample.manager, password: samplePassword };
  expect(await page.evaluate(signInBeside, other)).toBe(200);
  await page.getByRole('button', { name: /发给客户/ }).click();
  const said = page.getByRole('alert').filter({ hasText: word('refusals.ground.signed_in_as_another.text') });
  await expect(said).toBeVisible();
  await expect(reply).toHaveValue(words);
  const read = await context.request.get(`/api/tickets/${ticketId}/timeline`);
  expect(read.ok()).toBe(true);
  expect(await read.text()).not.toContain(words);
});

test('what is sent when the session is over waits for the sign-in, and then arrives', async ({ browser }) => {
  const { page, context } = await signIn(browser, desk, { email: sample.dispatcher, size: 'desk' });
  await page.getByRole('row').getByRole('link').first().click();
  await page.waitForURL(/\/tickets\//);
  await page.getByLabel('给客户的回复').fill(words);
  await context.clearCookies();
  await page.getByRole('button', { name: /发给客户/ }).click();
  const dialog = page.getByRole('dialog', { name: word('app.sign_in_again.title') });
  await dialog.locator('input[type="password"]').fill(samplePassword);
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(words)).toBeVisible();
  await expect(page.getByLabel('给客户的回复')).toHaveValue('');
});

/** Runs in the page; the status of the answer. */
async function signInBeside(body: { email: string; password: string }): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return (await fetch('/api/auth/sign-in/email', init)).status;
}
