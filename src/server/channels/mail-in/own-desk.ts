import type { OwnDesk } from '#domain/channels/own-mail.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { Settings } from '../../platform/settings.ts';
import { mailDomain } from '../mail/outbox.ts';
import { loadDeskMark } from '../mailboxes/sealing.ts';

/** How this desk knows its own mail when it comes back: its addresses, the domains of its ids, its mark. */
export async function loadOwnDesk(db: Database, settings: Settings): Promise<OwnDesk> {
  const boxes = await db.selectFrom('mailboxes').select('address').execute();
  const sender = settings.smtp ? [addressIn(settings.smtp.from)] : [];
  const addresses = [...boxes.map(({ address }) => address), ...sender];
  return {
    addresses,
    message_id_domains: [...new Set([mailDomain(settings), ...addresses.map(domainPart)])],
    mark: await loadDeskMark(settings),
  };
}

/** The address in `SMTP_FROM`, which may carry a name. */
export function addressIn(from: string): string {
  return (/<([^<>\s]+)>\s*$/.exec(from)?.[1] ?? from).trim();
}

function domainPart(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
