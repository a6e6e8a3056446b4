import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { newId } from '#server/platform/ids.ts';
import { type Desk, openBrowser, sample, samplePassword, startDesk } from './desk.ts';
import { drawSignature, openStation, saveSheet, sheetOf, tapMain } from './story-acts.ts';

/**
 * What can go wrong between a phone on site and the record, and what its owner sees and can do: forms that outlive the app,
 * two values for one field, acts that the server turns down. What others do meanwhile is asked of the server straight.
 */
test.use({ trace: 'off' });
test.describe.configure({ mode: 'serial', timeout: 240_000 });

type Json = Record<string, unknown>;
type VisitJson = {
  goal: string;
  log: LogJson[];
  notes: { body: string; photos: LogJson['photos'] }[];
  findings: Json[];
  state: string;
  days: { no_wrap_up_reason: string | null }[];
  interface_contact_id: string | null;
  signatures: Json[];
  today_confirmed: { name: string; read: { done_when: string } } | null;
};
type LogJson = { customer_line: string; photos: { file_id: string; caption: string }[] };

let desk: Desk;
let dispatcher: BrowserContext;
let phone: BrowserContext;
let page: Page;
let visitId = '';

test.beforeAll(async ({ browser }) => {
  desk = await startDesk();
  dispatcher = await signedIn(browser, sample.dispatcher);
  phone = await signedIn(browser, sample.engineer);
  visitId = await sendOff();
  page = await phone.newPage();
});
test.afterAll(() => desk?.stop());

test('R28 what stands half written in a form is there again after the app was closed without a network', async () => {
  await page.goto('/today');
  const coming = page.getByRole('link').filter({ hasText: '三号台重新能打小票' });
  await expect(coming).toBeVisible();
  await expect(page.getByText('没有网络也能打开本应用')).toBeVisible({ timeout: 60_000 });
  await phone.setOffline(true);
  await coming.click();
  for (const act of ['出发', '我到了', '开始', '记一笔']) await tapMain(page, act);
  await sheetOf(page).getByLabel('给客户看的话', { exact: true }).fill('换好了打印头');
  await takePhoto({ width: 4_000, height: 3_000, caption: '拆下的旧打印头' });
  await page.close();
  page = await phone.newPage();
  await page.goto(`/visits/${visitId}`);
  await tapMain(page, '记一笔');
  await expect(sheetOf(page).getByText('这是你上次没写完的内容。')).toBeVisible();
  await expect(sheetOf(page).getByLabel('给客户看的话', { exact: true })).toHaveValue('换好了打印头');
  await expect(sheetOf(page).getByLabel('第 1 张的说明')).toHaveValue('拆下的旧打印头');
  await saveSheet(page, '存下这一笔');
  await expect(page.getByText('已存在本机').first()).toBeVisible();
  await phone.setOffline(false);
  await expect(page.getByText('已连接，内容都已保存')).toBeVisible({ timeout: 30_000 });
  const { log } = await visit();
  expect(log.map(({ customer_line }) => customer_line)).toEqual(['换好了打印头']);
  expect(log[0]?.photos.map(({ caption }) => caption)).toEqual(['拆下的旧打印头']);
  const kept = await dispatcher.request.get(`${desk.url}/api/files/${log[0]?.photos[0]?.file_id}`);
  const { format, width, height } = await sharp(await kept.body()).metadata();
  expect({ format, width, height }).toEqual({ format: 'jpeg', width: 2_560, height: 1_920 });
});

test('sales, whose phone carries no visits, reads one from the server; without a network a sentence says so', async ({
  browser,
}) => {
  const sales = await signedIn(browser, sample.sales);
  const read = await sales.newPage();
  await read.goto(`/visits/${visitId}`);
  await openStation(read, '实施');
  await expect(read.getByText('换好了打印头')).toBeVisible();
  await expect(read.getByRole('button', { name: '记一笔', exact: true })).toHaveCount(0);
  await read.route('**/api/visits/**', (route) => route.abort('internetdisconnected'));
  await read.goto(`/visits/${visitId}`);
  await expect(read.getByRole('heading', { name: '联网后才能看这次现场' })).toBeVisible({ timeout: 20_000 });
  await expect(read.getByRole('link', { name: '去看工单' })).toBeVisible();
  await read.unroute('**/api/visits/**');
  await expect(read.getByRole('region', { name: '现场步骤' })).toBeVisible({ timeout: 30_000 });
  await sales.close();
});

