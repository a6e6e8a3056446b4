import type { Instant } from '../ground/instant.ts';
import { titleFromWords } from '../tickets/title.ts';
import { groupingTeller, type TicketRow } from './grouping.ts';
import type { Mapping } from './mapping.ts';
import { readSourceTime } from './source-time.ts';
import {
  cleanLine,
  cleanText,
  cut,
  type Reject,
  rejectOf,
  type SourceRecord,
  type Teller,
  type Told,
  type ToldMessage,
  type ToldPerson,
  toldMessages,
} from './told.ts';

type Place = { zone: string; now: Instant; mapping: Mapping };

/** Tickets of any desk, one a row, by a mapping of its columns. */
export function mappedTeller(place: Place): Teller {
  const words = wordsOf(place.mapping);
  return groupingTeller<Omit<Told, 'through'>>({
    read: (record) => readTicket(record, place, words),
    tell: (_key, rows) => joined(rows),
  });
}

/** Desks that write a row for each comment repeat the ticket beside it: the last row says how it stands. */
function joined(rows: Omit<Told, 'through'>[]): Omit<Told, 'through'> {
  const [first, ...others] = rows as [Omit<Told, 'through'>, ...Omit<Told, 'through'>[]];
  const last = rows.at(-1) as Omit<Told, 'through'>;
  const later = others.flatMap(({ messages }, n) =>
    messages
      .filter(({ key }) => !key.startsWith('words'))
      .map((message) => ({ ...message, key: `${message.key}.row${n + 2}` })),
  );
  return { ...last, messages: [...first.messages, ...later], rejects: [] };
}

type Words = {
  states: Map<string, string>;
  kinds: Map<string, string>;
  priorities: Map<string, number>;
};

const plain = (word: string) => word.trim().toLowerCase();

function wordsOf(mapping: Mapping): Words {
  const byPlainWord = <T>(record: Record<string, T>) =>
    new Map(Object.entries(record).map(([word, ours]) => [plain(word), ours]));
  return {
    states: byPlainWord(mapping.states),
    kinds: byPlainWord(mapping.kinds),
    priorities: byPlainWord(mapping.priorities),
  };
}

function readTicket(
  record: SourceRecord,
  place: Place,
  words: Words,
): TicketRow<Omit<Told, 'through'>> | Reject {
  const { columns } = place.mapping;
  const field = (name: string | undefined) => (name === undefined ? '' : (record.fields[name] ?? ''));
  const key = cleanLine(field(columns.reference), 200);
  if (key === '') return rejectOf(record, 'no_key');
  if (key.length > 90) return rejectOf(record, 'key_too_long');
  // A ticket is its customer's to read here; what the source kept from them must not come to light by moving.
  if (saysYes(field(columns.is_private))) return rejectOf(record, 'kept_private');
  const stateWord = field(columns.state);
  const state = words.states.get(plain(stateWord)) ?? place.mapping.other_states;
  if (!state) return rejectOf(record, 'state_unknown', { value: cut(cleanText(stateWord), 200) });
  const time = (name: string | undefined) =>
    readSourceTime(field(name), { zone: place.zone, order: place.mapping.date_order, now: place.now });
  const opened = time(columns.opened_at);
  if ('reason' in opened)
    return rejectOf(record, opened.reason, { value: cut(cleanText(field(columns.opened_at)), 200) });
  const updated = time(columns.updated_at);
  const closed = time(columns.closed_at);
  const described = cleanText(field(columns.words)).trim();
  const title = cleanLine(field(columns.title), 200) || cleanLine(titleFromWords(described), 200);
  if (title === '') return rejectOf(record, 'title_missing');
  const told = tellTicket({
    record,
    key,
    title,
    described,
    state: state as never,
    stateWord,
    kind: (words.kinds.get(plain(field(columns.kind))) ?? place.mapping.other_kinds) as never,
    step: words.priorities.get(plain(field(columns.priority))) ?? 3,
    opened_at: opened.at,
    updated_at: 'at' in updated ? updated.at : null,
    closed_at: 'at' in closed ? closed.at : null,
    columns,
    field,
  });
  return { key, part: '', row: told };
}

