import type { Locator, Page } from '@playwright/test';
import type { CuttingProxy } from './cutting-proxy.ts';
import { word } from './screen-words.ts';
import { samplePassword } from './stage.ts';

type Self = { name: string; email: string; wire: CuttingProxy; tell: (said: string) => void };

/** What stands over everything else when the session has ended. */
export function signInAsked(page: Page): Locator {
  return page.getByRole('dialog', { name: word('app.sign_in_again.title') });
}

export async function typePassword(form: Locator, email: string, timeout = 30_000): Promise<void> {
  const address = form.locator('input[type="email"]');
  await form.locator('input[type="password"]').waitFor({ timeout });
  if (await address.isEditable({ timeout })) await address.fill(email, { timeout });
  await form.locator('input[type="password"]').fill(samplePassword, { timeout });
  await form.locator('button[type="submit"]').click({ timeout });
}

/**
 * The session ran out, and the sign-in stands over the visit: without a network it is put off. The network may go and the
 * server be away while it is being answered: people look, and press once more.
 */
export async function answerSignIn(page: Page, { name, email, wire, tell }: Self): Promise<void> {
  const asked = signInAsked(page);
  for (let tries = 0; tries < 8 && (await asked.isVisible()); tries += 1) {
    if (wire.isOpen) {
      tell(`${name}: signs in again`);
      // It may go away by itself; and while the last press waits for its answer, there is none to press.
      await typePassword(asked, email, 2_000).catch(() => {});
    } else {
      tell(`${name}: signs in later`);
      const later = asked.getByRole('button', { name: word('app.sign_in_again.later') });
      await later.click({ timeout: 2_000 }).catch(() => {});
    }
    const gone = asked.waitFor({ state: 'hidden', timeout: 4_000 });
    if (await gone.then(() => true).catch(() => false)) return;
  }
}
