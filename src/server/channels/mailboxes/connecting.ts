import { ImapFlow } from 'imapflow';
import type { ConnectionSecurity, MailboxFailure } from '#domain/channels/mailbox.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { Settings } from '../../platform/settings.ts';
import { unsealPassword } from './sealing.ts';

export type Place = {
  host: string;
  port: number;
  security: ConnectionSecurity;
  user: string | null;
  password: string | null;
};

/** Why a connection failed: our word for it, and what the other side said. */
export class ConnectionProblem extends Error {
  override name = 'ConnectionProblem';
  readonly failure: MailboxFailure;
  constructor(failure: MailboxFailure, words: string) {
    super(words.replace(/\s+/g, ' ').slice(0, 1_000));
    this.failure = failure;
  }
}

/** Where a mailbox is read, with its password open; null when it is not set up to be read. */
export async function findReceivingPlace(
  parts: { db: Database; settings: Settings },
  mailboxId: string,
): Promise<(Place & { folder: string }) | null> {
  const row = await parts.db
    .selectFrom('mailboxes')
    .select(['imap_host', 'imap_port', 'imap_security', 'imap_user', 'imap_password', 'imap_folder'])
    .where('id', '=', mailboxId)
    .executeTakeFirst();
  if (!row?.imap_host || !row.imap_port || !row.imap_security) return null;
  return {
    host: row.imap_host,
    port: row.imap_port,
    security: row.imap_security as ConnectionSecurity,
    user: row.imap_user,
    password: await open(parts.settings, mailboxId, row.imap_password),
    folder: row.imap_folder,
  };
}

/** By which mail server a mailbox sends; null where the installation's own sender does it. */
export async function findSendingPlace(
  parts: { db: Database; settings: Settings },
  mailboxId: string,
): Promise<Place | null> {
  const row = await parts.db
    .selectFrom('mailboxes')
    .select(['smtp_host', 'smtp_port', 'smtp_security', 'smtp_user', 'smtp_password'])
    .where('id', '=', mailboxId)
    .executeTakeFirst();
  if (!row?.smtp_host || !row.smtp_port || !row.smtp_security) return null;
  return {
    host: row.smtp_host,
    port: row.smtp_port,
    security: row.smtp_security as ConnectionSecurity,
    user: row.smtp_user,
    password: await open(parts.settings, mailboxId, row.smtp_password),
  };
}

async function open(settings: Settings, mailboxId: string, sealed: string | null): Promise<string | null> {
  if (sealed === null) return null;
  const password = await unsealPassword(settings, mailboxId, sealed);
  if (password === null) throw new ConnectionProblem('password_unreadable', '');
  return password;
}

// What is not there in this time will not come; a phone's patience at the settings screen.
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000 };

/** Signs in and opens the folder for reading only: nothing in the mailbox is changed, not even what was seen. */
export async function openImap(place: Place & { folder: string }, stop?: AbortSignal): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: place.host,
    port: place.port,
    secure: place.security === 'tls',
    ...(place.security === 'tls' ? {} : { doSTARTTLS: place.security === 'starttls' }),
    auth: { user: place.user ?? '', pass: place.password ?? '' },
    logger: false,
    disableAutoIdle: true,
    // Servers end an IDLE after half an hour; routers forget a silent connection much earlier.
    maxIdleTime: 4 * 60_000,
    socketTimeout: 6 * 60_000,
    maxLiteralSize: 80 * 1024 * 1024,
    maxLineLength: 8 * 1024 * 1024,
    maxResponseSize: 96 * 1024 * 1024,
    ...patience,
  });
  // Without a listener an error on the line would end the process; every command in flight hears of it as well.
  client.on('error', () => {});
  try {
    await unlessStopped(client, stop, async () => {
      await client.connect();
      await client.mailboxOpen(place.folder, { readOnly: true });
    });
    return client;
  } catch (error) {
    client.close();
    throw explainImap(error as ImapError);
  }
}

/** Talks to a mail server until it is done or told to stop: a closed connection leaves its commands without an end. */
export async function unlessStopped(
  client: ImapFlow,
  stop: AbortSignal | undefined,
  talk: () => Promise<void>,
): Promise<void> {
  let end = () => {};
  const stopped = new Promise<void>((resolve) => {
    end = resolve;
  });
  const close = () => {
    client.close();
    end();
  };
  stop?.addEventListener('abort', close);
  try {
    if (stop?.aborted) return close();
    await Promise.race([talk(), stopped]);
  } finally {
    stop?.removeEventListener('abort', close);
  }
}

type ImapError = Error & {
  code?: string;
  authenticationFailed?: boolean;
  mailboxMissing?: boolean;
  responseStatus?: string;
  responseText?: string;
  serverResponseCode?: string;
};

export function explainImap(error: ImapError): ConnectionProblem {
  if (error instanceof ConnectionProblem) return error;
  const words = error.responseText ?? error.message;
  return new ConnectionProblem(failureOfImap(error, words), words);
}

function failureOfImap(error: ImapError, words: string): MailboxFailure {
  const { code = '', serverResponseCode = '' } = error;
  // Before the sign-in: some servers let nobody in while the mailbox is full, or while they are busy (RFC 5530).
  if (/OVERQUOTA/i.test(serverResponseCode) || /over ?quota|quota exceeded/i.test(words)) return 'quota';
  if (/^(?:UNAVAILABLE|LIMIT|INUSE|SERVERBUG)$/i.test(serverResponseCode)) return 'other';
  if (error.authenticationFailed) return 'sign_in_refused';
  if (error.mailboxMissing || /NONEXISTENT|TRYCREATE/i.test(serverResponseCode)) return 'folder_missing';
  if (error.responseStatus === 'NO' && /doesn't exist|not exist|no such|unknown mailbox/i.test(words))
    return 'folder_missing';
  return failureOfLine(code, words);
}

/** Failures of the line itself, the same whatever is spoken over it. */
export function failureOfLine(code: string, words: string): MailboxFailure {
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME/i.test(code)) return 'certificate';
  if (/certificate|self.signed/i.test(words)) return 'certificate';
  if (/starttls|wrong version number|ssl3_get_record|packet length too long|tls/i.test(`${code} ${words}`))
    return 'encryption_missing';
  if (/TIMEOUT|ETIMEDOUT|TIMED/i.test(code) || /time(d )?\s?out/i.test(words)) return 'timed_out';
  if (/ECONN|ENOTFOUND|EHOST|ENETUNREACH|EAI_AGAIN|EDNS|EPIPE|NoConnection|ESOCKET/i.test(code))
    return 'unreachable';
  if (/unexpected(ly)? close|connection (closed|not available)|socket hang up/i.test(words))
    return 'unreachable';
  return 'other';
}