/** As exports write it in the languages they speak; whatever is neither yes nor no is taken for yes. */
function saysYes(text: string): boolean {
  return !/^(|no|n|false|0|-|否|不|nein|non)$/i.test(text.trim());
}

// Impact and urgency of each step of priority, as the matrix of priority.ts has them.
const stepParts = [
  [1, 1],
  [1, 1],
  [2, 1],
  [2, 2],
  [3, 3],
] as const;

function tellTicket(row: {
  record: SourceRecord;
  key: string;
  title: string;
  described: string;
  state: 'new' | 'open' | 'waiting_on_customer' | 'closed';
  stateWord: string;
  kind: never;
  step: number;
  opened_at: Instant;
  updated_at: Instant | null;
  closed_at: Instant | null;
  columns: Mapping['columns'];
  field(name: string | undefined): string;
}): Omit<Told, 'through'> {
  const { columns, field, key, opened_at } = row;
  const requester = personOf(row);
  const assignee = cleanLine(field(columns.assignee), 200);
  const updated_at = [row.updated_at, row.closed_at, opened_at]
    .filter((at) => at !== null)
    .sort()
    .at(-1) as Instant;
  const closed_at = row.state === 'closed' ? (row.closed_at ?? updated_at) : null;
  const author = requester ?? { key: '', name: '?', email: null, phone: null };
  const { line } = row.record;
  const desk = { key: assignee, name: assignee || '?', email: null, phone: null };
  const messages: ToldMessage[] = [
    ...toldMessages({
      line,
      text: row.described,
      key: 'words',
      voice: 'customer',
      from: 'contact',
      author,
      at: opened_at,
    }),
    ...(columns.public_notes ?? []).flatMap((name, n) =>
      toldMessages({
        line,
        text: field(name),
        key: `public.${n}`,
        voice: 'customer',
        from: 'staff',
        author: desk,
        at: updated_at,
      }),
    ),
    ...(columns.internal_notes ?? []).flatMap((name, n) =>
      toldMessages({
        line,
        text: field(name),
        key: `internal.${n}`,
        voice: 'internal',
        from: 'staff',
        author: desk,
        at: updated_at,
      }),
    ),
  ];
  const [impact = 3, urgency = 3] = stepParts[row.step] ?? [];
  const source_state = cleanLine(row.stateWord, 200);
  const done = cut(cleanText(field(columns.done)).trim(), 4_000);
  const ticket = {
    key,
    reference: key,
    customer: cleanLine(field(columns.customer), 200) || null,
    requester,
    kind: row.kind,
    title: row.title,
    state: row.state,
    source_state: source_state || row.state,
    impact,
    urgency,
    customer_words: row.described ? cut(row.described, 20_000) : null,
    done_for_customer: row.state === 'closed' && done ? done : null,
    opened_at,
    updated_at,
    closed_at,
    last_customer_message_at: row.described ? opened_at : null,
    last_reply_at: messages.some(({ from, voice }) => from === 'staff' && voice === 'customer')
      ? updated_at
      : null,
  };
  const event = {
    key: 'row',
    line: row.record.line,
    state: row.state,
    source_state: source_state || row.state,
    actor_name: null,
    happened_at: updated_at,
    data: { ...(assignee ? { assigned_to: assignee } : {}) },
  };
  return { ticket, messages, events: [event], rejects: [] };
}

function personOf({
  columns,
  field,
}: {
  columns: Mapping['columns'];
  field(name: string | undefined): string;
}): ToldPerson | null {
  const email = field(columns.requester_email).trim().toLowerCase();
  const isEmail = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email) && email.length <= 190;
  const name = cleanLine(field(columns.requester_name), 100) || (isEmail ? cut(email, 100) : '');
  if (name === '') return null;
  const phone = cleanLine(field(columns.requester_phone), 40) || null;
  return { key: isEmail ? email : name, name, email: isEmail ? email : null, phone };
}
