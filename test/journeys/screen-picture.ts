import type { Page } from '@playwright/test';

/** All of a screen, also what scrolls inside it, for people to look at. */
export async function takePicture(
  page: Page,
  name: string,
  size: { width: number; height: number },
): Promise<void> {
  const hidden = await page.evaluate(() => {
    const scrolling = [...document.querySelectorAll('html, main, main *, [role="dialog"]')];
    return Math.max(0, ...scrolling.map((element) => element.scrollHeight - element.clientHeight));
  });
  const isLonger = hidden > 20;
  if (isLonger) await page.setViewportSize({ ...size, height: size.height + Math.min(hidden, 2_400) });
  await page.screenshot({ path: `test-results/screens/${name}.png` });
  if (isLonger) await page.setViewportSize(size);
}
