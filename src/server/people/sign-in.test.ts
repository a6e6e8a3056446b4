import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { startApp } from '#server/app.ts';
import { newId } from '#server/platform/ids.ts';
import { makeLog } from '#server/platform/log.ts';
import { people } from '#test/cast.ts';
import { type Answer, startTestServer, type TestServer } from '#test/server.ts';
import { hashNewPassword } from './actions/accounts.ts';

let server: TestServer;
const password = 'a long enough password';
before(async () => {
  server = await startTestServer();
  const hash = await hashNewPassword(password);
  for (const { id } of Object.values(people)) {
    const now = new Date().toISOString();
    await server.db
      .insertInto('accounts')
      .values({
        id: newId(),
        user_id: id,
        provider_id: 'credential',
        account_id: id,
        password: hash,
        created_at: now,
        updated_at: now,
      })
      .execute();
  }
});
after(() => server.stop());

const emailOf = (name: keyof typeof people) => `${people[name].id.slice(-4)}@cast.example`;
const code = (answer: Answer) => (answer.body as { code?: string }).code;

/** A browser: what it sends after each answer carries the cookies that came before. */
function openBrowser() {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const call = async (line: string, body: unknown = {}, headers: Record<string, string> = {}) => {
    const answer = await server.send(null, line, body, { headers: { cookie: cookie(), ...headers } });
    for (const set of [answer.headers['set-cookie'] ?? []].flat() as string[]) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) as unknown as [string, string, string];
      if (/Max-Age=0/.test(set)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  return {
    call,
    jar,
    auth: (path: string, body: unknown = {}) => call(`POST /api/auth/${path}`, body),
    signIn: (name: keyof typeof people, given = password) =>
      call('POST /api/auth/sign-in/email', { email: emailOf(name), password: given }),
    me: () => call('GET /api/me', undefined),
  };
}

/** What an authenticator app shows now (RFC 6238), worked out here and not by the library under test. */
/** What an authenticator shows now, or so many half minutes later. */
function codeNow(uri: string, later = 0): string {
  const secret = new URL(uri).searchParams.get('secret') as string;
  const bits = [...secret].map((char) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = (digest.at(-1) as number) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('R70 a password signs in, the session is a cookie that scripts cannot read, and signing out ends it', async () => {
  const browser = openBrowser();
  const answer = await browser.signIn('林海');
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.deepEqual(answer.body, { second_factor_needed: false });
  const cookie = String(answer.headers['set-cookie']);
  assert.match(cookie, /^copperpea\.session_token=.*HttpOnly.*SameSite=Lax/);
  assert.equal(((await browser.me()).body as { name: string }).name, '林海');
  const kept = [...browser.jar];
  assert.equal((await browser.auth('sign-out')).status, 200);
  assert.equal(browser.jar.size, 0);
  for (const [name, value] of kept) browser.jar.set(name, value);
  assert.equal((await browser.me()).status, 401);
  assert.deepEqual(await server.eventsOf(people.林海.id), ['people.signed_in', 'people.signed_out']);
});

test('R70 a wrong password and an unknown address are answered alike, and the failure is recorded', async () => {
  const browser = openBrowser();
  const wrong = await browser.signIn('周敏', 'not the right one');
  const unknown = await browser.auth('sign-in/email', { email: 'nobody@cast.example', password });
  for (const answer of [wrong, unknown]) {
    assert.equal(answer.status, 401);
    assert.equal(code(answer), 'people.wrong_sign_in');
    assert.equal(answer.headers['set-cookie'], undefined);
  }
  assert.deepEqual(Object.keys(wrong.body), Object.keys(unknown.body));
  assert.deepEqual(await server.eventsOf(people.周敏.id), ['people.sign_in_failed']);
});

test('R70 who guesses is stopped after ten tries with the time to wait, in the database and not in one process', async () => {
  const browser = openBrowser();
  const email = 'guessed@cast.example';
  const tries = await Promise.all(
    Array.from({ length: 11 }, () => browser.auth('sign-in/email', { email, password: 'guess guess guess' })),
  );
  assert.deepEqual(tries.map((answer) => answer.status).sort(), [
    ...Array.from({ length: 10 }, () => 401),
    429,
  ]);
  const limited = await browser.auth('sign-in/email', { email, password });
  assert.equal(limited.status, 429);
  assert.equal(code(limited), 'people.too_many_tries');
  assert.ok(Number(limited.headers['retry-after']) > 800);
  const other = await openBrowser().signIn('赵工');
  assert.equal(other.status, 200, 'others at the same place go on');
});

test('R70 a second factor is set up, asked for, accepted once by code and once by backup code', async () => {
  const browser = openBrowser();
  await browser.signIn('陈立');
  const wrongPassword = await browser.auth('two-factor/enable', { password: 'something else' });
  assert.equal(code(wrongPassword), 'people.wrong_password');
  const enabled = (await browser.auth('two-factor/enable', { password })).body as {
    uri: string;
    backup_codes: string[];
  };
  assert.match(enabled.uri, /^otpauth:\/\/totp\//);
  assert.equal(enabled.backup_codes.length, 10);
  assert.equal(code(await browser.auth('two-factor/verify-totp', { code: '000000' })), 'people.wrong_code');
  assert.equal((await browser.auth('two-factor/verify-totp', { code: codeNow(enabled.uri) })).status, 200);
  const me = (await browser.me()).body as { two_factor_enabled: boolean };
  assert.equal(me.two_factor_enabled, true);

  const other = openBrowser();
  assert.deepEqual((await other.signIn('陈立')).body, { second_factor_needed: true });
  assert.equal((await other.me()).status, 401, 'the password alone opens nothing');
  assert.equal(code(await other.auth('two-factor/verify-totp', { code: '000000' })), 'people.wrong_code');
  assert.equal((await other.auth('two-factor/verify-totp', { code: codeNow(enabled.uri, 1) })).status, 200);
  assert.equal((await other.me()).status, 200);

  const third = openBrowser();
  await third.signIn('陈立');
  const backup = { code: enabled.backup_codes[0] };
  assert.equal((await third.auth('two-factor/verify-backup-code', backup)).status, 200);
  const fourth = openBrowser();
  await fourth.signIn('陈立');
  assert.equal(code(await fourth.auth('two-factor/verify-backup-code', backup)), 'people.wrong_code');
  assert.equal(
    code(await openBrowser().auth('two-factor/verify-totp', { code: '123456' })),
    'people.second_factor_expired',
  );
  const events = await server.eventsOf(people.陈立.id);
  assert.deepEqual(events, [
    'people.signed_in',
    'people.two_factor_enabled',
    'people.sign_in_failed',
    'people.signed_in',
    'people.signed_in',
    'people.sign_in_failed',
  ]);
});

test('R70 a code of the authenticator lets its owner in once, and of two at the same moment one', async () => {
  const first = openBrowser();
  await first.signIn('赵工');
  const { uri } = (await first.auth('two-factor/enable', { password })).body as { uri: string };
  const used = { code: codeNow(uri) };
  assert.equal((await first.auth('two-factor/verify-totp', used)).status, 200);
  const [second, third] = [openBrowser(), openBrowser()];
  await second.signIn('赵工');
  await third.signIn('赵工');
  const again = await second.auth('two-factor/verify-totp', used);
  assert.deepEqual([again.status, code(again)], [422, 'people.code_spent']);
  assert.equal((await second.me()).status, 401);
  assert.equal((await server.eventsOf(people.赵工.id)).at(-1), 'people.sign_in_failed');
  const next = { code: codeNow(uri, 1) };
  const both = await Promise.all([second, third].map((one) => one.auth('two-factor/verify-totp', next)));
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 422]);
  const open = await Promise.all([second, third].map(async (one) => (await one.me()).status));
  assert.deepEqual(open.toSorted(), [200, 401]);
  assert.equal((await first.auth('two-factor/disable', { password })).status, 200);
});

test('R70 an administrator takes away a second factor whose telephone is lost', async () => {
  const path = `POST /api/people/${people.陈立.id}/reset-two-factor`;
  assert.equal((await server.send('林海', path)).status, 403);
  assert.equal((await server.send('管理员', path)).status, 200);
  assert.equal(code(await server.send('管理员', path)), 'people.two_factor_off');
  assert.deepEqual((await openBrowser().signIn('陈立')).body, { second_factor_needed: false });
});

test('R70 a forgotten password is set anew by a link that works once, and ends every session', async () => {
  const browser = openBrowser();
  await browser.signIn('王经理');
  const email = emailOf('王经理');
  const known = await browser.auth('request-password-reset', { email });
  const unknown = await browser.auth('request-password-reset', { email: 'stranger@cast.example' });
  assert.deepEqual([known.status, known.body], [200, {}]);
  assert.deepEqual([unknown.status, unknown.body], [200, {}]);
  const mails = await sentMails('password_reset');
  assert.equal(mails.length, 1);
  assert.equal(mails[0]?.to, email);
  const token = mails[0]?.params.link.split('/').at(-1) as string;
  const stored = await server.db.selectFrom('verifications').select('identifier').execute();
  assert.ok(
    stored.every((row) => !row.identifier.includes(token)),
    'the link cannot be read in the database',
  );

  const fresh = openBrowser();
  const weak = await fresh.auth('reset-password', { token, password: '1234567890' });
  assert.equal(code(weak), 'people.password_too_common');
  const next = 'an entirely new password';
  assert.equal((await fresh.auth('reset-password', { token, password: next })).status, 200);
  assert.equal((await browser.me()).status, 401);
  assert.equal(
    code(await fresh.auth('reset-password', { token, password: next })),
    'people.reset_link_invalid',
  );
  assert.equal((await fresh.signIn('王经理')).status, 401);
  assert.equal((await fresh.signIn('王经理', next)).status, 200);
  assert.equal((await sentMails('password_changed')).length, 1);
  const events = await server.eventsOf(people.王经理.id);
  assert.ok(events.includes('people.password_reset_requested') && events.includes('people.password_reset'));
});

test('R70 changing the password asks for the old one and signs out everywhere else', async () => {
  const [here, there] = [openBrowser(), openBrowser()];
  await here.signIn('周敏');
  await there.signIn('周敏');
  const next = 'another password altogether';
  const wrong = await here.auth('change-password', { current_password: 'no idea at all', password: next });
  assert.equal(code(wrong), 'people.wrong_password');
  const changed = await here.auth('change-password', { current_password: password, password: next });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.equal((await here.me()).status, 200);
  assert.equal((await there.me()).status, 401);
  assert.ok((await server.eventsOf(people.周敏.id)).includes('people.password_changed'));
});

test('R70 whoever is shut out is out at once, and told so only after the right password', async () => {
  const browser = openBrowser();
  await browser.signIn('赵工');
  assert.equal((await server.send('管理员', `POST /api/people/${people.赵工.id}/disable`)).status, 200);
  assert.equal((await browser.me()).status, 401);
  assert.equal(code(await openBrowser().signIn('赵工')), 'people.disabled');
  assert.equal(code(await openBrowser().signIn('赵工', 'a wrong password')), 'people.wrong_sign_in');
  await server.send('管理员', `POST /api/people/${people.赵工.id}/enable`);
  assert.equal((await openBrowser().signIn('赵工')).status, 200);
});

test('R70 a page of another site cannot act with our cookies', async () => {
  const browser = openBrowser();
  await browser.signIn('林海');
  const act = (headers: Record<string, string>) =>
    browser.call('POST /api/sessions/revoke-others', {}, { host: 'desk.example', ...headers });
  const sites: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ];
  for (const foreign of sites) {
    const answer = await act(foreign);
    assert.equal(answer.status, 403, JSON.stringify(foreign));
    assert.equal(code(answer), 'ground.foreign_origin');
    const signIn = await browser.call('POST /api/auth/sign-out', {}, foreign);
    assert.equal(code(signIn), 'ground.foreign_origin');
  }
  assert.equal((await act({ 'sec-fetch-site': 'same-origin' })).status, 200);
  assert.equal((await act({ origin: 'http://desk.example' })).status, 200);
});

test('R70 of better-auth only the named doors are open, and nobody signs up', async () => {
  const browser = openBrowser();
  for (const path of [
    'sign-up/email',
    'update-user',
    'delete-user',
    'list-sessions',
    'two-factor/get-totp-uri',
  ]) {
    assert.equal(
      (await browser.auth(path, { email: 'x@cast.example', password, name: 'x' })).status,
      404,
      path,
    );
  }
  const extra = await browser.auth('sign-in/email', {
    email: emailOf('林海'),
    password,
    callbackURL: 'https://evil.example',
  });
  assert.equal(code(extra), 'ground.invalid');
  for (const broken of [
    '',
    'copperpea.session_token=%E0%A4%A; copperpea.two_factor=%E0%A4%A',
    'copperpea.session_token=a.b',
  ]) {
    const answer = await server.send(
      null,
      'POST /api/auth/two-factor/verify-totp',
      { code: '1' },
      { headers: { cookie: broken } },
    );
    assert.equal(answer.status, 401);
  }
});

test('R70 tries are counted for all processes together', async () => {
  const second = await startApp({
    settings: server.settings,
    url: server.databaseUrl,
    log: makeLog('silent'),
    roles: { web: true, worker: false },
  });
  try {
    const payload = { email: 'both@cast.example', password: 'guess guess guess' };
    const tries = [];
    for (let n = 0; n < 6; n++) {
      for (const app of [server, second]) {
        tries.push(app.server.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload }));
      }
    }
    const statuses = (await Promise.all(tries)).map((answer) => answer.statusCode);
    assert.equal(statuses.filter((status) => status === 401).length, 10);
    assert.equal(statuses.filter((status) => status === 429).length, 2);
  } finally {
    await second.close();
  }
});

