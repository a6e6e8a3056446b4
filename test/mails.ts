import { newId } from '#server/platform/ids.ts';
import type { Dovecot } from './dovecot.ts';
import type { TestServer } from './server.ts';

export type MailParts = {
  from?: string;
  to?: string;
  cc?: string;
  subject?: string;
  text?: string;
  id?: string;
  headers?: Record<string, string>;
};

/** A mail as a mail program would send it, plain and in UTF-8. */
export function rawMail(parts: MailParts): string {
  const encoded = (text: string) =>
    /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
  const lines = {
    From: parts.from ?? '小吴 <0301@cast.example>',
    To: parts.to ?? 'support@yunfan.example',
    ...(parts.cc ? { Cc: parts.cc } : {}),
    Subject: encoded(parts.subject ?? '收银机慢'),
    Date: new Date().toUTCString(),
    'Message-ID': `<${parts.id ?? `${newId()}@customer.example`}>`,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': 'base64',
    ...parts.headers,
  };
  const head = Object.entries(lines).map(
    ([name, value]) => `${name}: ${name === 'From' ? addressed(value) : value}`,
  );
  const body = Buffer.from(parts.text ?? '收银机从今天早上起很慢。')
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n');
  return `${head.join('\r\n')}\r\n\r\n${body}\r\n`;

  function addressed(value: string): string {
    const [, name = '', address = value] = /^(.*?)\s*<(.+)>$/.exec(value) ?? [];
    return name ? `${encoded(name)} <${address}>` : address;
  }
}

/** A mailbox of ours that reads a user of that mail server; `over` is laid over its settings. */
export async function addMailbox(
  server: TestServer,
  dovecot: Dovecot,
  user: string,
  over: Record<string, unknown> = {},
): Promise<string> {
  const id = newId();
  const answer = await server.send('管理员', 'POST /api/mailboxes', {
    id,
    name: user,
    address: `${user}@yunfan.example`,
    takes_existing: true,
    ...dovecot.settings(user),
    ...over,
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return id;
}

/** Waits until something is there, and gives it; after 20 s it says what was waited for. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined | null | false>,
): Promise<T> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const found = await look();
    if (found) return found;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`waited in vain for: ${what}`);
}

/** The row of a received mail once it was dealt with, by its Message-ID. */
export function readMailOf(server: TestServer, messageId: string) {
  return waitFor(`mail ${messageId}`, () =>
    server.db
      .selectFrom('received_mails')
      .selectAll()
      .where('message_id', '=', messageId)
      .where('state', '=', 'done')
      .executeTakeFirst(),
  );
}