test('R28 a field that two people changed shows both values on the phone until its owner decides', async () => {
  await phone.setOffline(true);
  await openStation(page, '准备');
  await page.getByRole('button', { name: '修改今日卡片' }).click();
  await sheetOf(page).getByLabel('目标', { exact: true }).fill('三号台和四号台都能打');
  await saveSheet(page, '保存今日卡片');
  const { goal } = await visit();
  const changes = { goal: { from: goal, to: '只看三号台' } };
  await ask(`/api/visits/${visitId}/edit`, { id: newId(), changes });
  await phone.setOffline(false);
  await page.getByRole('button', { name: '有 1 处等你决定' }).click({ timeout: 30_000 });
  const clash = page.getByRole('region', { name: '「目标」有两种说法' });
  await expect(clash).toContainText('只看三号台');
  await expect(clash).toContainText('三号台和四号台都能打');
  await clash.getByRole('button', { name: '用这个' }).click();
  await expect(clash).toBeHidden();
  await expect.poll(async () => (await visit()).goal).toBe('三号台和四号台都能打');
});

test('R33 whoever reads the card says yes to the words they read; a yes that was not theirs to give is set right with whose it is', async () => {
  const edit = (name: string, from: unknown, to: unknown) =>
    ask(`/api/visits/${visitId}/edit`, { id: newId(), changes: { [name]: { from, to } } });
  await edit('done_when', '', '各打 50 张');
  await openStation(page, '准备');
  await page.getByRole('button', { name: /^请.+确认$/ }).click({ timeout: 30_000 });
  const sheet = sheetOf(page);
  await edit('done_when', '各打 50 张', '各打 100 张');
  await expect(sheet.getByRole('alert')).toContainText('刚才有同事改过内容', { timeout: 30_000 });
  await expect(sheet).toContainText('各打 50 张');
  await expect(sheet.getByRole('button', { name: /确认$/ })).toBeDisabled();
  await sheet.getByRole('button', { name: '看新的内容' }).click();
  await phone.setOffline(true);
  await saveSheet(page, /确认$/);

  const { interface_contact_id: before } = await visit();
  const contacts = (await ask(`/api/visits/${visitId}`)).about as {
    contacts: { id: string; name: string }[];
  };
  const other = contacts.contacts.find(({ id }) => id !== before) as { id: string; name: string };
  await edit('interface_contact_id', before, other.id);
  await phone.setOffline(false);
  await page.getByRole('button', { name: '有 1 处等你决定' }).click({ timeout: 30_000 });
  const refused = page.getByRole('region', { name: '「确认今日卡片」没有被接受' });
  await refused.getByRole('button', { name: '修改', exact: true }).click();
  const who = sheetOf(page).getByLabel('哪一位');
  await expect(who.getByRole('option')).toHaveText(['请选择', new RegExp(`^${other.name}`)]);
  await who.selectOption(other.id);
  await sheetOf(page).getByRole('button', { name: '改好了，重新发送' }).click();
  await expect(refused).toBeHidden();
  await expect.poll(async () => (await visit()).today_confirmed?.name, { timeout: 20_000 }).toBe(other.name);
  expect((await visit()).today_confirmed?.read.done_when).toBe('各打 100 张');
  await edit('interface_contact_id', other.id, before);
  await openStation(page, '准备');
  await expect(page.getByText('已确认；之后「接口人」改过，请再确认一次')).toBeVisible({ timeout: 30_000 });
});

