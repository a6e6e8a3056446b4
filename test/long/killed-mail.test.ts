import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sealPassword } from '#server/channels/mailboxes/sealing.ts';
import { connect } from '#server/platform/db/connect.ts';
import { newId } from '#server/platform/ids.ts';
import { readSettings } from '#server/platform/settings.ts';
import { fillCast, testSecret } from '../cast.ts';
import { createTestDatabase } from '../database.ts';
import { startDovecot, withoutDovecot } from '../dovecot.ts';
import { rawMail, waitFor } from '../mails.ts';

const mails = 120;

test('the worker is killed again and again while mail comes in: each mail is one ticket', {
  skip: withoutDovecot,
}, async (t) => {
  const [database, dovecot] = await Promise.all([createTestDatabase(), startDovecot()]);
  const dataDir = mkdtempSync(join(tmpdir(), 'copperpea-killed-mail-'));
  const pools = connect({ url: database.url, max: 3, name: 'killed mail' });
  let worker: ChildProcess | undefined;
  t.after(async () => {
    worker?.kill('SIGKILL');
    await pools.end();
    await Promise.all([database.drop(), dovecot.stop()]);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  });
  await fillCast(pools.db);
  const id = newId();
  const settings = readSettings({ DATA_DIR: dataDir, AUTH_SECRET: testSecret });
  const { imap_password, ...place } = dovecot.settings('support');
  await pools.db
    .insertInto('mailboxes')
    .values({
      id,
      name: 'support',
      address: 'support@yunfan.example',
      ticket_kind: 'question',
      after_closing: 'reopen',
      takes_existing: true,
      ...place,
      imap_password: await sealPassword(settings, id, imap_password),
      created_at: new Date().toISOString(),
    })
    .execute();
  const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir, AUTH_SECRET: testSecret };
  const start = () =>
    spawn(process.execPath, ['src/server/main.ts', '--worker'], {
      env: { ...env, LOG_LEVEL: 'error' },
      stdio: 'ignore',
    });
  for (let n = 0; n < mails; n += 1) await dovecot.deliver('support', rawMail({ subject: `nr ${n}` }));
  for (let kills = 0; kills < 5; kills += 1) {
    worker = start();
    await sleep(2_500 + Math.random() * 1_500);
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
    // What a killed worker held it loses by time; the test need not wait for it.
    await pools.db.updateTable('mailboxes').set({ held_until: null, next_try_at: null }).execute();
  }
  worker = start();
  const titles = await waitFor('every mail read', async () => {
    const rows = await pools.db.selectFrom('tickets').select('title').where('channel', '=', 'mail').execute();
    return rows.length >= mails && rows.map(({ title }) => title);
  });
  await sleep(1_500);
  assert.deepEqual(titles.sort(), Array.from({ length: mails }, (_, n) => `nr ${n}`).sort());
  const received = await pools.db.selectFrom('received_mails').select(['state', 'outcome']).execute();
  assert.equal(received.length, mails);
  assert.ok(received.every(({ outcome }) => outcome === 'ticket'));
});
