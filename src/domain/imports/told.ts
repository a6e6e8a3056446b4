import type { Instant } from '../ground/instant.ts';
import type { TicketKind, TicketState } from '../tickets/ticket.ts';

/** One record of a source file: its number among the records, the line it begins in, its fields by column name. */
export type SourceRecord = {
  index: number;
  line: number;
  fields: Record<string, string>;
  /** What is wrong with the record as such. */
  flaw?: RejectReason;
};

/** Why a row stays out. Each has its sentence under `imports.reasons`. */
export const rejectReasons = [
  'wrong_column_count',
  'not_json',
  'no_key',
  'key_too_long',
  'no_time',
  'time_unreadable',
  'time_in_future',
  'time_too_early',
  'voice_unknown',
  'nothing_said',
  'state_unknown',
  'counter_unreadable',
  'title_missing',
  'customer_archived',
  'kept_private',
] as const;
export type RejectReason = (typeof rejectReasons)[number];
export type Reject = { line: number; reason: RejectReason; params: Record<string, string>; raw: string };

export type ToldPerson = { key: string; name: string; email: string | null; phone: string | null };

/** A ticket as another desk tells it; its texts are already such that a row can hold them. */
export type ToldTicket = {
  key: string;
  reference: string;
  /** Null: the importer's own choice of customer. */
  customer: string | null;
  requester: ToldPerson | null;
  kind: TicketKind;
  title: string;
  state: TicketState;
  source_state: string;
  impact: number;
  urgency: number;
  customer_words: string | null;
  done_for_customer: string | null;
  opened_at: Instant;
  updated_at: Instant;
  closed_at: Instant | null;
  last_customer_message_at: Instant | null;
  last_reply_at: Instant | null;
};

/** `from: 'contact'` is the customer's own word, which is never internal; everybody else is one of the desk's. */
export type ToldMessage = {
  key: string;
  line: number;
  voice: 'customer' | 'internal';
  from: 'contact' | 'staff';
  author: ToldPerson;
  body: string;
  happened_at: Instant;
};

export type ToldEvent = {
  key: string;
  line: number;
  state: TicketState;
  source_state: string;
  actor_name: string | null;
  happened_at: Instant;
  data: Record<string, string | number | boolean>;
};

/** A ticket or a part of it, and the number of the last record that went into it. Null: only rejects. */
export type Told = {
  through: number;
  ticket: ToldTicket | null;
  messages: ToldMessage[];
  events: ToldEvent[];
  rejects: Reject[];
};

/** Turns records in their order into tickets; keeps no more than one ticket's part in memory. */
export type Teller = { take(record: SourceRecord): Told[]; end(): Told[] };

export function rejectOf(
  record: SourceRecord,
  reason: RejectReason,
  params: Record<string, string> = {},
): Reject {
  const shown = Object.entries(params).map(([name, value]) => [name, cleanLine(value, 200)]);
  return {
    line: record.line,
    reason,
    params: Object.fromEntries(shown),
    raw: cut(cleanText(JSON.stringify(record.fields)), 2_000),
  };
}

/** A ticket that stays out whole, for what only the rows here can tell. */
export function rejectTicket(
  { ticket, messages, events }: Told & { ticket: ToldTicket },
  reason: RejectReason,
  params: Record<string, string>,
): Reject {
  const { reference, title, customer } = ticket;
  return {
    line: messages[0]?.line ?? events[0]?.line ?? 0,
    reason,
    params,
    raw: cut(JSON.stringify({ reference, title, customer }), 2_000),
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const unholdable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Text as a row can hold it: no control characters, no half characters. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(unholdable, '').replace(/\r\n?/g, '\n');
}

/** One line of at most `max` UTF-16 units, trimmed; never cut inside a character. */
export function cleanLine(text: string, max: number): string {
  return cut(cleanText(text).replace(/\s+/g, ' ').trim(), max);
}

export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const isHalved = /[\uD800-\uDBFF]/.test(text.charAt(max - 1));
  return text.slice(0, isHalved ? max - 1 : max);
}

/** What somebody said, as a message, or as several where it is too long for one. */
export function toldMessages({
  text,
  key,
  at,
  ...said
}: Omit<ToldMessage, 'body' | 'happened_at'> & { text: string; at: Instant }): ToldMessage[] {
  return inMessages(cleanText(text).trim()).map((body, part) => ({
    ...said,
    key: part === 0 ? key : `${key}.${part}`,
    body,
    happened_at: at,
  }));
}

// What a message may hold; see the check on messages.body.
const longestBody = 20_000;

/** A text that is too long for one message, in as many as it takes: nothing that was said is lost. */
export function inMessages(text: string): string[] {
  const parts: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const part = cut(rest, longestBody);
    if (part.trim() !== '') parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
}
