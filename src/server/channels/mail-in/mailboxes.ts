import { addressParser } from 'postal-mime';
import { type Mailbox, mailLimits } from '#domain/channels/received-mail.ts';
import { clean } from './contents.ts';
import { type Fields, rawText } from './fields.ts';
import type { Reading } from './parts.ts';

/** The mailboxes of a header field, groups opened up. Whom a word names that is no address, keeps the word as the name. */
export function mailboxesIn(reading: Reading, fields: Fields, name: string): Mailbox[] {
  const found: Mailbox[] = [];
  for (const bytes of (fields.get(name) ?? []).slice(0, 50)) {
    // RFC 5322 4.4: blanks around the dots of a domain were once allowed.
    const text = rawText(bytes, reading.hint).replace(/(@[\w.-]*\w)[ \t]{1,20}\.[ \t]{0,20}(?=\w)/g, '$1.');
    for (const { name: called = '', address = '' } of addressParser(text, { flatten: true })) {
      for (const mailbox of mailboxesOf(called, address)) {
        if (found.length >= mailLimits.addresses) {
          reading.problems.add('too_many_addresses');
          return found;
        }
        found.push(mailbox);
      }
    }
  }
  return found;
}

/**
 * The text of a field that names words beside a bare address (`Li Min li@kehu.example`), which readers understand in
 * several ways; null when it is in proper form or holds no address.
 */
export function malformedMailbox(reading: Reading, fields: Fields, name: string): string | null {
  const written = oneLine(rawText(fields.get(name)?.[0]?.subarray(0, 2_000), reading.hint));
  if (/[<>,;:"]/.test(written) || !written.includes('@')) return null;
  return /\s/.test(withoutComments(written).trim()) ? written.slice(0, 500).toWellFormed() : null;
}

function mailboxesOf(called: string, address: string): Mailbox[] {
  const name = oneLine(called).slice(0, 200).toWellFormed();
  const bare = withoutComments(oneLine(address).slice(0, 1_000)).replace(/^@[^:]*:/, '');
  // `<Undisclosed-Recipient:@host;>`: a group where a mailbox should be.
  const words = bare.split(/[:;]/).filter((word) => word !== '');
  return words.map((word) =>
    word.includes('@')
      ? { name, address: word.slice(0, 320).toWellFormed() }
      : { name: name || word.slice(0, 200).toWellFormed(), address: '' },
  );
}

function withoutComments(address: string): string {
  if (!address.includes('(')) return address;
  let depth = 0;
  let bare = '';
  for (const char of address) {
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) bare += char;
  }
  return bare;
}

export function oneLine(text: string): string {
  return clean(text, new Set())
    .replace(/[\r\n\t]+/g, ' ')
    .trim();
}
