import { type Browser, expect, type Page, test } from '@playwright/test';
import { type Dovecot, startDovecot, withoutDovecot } from '../dovecot.ts';
import { type MailServer, startMailServer } from '../mail-server.ts';
import { rawMail } from '../mails.ts';
import { type Desk, sample, signIn, startDesk } from './desk.ts';

/** A customer who only ever writes mail: it stands in the queue, is answered, and stays one conversation on both sides. */
test.skip(withoutDovecot !== false, String(withoutDovecot));
test.describe.configure({ mode: 'serial' });

let desk: Desk;
let dovecot: Dovecot;
let post: MailServer;
let administrator: Page;
let engineer: Page;
const from = '王丽娟 <wanglijuan@haiyan.example>';

test.beforeAll(async ({ browser }: { browser: Browser }) => {
  [desk, dovecot, post] = await Promise.all([startDesk(), startDovecot(), startMailServer()]);
  ({ page: administrator } = await signIn(browser, desk, { email: sample.administrator, size: 'desk' }));
  ({ page: engineer } = await signIn(browser, desk, { email: sample.engineer, size: 'desk' }));
});
test.afterAll(async () => {
  await Promise.all([desk?.stop(), dovecot?.stop(), post?.close()]);
});

test('R1 the administrator connects a mailbox: none is there, then one that works', async () => {
  const { imap_port, imap_password } = dovecot.settings('support');
  await administrator.goto('/settings/mailboxes');
  await expect(administrator.getByText('还没有接上邮箱')).toBeVisible();
  await administrator.getByRole('button', { name: '添加邮箱' }).click();
  const form = administrator.getByRole('dialog');
  await form.getByLabel('名称', { exact: false }).first().fill('售后邮箱');
  await form.getByLabel('邮箱地址').fill('support@tinglan.example');
  await form.getByLabel('收信服务器（IMAP）').fill('127.0.0.1');
  await form.getByLabel('收信账号').fill('support');
  await form.getByLabel('收信加密').selectOption('plain');
  await form.getByLabel('收信端口').fill(String(imap_port));
  await form.getByLabel('发信服务器（SMTP）').fill('127.0.0.1');
  await form.getByLabel('发信加密').selectOption('plain');
  await form.getByLabel('发信端口').fill(String(post.port));
  await form.getByRole('button', { name: '添加这个邮箱' }).click();
  await expect(form).toBeHidden();
  await administrator.getByLabel('收信密码').fill(imap_password);
  await administrator.getByRole('button', { name: '保存密码' }).click();
  await expect(administrator.getByText('密码已保存', { exact: true })).toBeVisible();
  await administrator.getByRole('button', { name: '试一下连接' }).click();
  await expect(administrator.getByText('通了')).toHaveCount(2);
  await expect(administrator.getByText('已连上')).toBeVisible({ timeout: 15_000 });
});

test('R1 a mail stands in the queue without reload; the answer arrives in its thread, and the reply comes back', async () => {
  await engineer.goto('/tickets');
  await expect(engineer.getByRole('heading', { name: '工单' })).toBeVisible();
  const id = 'first@haiyan.example';
  await dovecot.deliver(
    'support',
    rawMail({ from, id, subject: '冷柜报警', text: '二号冷柜一直在响，温度显示零下五度。' }),
  );
  const row = engineer.getByRole('row').filter({ hasText: '冷柜报警' });
  await expect(row).toBeVisible({ timeout: 15_000 });
  await row.getByRole('link').first().click();
  await engineer.waitForURL(/\/tickets\//);
  await expect(engineer.getByText('来自邮件 wanglijuan@haiyan.example')).toBeVisible();
  await engineer.getByRole('button', { name: '看完整邮件' }).click();
  await expect(engineer.getByRole('dialog')).toContainText('零下五度');
  await engineer.keyboard.press('Escape');
  await engineer.getByLabel('给客户的回复').fill('我远程看过了，门没有关严，请推紧再看十分钟。');
  await engineer.getByRole('button', { name: /发给客户/ }).click();
  await expect(engineer.getByText('已发给 wanglijuan@haiyan.example')).toBeVisible({ timeout: 15_000 });
  const answer = await post.mailTo('wanglijuan@haiyan.example', ({ text }) => /门没有关严/.test(text ?? ''));
  expect(answer.references).toContain(`<${id}>`);
  expect(answer.subject).toContain('冷柜报警');
  await dovecot.deliver(
    'support',
    rawMail({
      from,
      subject: `回复：${answer.subject}`,
      text: '推紧以后不响了，谢谢。',
      headers: { 'In-Reply-To': answer.messageId ?? '', References: `<${id}> ${answer.messageId}` },
    }),
  );
  await expect(engineer.getByText('推紧以后不响了')).toBeVisible({ timeout: 15_000 });
});
