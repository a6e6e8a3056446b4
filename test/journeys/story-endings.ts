import { expect, type Locator, type Page } from '@playwright/test';

/** How a story ends: the report on paper and its stamp, what was promised, what the customer thinks of it. */

/** One version in the list of reports. */
export function versionOf(reports: Locator, version: number): Locator {
  return reports.getByRole('listitem').filter({ has: reports.page().getByText(`第 ${version} 版`) });
}

export async function downloadOf(version: Locator, name: '下载 PDF' | '下载 Word'): Promise<Buffer> {
  const link = version.getByRole('link', { name });
  const [download] = await Promise.all([version.page().waitForEvent('download'), link.click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** `words` are those that stand on the printed paper: its checksum is compared before the photo of it is bound. */
export async function bindStampedPaper(
  version: Locator,
  { photo, words }: { photo: Buffer; words: readonly string[] },
): Promise<void> {
  const page = version.page();
  await version.getByRole('button', { name: '绑定盖章件' }).click();
  const dialog = page.getByRole('dialog', { name: '绑定盖章件' });
  const [picker] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: '添加附件' }).click(),
  ]);
  await picker.setFiles({ name: '盖章报告.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect(dialog.getByRole('img', { name: '盖章报告.jpg' })).toBeVisible();
  const bind = dialog.getByRole('button', { name: /^绑定到第/ });
  await expect(bind).toBeDisabled();
  const compared = dialog.getByRole('checkbox', { name: /校验码以 [0-9a-f]{12} 开头/ });
  const begins = /[0-9a-f]{12}/.exec((await dialog.textContent()) ?? '')?.[0] as string;
  expect(words.some((text) => text.includes(begins))).toBe(true);
  await compared.check();
  await bind.click();
  await expect(dialog).toBeHidden();
}

/** In the dialog that closes the ticket. Caught in passing, the promise lacks its time; what is not whole can't be settled. */
export async function keepWhatWasCaught(closing: Locator): Promise<void> {
  const page = closing.page();
  await closing.getByRole('button', { name: '补全' }).click();
  const whole = page.getByRole('dialog', { name: '把承诺补全' });
  await whole.getByRole('button', { name: '明天 18:00 前' }).click();
  await whole.getByRole('button', { name: '补全承诺' }).click();
  await expect(whole).toBeHidden();
  await closing.getByRole('button', { name: '已兑现' }).click();
  const keeping = page.getByRole('dialog', { name: '这件事办到了' });
  await keeping.getByLabel('已电话告知').check();
  await keeping.getByRole('button', { name: '记为已兑现' }).click();
  await expect(keeping).toBeHidden();
}

export async function rate(portal: Page, { stars, words }: { stars: string; words?: string }): Promise<void> {
  // The star that one sees and taps is the label of a hidden choice.
  const choice = await portal.getByRole('radio', { name: stars, exact: true }).getAttribute('id');
  await portal.locator(`label[for="${choice}"]`).click();
  if (words) await portal.getByLabel(/想说/).fill(words);
  await portal.getByRole('button', { name: '提交评价' }).click();
  await expect(portal.getByText('谢谢您', { exact: false })).toBeVisible();
}
