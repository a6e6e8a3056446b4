import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { CuttingProxy } from '../offline/cutting-proxy.ts';
import { Phone } from '../offline/phone.ts';
import { type Stage, setStage } from '../offline/stage.ts';
import { sample } from './desk.ts';
import {
  addPhoto,
  allArrives,
  atTheDesk,
  choose,
  fillPlan,
  fillScope,
  inThePortal,
  openStation,
  saveSheet,
  sheetOf,
  takeAlong,
  tapMain,
} from './story-acts.ts';

/**
 * The visit goes to a colleague while its engineer works without a network: what was done is kept apart, in sight, and a
 * person decides on each; nothing is lost, and nothing gets into the record by itself. Then the colleague loses the role while
 * without a network, and it is the same. In Chinese, by tapping and typing.
 */
// The phones are browsers of their own, which the story kills: nothing of the runner's is traced.
test.use({ trace: 'off', screenshot: 'off' });
test.describe.configure({ mode: 'serial', timeout: 240_000 });

const before = { name: '唐雨桐', email: 'tang@tinglan.example' };
const after = { name: '何子谦', email: 'he@tinglan.example' };
const done = '换了二号收银机的电源，现在能开机了。';
const aside = '后门的钥匙在隔壁店里';
const lateWords = '打印机的纸也换过了';
const paper = '换了打印纸';

let stage: Stage;
let wire: CuttingProxy;
let secondWire: CuttingProxy;
let phone: Phone;
let second: Phone;
let dispatcher: Page;
let visitPath = '';

