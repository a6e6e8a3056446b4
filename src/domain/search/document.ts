import { tokensOf } from './tokens.ts';

export const searchKinds = [
  'ticket',
  'message',
  'customer',
  'site',
  'contact',
  'asset',
  'promise',
  'visit',
  'finding',
  'log_entry',
  'wrap_up',
  'visit_note',
] as const;
export type SearchKind = (typeof searchKinds)[number];

/** What a contact may find in the portal. */
export const portalKinds = ['ticket', 'message', 'promise', 'visit', 'finding', 'log_entry'] as const;

/** `customer`: the customer may read it; `internal`: colleagues only. */
export type Audience = 'customer' | 'internal';

/** What one audience may read of one thing. */
export type SearchDocument = {
  kind: SearchKind;
  subject_id: string;
  audience: Audience;
  customer_id: string;
  ticket_id: string | null;
  visit_id: string | null;
  number: number | null;
  state: string | null;
  happened_at: string;
  title: string;
  body: string;
};

// What PostgreSQL keeps of a word: its last position, and how many.
const lastPosition = 16_383;
const mostPositions = 60;
// Words of title and body never count as neighbours.
const gap = 10;
const longestBody = 60_000;

/** A document's tokens as PostgreSQL reads a tsvector, and how many words there are. */
export function indexedTokens(document: SearchDocument): { tokens: string; length: number } {
  const places = new Map<string, string[]>();
  const place = (term: string, position: number, weight: string) => {
    const known = places.get(term);
    if (!known) places.set(term, [`${Math.min(position, lastPosition)}${weight}`]);
    else if (known.length < mostPositions) known.push(`${Math.min(position, lastPosition)}${weight}`);
  };
  const { tokens: title, folded } = tokensOf(document.title);
  const body = tokensOf(document.body, longestBody).tokens;
  for (const { term, position, start, end, kind } of title) {
    place(term, position, 'A');
    // The word as it is written too: who types it has not come to its end, and a stem is shorter than that.
    const written = folded.text.slice(start, end);
    if (kind === 'word' && written.length > term.length) place(written, position, 'A');
  }
  const offset = (title.at(-1)?.position ?? 0) + gap;
  for (const { term, position } of body) place(term, position + offset, '');
  const words = [...places].map(([term, at]) => `${quoted(term)}:${at.join(',')}`);
  const filters = [
    kindToken(document.kind),
    customerToken(document.customer_id),
    audienceToken(document.audience),
    ...spanTokens(dayOf(document.happened_at)),
    ...(document.state ? [stateToken(document.state)] : []),
  ];
  return { tokens: [...words, ...filters.map(quoted)].join(' '), length: title.length + body.length };
}

/** A term as tsvector and tsquery take it. */
export function quoted(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

// No word begins with "=": the tokens by which one filters are looked up together with the words.
export const kindToken = (kind: SearchKind): string => `=k${kind}`;
export const audienceToken = (audience: Audience): string => `=a${audience}`;
export const stateToken = (state: string): string => `=s${state}`;
/** The random end of the id: two customers that share it are told apart by the column. */
export const customerToken = (id: string): string => `=c${id.slice(-12)}`;
export const dayToken = (day: number): string => `=d${day}`;

// A day lies in a span of 8 days, of 64 and of 512, so that few tokens name years.
const spanLetters = ['d', 'e', 'f', 'g'] as const;
const spanDays = [1, 8, 64, 512] as const;

function spanTokens(day: number): string[] {
  return spanLetters.map((letter, level) => `=${letter}${Math.floor(day / (spanDays[level] as number))}`);
}

/** The tokens that together mean: on this day or later. `today` bounds it from above, some months ahead. */
export function sinceTokens(day: number, today: number): string[] {
  const end = (Math.floor((today + 1) / 512) + 1) * 512;
  const tokens: string[] = [];
  for (let at = Math.max(0, day); at < end; ) {
    const level = spanDays.findLastIndex((days) => at % days === 0 && at + days <= end);
    tokens.push(spanTokens(at)[level] as string);
    at += spanDays[level] as number;
  }
  return tokens;
}

/** The day of an instant in UTC, counted from 1970. */
export function dayOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 86_400_000);
}