test('R70 whatever is thrown at the doors of sign-in, they answer in words', async () => {
  const odd = [
    null,
    0,
    true,
    [],
    {},
    '',
    'x'.repeat(600),
    '\u0000',
    '\ud800',
    '\u202e',
    { $ne: '' },
    "' or 1=1 --",
  ];
  for (const [path, fields] of Object.entries({
    'sign-in/email': ['email', 'password'],
    'request-password-reset': ['email'],
    'reset-password': ['token', 'password'],
    'two-factor/verify-totp': ['code', 'trust_device'],
    'two-factor/verify-backup-code': ['code'],
    'change-password': ['current_password', 'password'],
    'sign-out': ['callbackURL'],
  })) {
    for (const field of fields) {
      const good = Object.fromEntries(
        fields.map((name) => [name, name === 'email' ? 'a@b.example' : password]),
      );
      const bodies = [...odd.map((value) => ({ ...good, [field]: value })), ...odd];
      for (const body of bodies) {
        const { statusCode } = await server.server.inject({
          method: 'POST',
          url: `/api/auth/${path}`,
          headers: { 'content-type': 'application/json', 'x-forwarded-for': '10.0.0.1' },
          payload: JSON.stringify(body),
          // Its own place for each, so that the limits do not answer first.
          remoteAddress: `10.1.${(oddPlace >> 8) & 255}.${oddPlace++ & 255}`,
        });
        assert.ok(statusCode < 500, `${path} ${field} ${JSON.stringify(body)} ${statusCode}`);
      }
    }
  }
});
let oddPlace = 1;

async function sentMails(template: string) {
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { rows } = await client.query('select payload from graphile_worker._private_jobs order by id');
  await client.end();
  type Mail = { to: string; template: string; params: { link: string } };
  return rows.map((row) => row.payload as Mail).filter((mail) => mail.template === template);
}