test('R27 a signature refused because the desk named another interface person meanwhile is sent again as it was, once they may sign', async () => {
  const { interface_contact_id: signer } = await visit();
  const named = (from: string | null, to: string | null) =>
    ask(`/api/visits/${visitId}/edit`, { id: newId(), changes: { interface_contact_id: { from, to } } });
  await phone.setOffline(true);
  await openStation(page, '签字');
  await tapMain(page, '请客户签字');
  await drawSignature(page);
  await saveSheet(page, '签好了');
  await named(signer, null);
  await phone.setOffline(false);
  await page.getByRole('button', { name: '有 1 处等你决定' }).click({ timeout: 30_000 });
  const refused = page.getByRole('region', { name: '「签字」没有被接受' });
  const again = refused.getByRole('button', { name: '再发一次' });
  await again.click();
  await expect(refused.getByRole('alert')).toBeVisible();
  expect((await visit()).signatures).toEqual([]);
  await named(null, signer);
  // The phone hears of it in its own time.
  await expect(async () => {
    if (await again.isVisible()) await again.click();
    await expect(refused).toBeHidden({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect.poll(async () => (await visit()).signatures.length, { timeout: 20_000 }).toBe(1);
});

test('R28 what the server turned down stays on the visit with its reason: changed, kept as a note, or dropped', async () => {
  await phone.setOffline(true);
  await openStation(page, '实施');
  for (const what of ['电源线磨破了', '风扇不转']) {
    await page.getByRole('button', { name: '记一个发现' }).click();
    await sheetOf(page).getByLabel('发现了什么', { exact: true }).fill(what);
    if (what === '电源线磨破了') await takePhoto({ width: 800, height: 600, caption: '露出铜丝的地方' });
    await saveSheet(page, '存下这个发现');
  }
  await ask(`/api/visits/${visitId}/cancel`, { reason: '客户改期' });
  await phone.setOffline(false);
  await page.getByRole('button', { name: '有 2 处等你决定' }).click({ timeout: 30_000 });
  const refused = page.getByRole('region', { name: '「发现」没有被接受' });
  await expect(refused).toHaveCount(2);
  await expect(refused.first()).toContainText('客户改期');

  const cable = refused.filter({ hasText: '电源线磨破了' });
  await cable.getByRole('button', { name: '修改', exact: true }).click();
  await sheetOf(page).getByLabel('发现了什么', { exact: true }).fill('电源线磨破了，露出铜丝');
  await sheetOf(page).getByRole('button', { name: '改好了，重新发送' }).click();
  await expect(sheetOf(page).getByRole('alert')).toContainText('客户改期');
  await expect(sheetOf(page).getByLabel('发现了什么', { exact: true })).toHaveValue('电源线磨破了，露出铜丝');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await expect(cable.getByRole('button', { name: '看大图：照片' })).toBeVisible();
  await cable.getByRole('button', { name: '留作备注' }).click();
  await expect(cable).toBeHidden();
  const fan = refused.filter({ hasText: '风扇不转' });
  await fan.getByRole('button', { name: '放弃', exact: true }).click();
  await fan.getByRole('button', { name: '先留着' }).click();
  await fan.getByRole('button', { name: '放弃', exact: true }).click();
  await fan.getByRole('button', { name: '放弃这一项' }).click();
  await expect(refused).toHaveCount(0);
  await expect(page.getByText('林可取消了这次现场')).toBeVisible();
  await expect.poll(async () => (await visit()).notes.length, { timeout: 20_000 }).toBe(1);
  const after = await visit();
  const [note] = after.notes;
  expect(note?.body).toContain('电源线磨破了');
  expect(note?.photos.map(({ caption }) => caption)).toEqual(['露出铜丝的地方']);
  const photo = await dispatcher.request.get(`${desk.url}/api/files/${note?.photos[0]?.file_id}`);
  expect((await sharp(await photo.body()).metadata()).width).toBe(800);
  expect(after.findings).toEqual([]);
});

test('R28 a visit that was called off says so on the day’s screen, and takes the hours that are still missing', async () => {
  await page.goto('/today');
  const left = page.getByRole('region', { name: '不在安排里了' });
  await left.getByRole('link').filter({ hasText: '林可取消了：客户改期' }).click();
  await expect(page.getByText('没记完的工时、答应的事和备注')).toBeVisible();
  await openStation(page, '实施');
  await expect(page.getByRole('button', { name: '记一个发现' })).toHaveCount(0);
  await tapMain(page, '记一笔');
  await sheetOf(page).getByLabel('给客户看的话').fill('把备用电源带回来了');
  await saveSheet(page, '存下这一笔');
  const lines = async () => (await visit()).log.map(({ customer_line }) => customer_line);
  await expect.poll(lines, { timeout: 20_000 }).toContain('把备用电源带回来了');
});

test('R26 a visit of two days: left for today with a reason, gone to again, and left for good only with that day’s wrap-up', async () => {
  visitId = await sendOff('两天装完三号台');
  await page.goto(`/visits/${visitId}`);
  await expect(page.getByRole('button', { name: '出发', exact: true })).toBeVisible({ timeout: 30_000 });
  await phone.setOffline(true);
  const leaveUnsigned = async () => {
    await openStation(page, '签字');
    await page.getByRole('button', { name: '不签字，先离开' }).click();
  };
  const goesOn = sheetOf(page).getByRole('checkbox', { name: '还没做完，之后再来' });
  for (const act of ['出发', '我到了', '开始']) await tapMain(page, act);
  await page.getByRole('button', { name: '记下承诺' }).click();
  await sheetOf(page).getByLabel('答应了什么').fill('周五送备用线来');
  await saveSheet(page, '存下承诺');
  await leaveUnsigned();
  await expect(sheetOf(page).getByText('周五送备用线来')).toBeVisible();
  // Its plan reaches beyond the night.
  await expect(goesOn).toBeChecked();
  await sheetOf(page).getByLabel('为什么没有小结').fill('客户提前关店');
  await saveSheet(page, '今天先离开');
  await expect(page.getByText('第 2 天').first()).toBeVisible();
  await expect(page.getByText('客户提前关店')).toBeVisible();
  for (const act of ['出发', '我到了', '开始']) await tapMain(page, act);
  await leaveUnsigned();
  await expect(sheetOf(page).getByLabel('为什么没有小结')).toBeVisible();
  await page.keyboard.press('Escape');
  await openStation(page, '收尾');
  await tapMain(page, '收尾');
  await sheetOf(page).getByLabel('我们的依据').fill('三号台连打十张');
  // What the day before was promised is no answer to what was today.
  await expect(sheetOf(page).getByRole('list').getByText('周五送备用线来')).toHaveCount(0);
  await sheetOf(page).getByRole('radio', { name: '没有', exact: false }).check();
  await saveSheet(page, '存下小结');
  await leaveUnsigned();
  await expect(sheetOf(page).getByLabel('为什么没有小结')).toHaveCount(0);
  await goesOn.uncheck();
  await saveSheet(page, '离开现场');
  await phone.setOffline(false);
  await expect.poll(async () => (await visit()).state, { timeout: 30_000 }).toBe('done');
  expect((await visit()).days.map(({ no_wrap_up_reason }) => no_wrap_up_reason)).toEqual(['客户提前关店']);
});

test('a phone held across keeps its screens: the customer may be in the middle of a signature', async () => {
  await page.setViewportSize({ width: 844, height: 390 });
  await expect(page.getByRole('link', { name: '今天', exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: '现场步骤' })).toBeVisible();
});

async function takePhoto({ width, height, caption }: { width: number; height: number; caption: string }) {
  const buffer = await sharp({ create: { width, height, channels: 3, background: '#9a6b3f' } })
    .png()
    .toBuffer();
  await sheetOf(page).getByLabel('拍照').setInputFiles({ name: 'IMG_1.png', mimeType: 'image/png', buffer });
  await sheetOf(page).getByLabel('第 1 张的说明').fill(caption);
}

async function signedIn(browser: Browser, email: string): Promise<BrowserContext> {
  const { context, page: first } = await openBrowser(browser, desk, { size: 'phone' });
  await first.close();
  const data = { email, password: samplePassword };
  const answer = await context.request.post('/api/auth/sign-in/email', {
    headers: { Origin: desk.url },
    data,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return context;
}

async function ask(path: string, data?: object, who = dispatcher): Promise<Json> {
  const headers = { Origin: desk.url, 'Idempotency-Key': newId() };
  const answer = await (data ? who.request.post(path, { data, headers }) : who.request.get(path));
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

async function visit(): Promise<VisitJson> {
  return (await ask(`/api/visits/${visitId}`)).visit as VisitJson;
}

/** An emergency in the small hours, when nobody else needs the engineer. */
async function sendOff(goal = '三号台重新能打小票'): Promise<string> {
  const tickets = (await ask('/api/tickets')).items as { id: string; customer_id: string }[];
  const ticket = tickets[0] as { id: string; customer_id: string };
  const { contacts } = (await ask(`/api/customers/${ticket.customer_id}`)) as {
    contacts: { id: string }[];
  };
  const engineer = await ask('/api/me', undefined, phone);
  const id = newId();
  const from = Date.now() + 5 * 86_400_000;
  await ask('/api/visits', {
    ...{ id, ticket_id: ticket.id, engineer_id: engineer.id, kind: 'repair' },
    ...{ is_emergency: true, emergency_reason: '客户等着用' },
    planned_from: new Date(from).toISOString(),
    planned_to: new Date(from + 600_000).toISOString(),
    goal,
    interface_contact_id: contacts[0]?.id,
  });
  for (const item of ['kit', 'access'])
    await ask(`/api/visits/${id}/check_readiness`, { item, state: 'ticked' });
  await ask(`/api/visits/${id}/dispatch`, { override_reason: '客户等着用' });
  return id;
}