test.beforeAll(async ({ browser }) => {
  stage = await setStage();
  wire = await CuttingProxy.begin({ host: '127.0.0.1', port: stage.server.port });
  phone = new Phone({ url: wire.url });
  secondWire = await CuttingProxy.begin({ host: '127.0.0.1', port: stage.server.port });
  second = new Phone({ url: secondWire.url });
  dispatcher = await atTheDesk({ stage, browser }, 'lin@tinglan.example');
  const contact = await inThePortal({ stage, browser }, 'wanglijuan@haiyan.example');
  await contact.goto('/portal');
  await contact.getByLabel('发生了什么？直接说就行').fill('二号收银机开不了机。');
  await contact.getByText('干不了活了').click();
  await contact.getByRole('button', { name: '发给汀蓝技术服务' }).click();
  await contact.waitForURL(/\/portal\/questions\//);
  await contact.context().close();
});
test.afterEach(async () => {
  const { status, expectedStatus } = test.info();
  if (status === expectedStatus || !phone?.isOn) return;
  const path = test.info().outputPath('phone.png');
  await phone.page.screenshot({ path }).catch(() => {});
});
test.afterAll(async () => {
  await phone?.end();
  await second?.end();
  await wire?.end();
  await secondWire?.end();
  await stage?.end();
});

const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

async function changePlan(change: (plan: Locator) => Promise<void>): Promise<void> {
  await dispatcher.getByRole('button', { name: '修改安排' }).click();
  const plan = dispatcher.getByRole('dialog');
  await change(plan);
  await plan.getByRole('button', { name: '保存修改' }).click();
  await expect(plan).toBeHidden();
}

test('R20 in an emergency one side’s words and a short list are enough to send somebody', async () => {
  await dispatcher.goto('/tickets');
  await dispatcher
    .getByRole('row')
    .filter({ hasText: '二号收银机开不了机' })
    .getByRole('link')
    .first()
    .click();
  await dispatcher.waitForURL(/\/tickets\//);
  await fillPlan(dispatcher, {
    engineer: before.name,
    from: hours(-1),
    to: hours(6),
    goal: '二号收银机能开机',
    doneWhen: '开机收一单',
  });
  const form = dispatcher.getByRole('dialog');
  await form.getByLabel('紧急出发').check();
  await expect(form.getByRole('button', { name: '安排好' })).toBeDisabled();
  await form.getByLabel('为什么是紧急出发').fill('只剩一台收银机');
  await form.getByRole('button', { name: '安排好' }).click();
  await dispatcher.waitForURL(/\/visits\//);
  await expect(dispatcher.getByText('只剩一台收银机').first()).toBeVisible();
  const facts = dispatcher.getByRole('complementary', { name: '现场资料' });
  await changePlan(async (plan) => plan.getByLabel('紧急出发', { exact: true }).uncheck());
  await expect(facts.getByText('只剩一台收银机')).toBeHidden();
  await changePlan(async (plan) => {
    await plan.getByLabel('紧急出发', { exact: true }).check();
    await expect(plan.getByRole('button', { name: '保存修改' })).toBeDisabled();
    await plan.getByLabel('为什么是紧急出发').fill('最后一台收银机也坏了');
  });
  await expect(facts.getByText('最后一台收银机也坏了')).toBeVisible();
  visitPath = new URL(dispatcher.url()).pathname;
  // A form that is put aside while other things are done on the visit: what was typed is there again.
  const plan = dispatcher.getByRole('dialog');
  await dispatcher.getByRole('button', { name: '修改安排' }).click();
  await plan.getByLabel('目标').fill('二号收银机能开机，能打小票');
  await plan.getByRole('button', { name: '取消', exact: true }).click();
  await expect(plan).toBeHidden();
  for (const item of ['工具和备件', '进场许可']) {
    await dispatcher.getByRole('checkbox', { name: item }).check();
    await expect(dispatcher.getByRole('listitem').filter({ hasText: item }).getByText(/勾选/)).toBeVisible();
  }
  await expect(dispatcher.getByText('都准备好了')).toBeVisible();
  await changePlan((form) => expect(form.getByLabel('目标')).toHaveValue('二号收银机能开机，能打小票'));
  await expect(dispatcher.getByText('二号收银机能开机，能打小票').first()).toBeVisible();
  await fillScope(dispatcher, '接口人', { what: '收银机开机', hours: '2', by: '王丽娟' });
  await expect(dispatcher.getByText('没有什么挡在前面，可以派出。')).toBeVisible();
  await dispatcher.getByRole('button', { name: '派出工程师' }).click();
  await expect(dispatcher.getByText('已派出').first()).toBeVisible();
});

test('R28 the engineer works without a network while the visit goes to a colleague', async () => {
  const page = await phone.start('/sign-in');
  await takeAlong(page, before.email);
  await page.goto(phone.url + visitPath);
  await expect(page.getByRole('button', { name: '出发', exact: true })).toBeVisible();
  wire.become({ is: 'refused' });
  for (const act of ['出发', '我到了', '开始']) await tapMain(page, act);
  await openStation(page, '实施');
  await tapMain(page, '记一笔');
  await sheetOf(page).getByLabel('给客户看的话').fill(done);
  const picture = sharp({ create: { width: 800, height: 600, channels: 3, background: '#27548a' } });
  await addPhoto(page, await picture.jpeg().toBuffer(), '新电源');
  await saveSheet(page, '存下这一笔');
  await page.getByRole('button', { name: '写备注' }).click();
  await sheetOf(page).getByLabel('内部备注').fill(aside);
  await saveSheet(page, '存下备注');
  await expect(page.getByText(aside).first()).toBeVisible();

  await dispatcher.getByRole('button', { name: '改派' }).click();
  const form = dispatcher.getByRole('dialog');
  await choose(form, '交给谁', after.name);
  await form.getByRole('button', { name: `交给 ${after.name}` }).click();
  await expect(form).toBeHidden();
});

test('R28 killed and home again, the phone says whose visit it is now and what waits for a decision', async () => {
  await phone.kill();
  wire.become({ is: 'open' });
  const page = await phone.start(visitPath);
  await allArrives(page);
  await expect(page.getByText(`这次现场已交给${after.name}`)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('5 项记录在等主管决定')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(done).first()).toBeVisible();
  await page.getByRole('link', { name: '回到今天' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: `已交给${after.name}` })).toBeVisible();
});

test('R28 nothing of it got into the record by itself, at the desk or on the colleague’s phone', async () => {
  await dispatcher.reload();
  await expect(dispatcher.getByRole('region', { name: '隔离的记录' })).toContainText(done);
  await expect(dispatcher.getByText('已派出').first()).toBeVisible();
  const page = await second.start('/sign-in');
  await takeAlong(page, after.email);
  // The way to the server is busy: the page stands for a while before anybody hears what happens elsewhere.
  let isHeld = false;
  await page.route('**/api/live', async (route) => {
    isHeld = true;
    await sleep(5_000);
    await route.continue();
  });
  await page.goto(second.url + visitPath);
  await expect(page.getByRole('button', { name: '出发', exact: true })).toBeVisible();
  await expect(page.getByText(done)).toHaveCount(0);
  await expect.poll(() => isHeld).toBe(true);
});

test('R28 a lead takes over what counts, in the name of who did it, and leaves out the rest with a reason', async () => {
  const apart = dispatcher.getByRole('region', { name: '隔离的记录' });
  for (const act of ['出发', '到场', '开始工作', '工作记录']) {
    const take = apart.getByRole('button', { name: `采用：${act}`, exact: true });
    await take.click();
    await expect(take).toHaveCount(0);
  }
  await apart.getByRole('button', { name: '不采用：备注', exact: true }).click();
  const form = dispatcher.getByRole('dialog');
  await form.getByLabel('为什么不采用').fill('钥匙已经还了');
  await form.getByRole('button', { name: '不采用这条记录' }).click();
  await expect(form).toBeHidden();
  await expect(apart).toBeHidden();
  await expect(dispatcher.getByRole('region', { name: '工作记录' })).toContainText(done);
  // The colleague's phone hears of it without being asked.
  await openStation(second.page, '实施');
  await expect(second.page.getByText(done)).toBeVisible({ timeout: 30_000 });
});

test('a colleague who reads it in another zone finds the times of the site, and whose they are', async ({
  browser,
}) => {
  const page = await atTheDesk({ stage, browser }, sample.manager);
  await page.goto('/settings/account');
  await choose(page.locator('main'), '时区', '东京时间');
  await page.getByRole('button', { name: '保存', exact: true }).first().click();
  await expect(page.getByText('已保存')).toBeVisible();
  await page.goto(visitPath);
  await expect(page.getByText('本页按当地时间（北京时间）')).toBeVisible();
  await expect(dispatcher.getByText('本页按当地时间')).toHaveCount(0);
  const facts = (desk: Page) => desk.getByRole('complementary', { name: '现场资料' });
  await expect(facts(page).getByText('到场')).toBeVisible();
  const times = (desk: Page) => facts(desk).locator('time');
  await expect(times(page)).toHaveText(await times(dispatcher).allTextContents());
  const began = (desk: Page) => desk.getByRole('region', { name: '工作记录' }).getByRole('article').first();
  await expect(began(page)).toHaveText((await began(dispatcher).textContent()) ?? '');
  // Whoever plans reads the engineer's other visits by the clocks by which they enter the times.
  await page.getByRole('button', { name: '修改安排' }).click();
  await expect(page.getByRole('dialog').getByText('按当地时间（北京时间）')).toBeVisible();
  await page.context().close();
});

test('each act stands once, at the time at which it was done, in the name of who did it', async () => {
  const id = visitPath.split('/').pop();
  const { rows: log } = await stage.query(
    'select done_by_name, happened_at, received_at, photos from visit_log_entries where visit_id = $1',
    [id],
  );
  expect(log).toHaveLength(1);
  expect(log[0].done_by_name).toBe(before.name);
  expect(+log[0].received_at).toBeGreaterThan(+log[0].happened_at);
  expect(log[0].photos).toHaveLength(1);
  const { rows: kept } = await stage.query(
    'select act, verdict, decision_reason, happened_at from quarantined_acts where visit_id = $1 order by happened_at',
    [id],
  );
  expect(kept.map(({ act, verdict }) => `${act} ${verdict}`)).toEqual([
    'depart applied',
    'arrive applied',
    'start applied',
    'log applied',
    'note dropped',
  ]);
  expect(kept.at(-1).decision_reason).toBe('钥匙已经还了');
  const { rows: notes } = await stage.query('select from visit_notes where visit_id = $1', [id]);
  expect(notes).toHaveLength(0);
});

test('R28 the role is taken from the colleague, who works without a network: what was done comes home and waits for a lead', async ({
  browser,
}) => {
  const page = second.page;
  secondWire.become({ is: 'refused' });
  await openStation(page, '实施');
  await page.getByRole('button', { name: '写备注' }).click();
  await sheetOf(page).getByLabel('内部备注').fill(lateWords);
  await saveSheet(page, '存下备注');
  await expect(page.getByText(lateWords).first()).toBeVisible();
  await tapMain(page, '记一笔');
  await sheetOf(page).getByLabel('给客户看的话').fill(paper);
  await saveSheet(page, '存下这一笔');
  // They are about to say more of it when the network comes back.
  const line = page.getByRole('listitem').filter({ hasText: paper }).last();
  await line.getByRole('button', { name: /^修改：/ }).click();
  await expect(sheetOf(page).getByLabel('给客户看的话')).toHaveValue(paper);

  const administrator = await atTheDesk({ stage, browser }, 'shen@tinglan.example');
  await administrator.goto('/settings/people');
  await administrator.getByRole('button', { name: `对${after.name}的操作` }).click();
  await administrator.getByRole('menuitem', { name: '修改资料与角色' }).click();
  const form = administrator.getByRole('dialog');
  await form.getByRole('checkbox', { name: '销售' }).check();
  await form.getByRole('checkbox', { name: '工程师' }).uncheck();
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form).toBeHidden();
  await administrator.context().close();

  secondWire.become({ is: 'open' });
  await allArrives(page);
  await expect(page.getByText('2 项记录在等主管决定')).toBeVisible({ timeout: 60_000 });
  await sheetOf(page).getByLabel('给客户看的话').fill(`${paper}，试印过了`);
  await sheetOf(page).locator('button[type="submit"]').click();
  await expect(sheetOf(page).getByRole('alert')).toContainText('这一条在等主管决定，暂时不能改。');
  await expect(sheetOf(page).getByLabel('给客户看的话')).toHaveValue(`${paper}，试印过了`);
  await page.keyboard.press('Escape');
  await expect(page.getByText('这些传到时，你已经没有做现场的权限。')).toBeVisible();
  await expect(page.getByText(lateWords)).toBeVisible();
  await expect(page.getByText('没有被接受')).toHaveCount(0);
});

test('R28 the lead reads why it was kept, and takes it over in the name of who wrote it', async () => {
  const apart = dispatcher.getByRole('region', { name: '隔离的记录' });
  await expect(apart).toContainText(lateWords, { timeout: 30_000 });
  await expect(apart).toContainText(`送到时，${after.name} 已经没有做现场的权限。`);
  for (const act of ['备注', '工作记录'])
    await apart.getByRole('button', { name: `采用：${act}`, exact: true }).click();
  await expect(apart).toBeHidden();
  const { rows } = await stage.query(
    'select done_by_name, happened_at, received_at from visit_notes where visit_id = $1',
    [visitPath.split('/').pop()],
  );
  expect(rows.map(({ done_by_name }) => done_by_name)).toEqual([after.name]);
});
