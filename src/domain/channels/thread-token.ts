/**
 * The secret by which an answer finds its ticket: 24 of the letters and digits that nobody confuses, 120 bits, made by
 * whoever sends. It stands in the subject (`[ref:…]`), in the address to answer to (`support+ref-…@`) or in a Message-ID
 * (`ref-….1@`). Knowing it is what tells a participant from a stranger who spoofs a thread.
 */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
export const tokenAlphabet = letters;
export const tokenLength = 24;

const inSubject = new RegExp(`\\[ref:([${letters}]{${tokenLength}})\\]`, 'i');
const inAddress = new RegExp(`\\+ref-([${letters}]{${tokenLength}})@`, 'i');
const inMessageId = new RegExp(`(?:^|[<.])ref-([${letters}]{${tokenLength}})[.@]`, 'i');

/** How a token is written into a subject. */
export function tokenForSubject(token: string): string {
  return `[ref:${token}]`;
}

/** The address under which answers to a thread arrive: `support@firm.example` → `support+ref-…@firm.example`. */
export function tokenIntoAddress(address: string, token: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+ref-${token}${address.slice(at)}`;
}

/** The token in a subject, or null. */
export function findTokenInSubject(subject: string): string | null {
  return inSubject.exec(subject)?.[1]?.toLowerCase() ?? null;
}

/** The token in an address, or null. */
export function findTokenInAddress(address: string): string | null {
  return inAddress.exec(address)?.[1]?.toLowerCase() ?? null;
}

/** The token in a Message-ID of ours that an answer refers to, or null. */
export function findTokenInMessageId(id: string): string | null {
  return inMessageId.exec(id)?.[1]?.toLowerCase() ?? null;
}
