/** The header by which a desk knows its own mail when it comes back; its value is `OwnDesk.mark`. */
export const ownMarkHeader = 'X-Desk-Origin';

/** How this desk recognises itself. */
export type OwnDesk = {
  /** The addresses of its mailboxes and senders. */
  addresses: readonly string[];
  /** The domains that its Message-IDs end in. */
  message_id_domains: readonly string[];
  /** What it writes under `ownMarkHeader`: a word that no other desk has. */
  mark: string | null;
};

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const ownShape = new RegExp(`^(?:ticket|mail)\\.${uuid}(?:\\.ref-[a-z2-9]{24})?@(.+)$`, 'i');

/**
 * Whether a Message-ID (without brackets) is one that this desk gives out. The domain alone would not do: colleagues
 * write from the same domain with their own programs.
 */
export function isOwnMessageId(id: string, desk: OwnDesk): boolean {
  const domain = ownShape.exec(id)?.[1]?.toLowerCase();
  return domain !== undefined && desk.message_id_domains.some((own) => own.toLowerCase() === domain);
}

/** Whether an address is one of the desk's, with or without a `+…` part. */
export function isOwnAddress(address: string, desk: OwnDesk): boolean {
  const bare = withoutPlus(address);
  return desk.addresses.some((own) => withoutPlus(own) === bare);
}

function withoutPlus(address: string): string {
  const lower = address.toLowerCase();
  const at = lower.lastIndexOf('@');
  const plus = lower.indexOf('+');
  return plus >= 0 && plus < at ? lower.slice(0, plus) + lower.slice(at) : lower;
}
