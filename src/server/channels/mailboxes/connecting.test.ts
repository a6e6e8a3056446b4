import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Certificate, type Dovecot, startDovecot, withoutDovecot } from '#test/dovecot.ts';
import { type MailServer, startMailServer } from '#test/mail-server.ts';
import { addMailbox, rawMail, readMailOf, waitFor } from '#test/mails.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { newId } from '../../platform/ids.ts';

describe('connections to mail servers', { skip: withoutDovecot }, () => {
  let server: TestServer;
  let dovecot: Dovecot;
  let out: MailServer;
  let certificate: Certificate;
  const trusted = getCACertificates('default');

  before(async () => {
    certificate = makeCertificate();
    [dovecot, out] = await Promise.all([
      startDovecot({ certificate }),
      startMailServer({ ...certificate, disabledCommands: [] }),
    ]);
    server = await startTestServer({ worker: true, env: { SMTP_FROM: 'desk@yunfan.example' } });
  });
  after(async () => {
    setDefaultCACertificates(trusted);
    await server.stop();
    await Promise.all([dovecot.stop(), out.close()]);
  });

  const view = async (id: string) =>
    (await server.get('管理员', `/api/mailboxes/${id}`)).body as never as Record<string, unknown>;
  const tryOut = async (id: string) =>
    (await server.send('管理员', `POST /api/mailboxes/${id}/test`)).body as never as {
      receiving: { ok: boolean; failure: string | null } | null;
      sending: { ok: boolean; failure: string | null } | null;
    };
  const notes = async () => ((await server.get(null, '/api/health')).body as { notes: string[] }).notes;
  const failing = (id: string) =>
    waitFor(`${id} to fail`, async () => {
      const box = await view(id);
      return box.state === 'failing' && box;
    });
  async function arrive(user: string, deliver = dovecot.deliver): Promise<{ ticket_id: string | null }> {
    const id = `${newId()}@customer.example`;
    await deliver(user, rawMail({ id, subject: `写给 ${user}`, text: `写给 ${user}` }));
    return readMailOf(server, id);
  }

  test('R1 a certificate of one’s own is refused in words, and trusted once it is named: TLS, STARTTLS, and sending', async () => {
    const sending = { smtp_host: '127.0.0.1', smtp_port: out.port, smtp_security: 'starttls' };
    const whole = { imap_port: dovecot.tls_port, imap_security: 'tls' };
    const boxes = {
      tls: await addMailbox(server, dovecot, 'tls', { ...whole, ...sending }),
      starttls: await addMailbox(server, dovecot, 'starttls', { imap_security: 'starttls' }),
    };
    for (const id of Object.values(boxes)) assert.equal((await failing(id)).failure, 'certificate');
    const refused = await tryOut(boxes.tls);
    assert.deepEqual([refused.receiving?.failure, refused.sending?.failure], ['certificate', 'certificate']);
    assert.ok((await notes()).includes('mailboxes_failing:certificate:2'));

    // What NODE_EXTRA_CA_CERTS does at the start of a process.
    setDefaultCACertificates([...trusted, certificate.cert]);
    const tried = await tryOut(boxes.tls);
    assert.deepEqual([tried.receiving?.ok, tried.sending?.ok], [true, true]);
    assert.equal((await tryOut(boxes.starttls)).receiving?.ok, true);
    const mail = await arrive('tls');
    await arrive('starttls');
    for (const id of Object.values(boxes)) {
      const box = await view(id);
      assert.deepEqual([box.state, box.failure], ['connected', null]);
    }
    assert.deepEqual(await notes(), []);
    const receipt = await out.mailTo('0301@cast.example', ({ subject }) => /写给 tls/.test(subject ?? ''));
    assert.ok(mail.ticket_id && receipt.from?.address === 'tls@yunfan.example');
    assert.ok(out.secured > 0 && out.unsecured === 0, 'the mail left encrypted');
  });

  test('R1 a folder that is not there is said in words, and the mailbox goes on once it is', async () => {
    const id = await addMailbox(server, dovecot, 'sorted', { imap_folder: 'Support' });
    assert.equal((await failing(id)).failure, 'folder_missing');
    assert.ok((await notes()).includes('mailboxes_failing:folder_missing:1'));
    // A delivering mail server would make the folder so.
    await dovecot.deliver('sorted/.Support', rawMail({ subject: '先到的' }));
    await arrive('sorted/.Support');
    assert.equal((await view(id)).state, 'connected');
    assert.deepEqual(await notes(), []);
  });

  for (const command of ['EXAMINE', 'LOGIN'])
    test(`R1 a full mailbox is said in words, and goes on once there is room: ${command}`, async () => {
      const user = `full-${command.toLowerCase()}`;
      const gate = await openGate(dovecot.port, command);
      const id = await addMailbox(server, dovecot, user, { imap_port: gate.port });
      const box = await failing(id);
      assert.deepEqual([box.failure, box.last_error], ['quota', 'Mailbox is full, please make room']);
      assert.ok((await notes()).includes('mailboxes_failing:quota:1'));
      gate.makeRoom();
      await arrive(user);
      assert.equal((await view(id)).state, 'connected');
      await gate.close();
    });
});

/** Made for this run alone, for 127.0.0.1. */
function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'copperpea-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1`;
    const made = spawnSync('openssl', [...words.split(' '), '-keyout', key, '-out', cert], {
      encoding: 'utf8',
    });
    assert.equal(made.status, 0, made.stderr);
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An IMAP server whose mailbox is full, as it shows at this command; once there is room it is that of dovecot. */
async function openGate(port: number, command: string) {
  let isFull = true;
  const sockets = new Set<Socket>();
  const listener: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => socket.destroy()));
    if (!isFull) {
      const behind = connect(port, '127.0.0.1').on('error', () => socket.destroy());
      socket.pipe(behind).pipe(socket);
      return;
    }
    socket.write('* OK [CAPABILITY IMAP4rev1] here\r\n');
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').filter(Boolean)) {
        const [tag, word] = line.split(' ') as [string, string];
        if (word === 'CAPABILITY') socket.write('* CAPABILITY IMAP4rev1\r\n');
        const full = word.toUpperCase() === command;
        socket.write(`${tag} ${full ? 'NO [OVERQUOTA] Mailbox is full, please make room' : 'OK done'}\r\n`);
      }
    });
  });
  await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
  return {
    port: (listener.address() as { port: number }).port,
    makeRoom: () => {
      isFull = false;
    },
    close: () =>
      new Promise<void>((closed) => {
        listener.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
