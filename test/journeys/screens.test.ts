import { mkdirSync, readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { newId } from '#server/platform/ids.ts';
import { type Desk, sample, samplePassword, sizes, startDesk } from './desk.ts';
import { playImport } from './played-import.ts';
import { playVisits } from './played-visits.ts';
import { flawsOf, Heard, type Language, sentenceOf, settle } from './screen-flaws.ts';
import { takePicture } from './screen-picture.ts';

type Shell = 'desk' | 'phone' | 'portal' | 'open';
type Who = keyof typeof sample | 'nobody';
type Words = (key: string, params?: Record<string, string>) => string;
type Stop = {
  /** The line of routes.tsx it stands for; `*` is what stands at every address. */
  path: string;
  name?: string;
  who: Who;
  id?: (ids: Ids) => string;
  search?: string;
  open?: (page: Page, words: Words) => Promise<void>;
};
type Ids = {
  ticket: string;
  closed: string;
  customer: string;
  calendar: string;
  mail: string;
  mailbox: string;
  import: string;
  question: string;
  invitation: string;
  visit: string;
  wrappedUp: string;
  planned: string;
  undecided: string;
};

const button =
  (key: string, params: Record<string, string> = {}) =>
  (page: Page, words: Words) => {
    const named = Object.fromEntries(Object.entries(params).map(([name, of]) => [name, words(of)]));
    return page
      .getByRole('button', { name: words(key, named), exact: true })
      .first()
      .click();
  };
const tab = (key: string) => (page: Page, words: Words) =>
  page.getByRole('tab', { name: words(key) }).click();
const key = (keys: string) => async (page: Page) => page.keyboard.press(keys);

const visitAtTheDesk = (name: string, visit: 'planned' | 'undecided', open?: Stop['open']): Stop => ({
  path: '/visits/$id',
  name: `visit-${name}`,
  who: 'dispatcher',
  id: (ids) => ids[visit],
  ...(open && { open }),
});

const searching = (query: string) => async (page: Page) => {
  await page.getByRole('searchbox').fill(query);
  await page.waitForTimeout(400);
};
const importStops: Stop[] = [
  { path: '/settings/imports', who: 'administrator' },
  { path: '/settings/imports/new', who: 'administrator' },
  { path: '/settings/imports/$id', who: 'administrator', id: (ids) => ids.import },
];

const atTheDesk: Stop[] = [
  { path: '/tickets', who: 'engineer' },
  { path: '/tickets', name: 'tickets-new', who: 'engineer', open: button('tickets.create.open') },
  { path: '/tickets', name: 'palette', who: 'engineer', open: key('Control+k') },
  { path: '/tickets', name: 'shortcuts', who: 'engineer', open: key('?') },
  { path: '/tickets/$id', who: 'engineer', id: (ids) => ids.ticket },
  {
    path: '/tickets/$id',
    name: 'ticket-note',
    who: 'engineer',
    id: (ids) => ids.ticket,
    open: button('tickets.reply.switch'),
  },
  {
    path: '/tickets/$id',
    name: 'ticket-why',
    who: 'engineer',
    id: (ids) => ids.ticket,
    open: (page) => page.locator('aside dd button').nth(1).click(),
  },
  {
    path: '/tickets/$id',
    name: 'ticket-close',
    who: 'engineer',
    id: (ids) => ids.ticket,
    open: button('tickets.close.open'),
  },
  {
    path: '/tickets/$id',
    name: 'ticket-edit',
    who: 'engineer',
    id: (ids) => ids.ticket,
    open: button('tickets.edit.open'),
  },
  { path: '/tickets/$id', name: 'ticket-closed', who: 'manager', id: (ids) => ids.closed },
  {
    path: '/tickets/$id',
    name: 'ticket-visit',
    who: 'dispatcher',
    id: (ids) => ids.ticket,
    open: key('v'),
  },
  { path: '/visits', who: 'dispatcher' },
  visitAtTheDesk('planned', 'planned'),
  visitAtTheDesk('scope', 'planned', button('visits.scope.edit', { party: 'visits.parties.sales' })),
  visitAtTheDesk(
    'waive',
    'planned',
    button('visits.readiness.waive_of', { item: 'visits.readiness_items.access' }),
  ),
  visitAtTheDesk('dispatch', 'planned', button('visits.dispatch.act')),
  visitAtTheDesk('edit', 'planned', button('visits.page.edit')),
  visitAtTheDesk('reassign', 'planned', button('visits.page.reassign')),
  visitAtTheDesk('cancel', 'planned', async (page, words) => {
    await button('visits.page.more')(page, words);
    await page.getByRole('menuitem', { name: words('visits.page.cancel') }).click();
  }),
  visitAtTheDesk('undecided', 'undecided'),
  visitAtTheDesk('drop', 'undecided', button('visits.quarantine.drop_of', { act: 'visits.acts.note' })),
  visitAtTheDesk('signed-text', 'undecided', button('visits.signatures.read')),
  visitAtTheDesk('note', 'undecided', button('visits.page.note.open')),
  { path: '/promises', who: 'manager' },
  { path: '/search', who: 'engineer', open: searching('打印机 为什么') },
  { path: '/search', name: 'search-nothing', who: 'engineer', open: searching('99887766') },
  { path: '/audit', who: 'manager' },
  { path: '/customers', who: 'sales' },
  { path: '/customers/$id', who: 'sales', id: (ids) => ids.customer },
  { path: '/settings/doubtful-times', who: 'dispatcher' },
  { path: '/settings', who: 'administrator' },
  { path: '/settings/people', who: 'administrator' },
  { path: '/settings/firm', who: 'administrator' },
  { path: '/settings/calendars', who: 'administrator' },
  { path: '/settings/calendars/$id', who: 'administrator', id: (ids) => ids.calendar },
  { path: '/settings/mailboxes', who: 'administrator' },
  {
    path: '/settings/mailboxes',
    name: 'mailbox-new',
    who: 'administrator',
    open: button('mailboxes.add'),
  },
  { path: '/settings/mailboxes/$id', who: 'administrator', id: (ids) => ids.mailbox },
  { path: '/settings/senders', who: 'dispatcher' },
  { path: '/settings/mails', who: 'administrator' },
  { path: '/settings/mails/$id', who: 'administrator', id: (ids) => ids.mail },
  ...importStops,
  { path: '/settings/account', who: 'administrator' },
];

const onVisit = (name: string, open: Stop['open'], visit: 'visit' | 'wrappedUp' = 'visit'): Stop => ({
  path: '/visits/$id',
  name: `visit-${name}`,
  who: 'engineer',
  id: (ids) => ids[visit],
  ...(open && { open }),
});
/** A station's head opens it; then whatever stands in it. */
const station =
  (name: string, then?: NonNullable<Stop['open']>): Stop['open'] =>
  async (page, words) => {
    const head = page
      .getByRole('heading', { level: 2 })
      .filter({ hasText: words(`visits_phone.stations.${name}`) });
    const opener = head.getByRole('button');
    if ((await opener.getAttribute('aria-expanded')) === 'false') await opener.click();
    await then?.(page, words);
  };

/** The big act at the thumb: a station's head may have the same name. */
const mainAct = (page: Page) => page.locator('[data-main-act] button').click();

const visitsOnThePhone: Stop[] = [
  { path: '/today', who: 'engineer' },
  onVisit('work', station('work')),
  onVisit('log', station('work', mainAct)),
  onVisit('finding', station('work', button('visits_phone.finding.open'))),
  onVisit('promise', station('work', button('visits_phone.promise.open'))),
  onVisit('note', station('work', button('visits_phone.note.open'))),
  onVisit('prepare', station('prepare')),
  onVisit('today', station('prepare', button('visits_phone.today_card.edit'))),
  onVisit('arrive', station('arrive')),
  onVisit('kick-off', station('kick_off')),
  onVisit('minutes', station('kick_off', button('visits_phone.kick_off.edit'))),
  onVisit('acknowledge', station('kick_off', button('visits_phone.kick_off.ask'))),
  onVisit('wrap-up', station('wrap_up', mainAct)),
  onVisit('leave', station('sign', button('visits_phone.leave.unsigned_open'))),
  onVisit('facts', button('visits_phone.facts.open')),
  onVisit('sign', station('sign', mainAct), 'wrappedUp'),
  onVisit('signers', station('sign', button('visits_phone.signers.open')), 'wrappedUp'),
  onVisit('wrapped-up', station('wrap_up'), 'wrappedUp'),
  onVisit('changed-card', station('prepare'), 'wrappedUp'),
  onVisit('changed-minutes', station('kick_off'), 'wrappedUp'),
];

const onThePhone: Stop[] = [
  ...visitsOnThePhone,
  { path: '/tickets', who: 'engineer' },
  { path: '/tickets/$id', who: 'engineer', id: (ids) => ids.ticket },
  {
    path: '/tickets/$id',
    name: 'ticket-write',
    who: 'engineer',
    id: (ids) => ids.ticket,
    open: button('tickets.phone.write'),
  },
  {
    path: '/tickets/$id',
    name: 'ticket-next',
    who: 'engineer',
    id: (ids) => ids.ticket,
    open: tab('tickets.phone.next'),
  },
  {
    path: '/tickets/$id',
    name: 'ticket-facts',
    who: 'engineer',
    id: (ids) => ids.ticket,
    open: tab('tickets.phone.facts'),
  },
  { path: '/promises', who: 'engineer' },
  { path: '/search', who: 'engineer', open: searching('打印机 为什么') },
  { path: '/me', who: 'engineer' },
  { path: '/visits', who: 'manager' },
  { path: '/customers', who: 'manager' },
  { path: '/customers/$id', who: 'manager', id: (ids) => ids.customer },
  ...atTheDesk.filter(
    (stop) => stop.path.startsWith('/settings') && stop.path !== '/settings/doubtful-times',
  ),
];

const inThePortal: Stop[] = [
  { path: '/portal', who: 'contact' },
  { path: '/portal/questions', who: 'contact' },
  { path: '/portal/questions/$id', who: 'contact', id: (ids) => ids.question },
  { path: '/portal/search', who: 'contact', open: searching('收银机') },
  { path: '/portal/promises', who: 'contact' },
  { path: '/settings/account', who: 'contact' },
  { path: '/portal/people', who: 'customerAdministrator' },
];

const outside: Stop[] = [
  { path: '*', name: 'sign-in', who: 'nobody' },
  { path: '/forgot-password', who: 'nobody' },
  { path: '/reset-password/$token', who: 'nobody', id: () => 'aFormerlyMailedToken0123456789' },
  { path: '/invitation/$token', who: 'nobody', id: (ids) => ids.invitation },
];

const stopsOf: Record<Shell, Stop[]> = {
  desk: atTheDesk,
  phone: onThePhone,
  portal: inThePortal,
  open: outside,
};

// Recording every step would cost more than the steps.
test.use({ trace: 'off', screenshot: 'off' });
// Each pass stands alone: a second worker takes half of them.
test.describe.configure({ mode: 'parallel', timeout: 300_000 });

let desk: Desk;
let ids: Ids;
const cookies = new Map<Who, Awaited<ReturnType<BrowserContext['cookies']>>>();

test.beforeAll(async ({ browser }) => {
  desk = await startDesk();
  const context = await browser.newContext({ baseURL: desk.url });
  for (const who of Object.keys(sample) as (keyof typeof sample)[]) {
    const email = sample[who];
    await context.clearCookies();
    const origin = { Origin: desk.url };
    const answer = await context.request.post('/api/auth/sign-in/email', {
      headers: origin,
      data: { email, password: samplePassword },
    });
    expect(answer.ok(), `${email} signs in: ${await answer.text()}`).toBe(true);
    cookies.set(who, await context.cookies());
  }
  ids = await findIds(context);
  await context.close();
  mkdirSync('test-results/screens', { recursive: true });
});

test.afterAll(() => desk?.stop());

for (const shell of Object.keys(stopsOf) as Shell[]) {
  test(`every screen of routes.tsx in the shell ${shell} is walked to`, () => {
    const walked = new Set(stopsOf[shell].map((stop) => stop.path));
    expect(pathsOf(shell).filter((path) => !walked.has(path))).toEqual([]);
  });
}

/** `isEarly`: with the sentences that first screens bring themselves, before the others have come. */
type Pass = {
  shell: Shell;
  size: keyof typeof sizes;
  language: Language;
  scheme?: 'dark';
  isEarly?: boolean;
};
const allPasses: Pass[] = [
  { shell: 'desk', size: 'desk', language: 'zh-CN' },
  { shell: 'desk', size: 'desk', language: 'en' },
  { shell: 'desk', size: 'desk', language: 'zh-CN', scheme: 'dark' },
  { shell: 'phone', size: 'phone', language: 'zh-CN' },
  { shell: 'phone', size: 'phone', language: 'en' },
  { shell: 'phone', size: 'phone', language: 'zh-CN', scheme: 'dark' },
  { shell: 'portal', size: 'phone', language: 'zh-CN' },
  { shell: 'portal', size: 'phone', language: 'en' },
  { shell: 'portal', size: 'phone', language: 'zh-CN', scheme: 'dark' },
  { shell: 'portal', size: 'desk', language: 'zh-CN' },
  { shell: 'portal', size: 'desk', language: 'en' },
  { shell: 'open', size: 'desk', language: 'zh-CN' },
  { shell: 'open', size: 'phone', language: 'en' },
  { shell: 'open', size: 'phone', language: 'zh-CN', scheme: 'dark' },
];
// `npm test` walks in Chinese by day; test/long/screens.test.ts has the rest: English, and the dark.
const isUsual = ({ language, scheme }: Pass) => language === 'zh-CN' && scheme === undefined;
const wantsRest = process.env.SCREENS === 'rest';
const passes = allPasses.filter((pass) => isUsual(pass) !== wantsRest);

for (const pass of passes) {
  const look = `${pass.shell} at ${pass.size} size in ${pass.language}, ${pass.scheme ?? 'light'}`;
  test(`${look}: nothing on any screen to stumble over`, async ({ browser }) => {
    expect(await walk(browser, desk, pass, stopsOf[pass.shell])).toEqual([]);
  });
}

const isFirst = ({ path, open }: Stop) => ['/tickets', '/today', '/portal'].includes(path) && !open;
test('the first screens bring all their words themselves', async ({ browser }) => {
  const flaws: string[] = [];
  for (const pass of passes.filter(({ shell, scheme }) => shell !== 'open' && scheme === undefined)) {
    const stops = stopsOf[pass.shell].filter(isFirst);
    expect(stops.length).toBeGreaterThan(0);
    flaws.push(...(await walk(browser, desk, { ...pass, isEarly: true }, stops)));
  }
  expect(flaws).toEqual([]);
});

test('the set-up of an empty database: nothing to stumble over', async ({ browser }) => {
  const empty = await startDesk({ empty: true });
  const flaws: string[] = [];
  for (const pass of passes.filter(({ shell }) => shell === 'open')) {
    flaws.push(...(await walk(browser, empty, pass, [{ path: '*', name: 'set-up', who: 'nobody' }])));
  }
  await empty.stop();
  expect(flaws).toEqual([]);
});

async function walk(browser: Browser, at: Desk, pass: Pass, stops: Stop[]): Promise<string[]> {
  const { shell, size, language, scheme = 'light' } = pass;
  const context = await browser.newContext({
    baseURL: at.url,
    viewport: sizes[size],
    locale: language,
    timezoneId: 'Asia/Shanghai',
    colorScheme: scheme,
    hasTouch: size === 'phone',
    isMobile: size === 'phone',
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  await context.addInitScript(`try { localStorage.setItem('language', '"${language}"') } catch {}`);
  if (pass.isEarly) await holdTheRest(context, shell);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const heard = new Heard();
  heard.listenTo(context, page);
  page.setDefaultTimeout(20_000);
  const words: Words = (text, params) => sentenceOf(language, text, params);
  const flaws: string[] = [];
  let present: Who | undefined;
  // As a person goes: within the screens already loaded, from the start only for another person.
  const goTo = async (path: string, who: Who) => {
    if (who === present) {
      await page.keyboard.press('Escape');
      if (new URL(page.url()).pathname !== path)
        await page.evaluate((to) => history.pushState(null, '', to), path);
      return;
    }
    present = who;
    // Nothing of the one before is still asking when their cookies go.
    await page.goto('about:blank');
    await context.clearCookies();
    await context.addCookies(cookies.get(who) ?? []);
    // A phone of their own: nothing of the one before is remembered on it.
    const { origin } = new URL(at.url);
    await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    heard.forget();
    await page.goto(path);
  };
  for (const stop of stops) {
    const name = stop.name ?? nameOf(stop.path);
    try {
      await goTo(stop.path === '*' ? '/' : stop.path.replace(/\$\w+/, stop.id?.(ids) ?? ''), stop.who);
      await settle(page, heard);
      if (stop.open) {
        await stop.open(page, words);
        await page.waitForTimeout(200);
        await settle(page, heard);
      }
      const found = await flawsOf(page, heard, { language, isTouch: size === 'phone' });
      flaws.push(...found.map((flaw) => `${name}: ${flaw}`));
      const look = pass.isEarly ? 'early' : scheme;
      await takePicture(page, `${shell}-${size}-${language}-${look}-${name}`, sizes[size]);
    } catch (error) {
      flaws.push(`${name}: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}`);
    }
  }
  await context.close();
  return flaws;
}

/** A device that knows who was here last, over a network on which the other sentences have not come yet. */
async function holdTheRest(context: BrowserContext, shell: Shell): Promise<void> {
  const first = shell === 'portal' ? 'portal' : 'staff';
  await context.addInitScript(`try { localStorage.setItem('texts.first', '"${first}"') } catch {}`);
  const body = 'export default {}';
  await context.route(/\/assets\/all-/, (route) => route.fulfill({ contentType: 'text/javascript', body }));
}

function pathsOf(shell: Shell): string[] {
  const lines = readFileSync('src/web/app/routes.tsx', 'utf8').matchAll(
    /[sS]creen\(\s*'([^']+)',\s*\[([^\]]+)\]/g,
  );
  return [...lines].filter(([, , shells]) => shells!.includes(`'${shell}'`)).map(([, path]) => path!);
}

const nameOf = (path: string) =>
  path
    .replace(/^\//, '')
    .replace(/\/\$\w+$/, '-one')
    .replaceAll('/', '-');

/** Real things of the sample, read as the screens read them, and an invitation of whose link nobody knows yet. */
async function findIds(context: BrowserContext): Promise<Ids> {
  const api = async (who: Who, path: string, data?: object, more: Record<string, string> = {}) => {
    await context.clearCookies();
    await context.addCookies(cookies.get(who) ?? []);
    const headers = { Origin: desk.url, 'Idempotency-Key': newId(), ...more };
    const answer = await (data ? context.request.post(path, { data, headers }) : context.request.get(path));
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return answer.json();
  };
  const firstOf = async (who: Who, path: string): Promise<string> => (await api(who, path)).items[0].id;
  const invited = {
    id: newId(),
    name: '林晓',
    email: 'linxiao@tinglan.example',
    roles: ['engineer'],
    locale: 'zh-CN',
  };
  const { link } = await api('administrator', '/api/invitations', invited);
  // Nothing answers there: the screen says so, in words.
  const mailbox = newId();
  await api('administrator', '/api/mailboxes', {
    id: mailbox,
    name: '售后邮箱',
    address: 'support@tinglan.example',
    imap_host: '127.0.0.1',
    imap_port: 9,
    imap_security: 'plain',
    imap_user: 'support',
  });
  const waiting = await firstOf('dispatcher', '/api/tickets?state=waiting_on_customer');
  await api('engineer', `/api/tickets/${waiting}/resume`, {}, { 'X-Device': deviceOfTomorrow() });
  const question = await firstOf('contact', '/api/portal/tickets');
  const customer = (await api('engineer', `/api/tickets/${question}`)).customer_id;
  return {
    ticket: question,
    ...(await playVisits(api, { ticket: question, customer })),
    closed: await firstOf('engineer', '/api/tickets?state=closed'),
    customer,
    calendar: await firstOf('administrator', '/api/calendars'),
    mail: await firstOf('administrator', '/api/mails'),
    mailbox,
    import: await playImport({ context, api, url: desk.url }),
    question,
    invitation: new URL(link).pathname.split('/').pop()!,
  };
}

/** A device whose clock nobody can believe: what it does is laid before a lead. */
function deviceOfTomorrow(): string {
  const device_time = new Date(Date.now() + 86_400_000).toISOString();
  const unknown = { last_server_time: null, since_server_ms: null, offset_ms: null };
  return JSON.stringify({ device_id: newId(), seq: 1, device_time, ...unknown, schema: 1, depends_on: [] });
}
