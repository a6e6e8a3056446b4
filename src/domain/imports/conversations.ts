import type { Instant } from '../ground/instant.ts';
import { titleFromWords } from '../tickets/title.ts';
import { groupingTeller, type TicketRow } from './grouping.ts';
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
  toldMessages,
} from './told.ts';

export const conversationColumns = [
  'issueid',
  'id',
  'comment_seq',
  'utr_seq',
  'author',
  'created',
  'is_private',
  'actionbody',
  'author_role',
] as const;

type Sentence = {
  record: SourceRecord;
  comment: string;
  position: string;
  author: string;
  isReporter: boolean;
  isPrivate: boolean;
  at: Instant;
  text: string;
};

/** Conversations sentence by sentence; those of one comment are one message. */
export function conversationTeller(options: {
  zone: string;
  now: Instant;
  state: 'open' | 'closed';
}): Teller {
  return groupingTeller<Sentence>({
    read: (record) => readSentence(record, options),
    tell: (key, sentences) => tellConversation(key, sentences, options.state),
  });
}

function readSentence(
  record: SourceRecord,
  { zone, now }: { zone: string; now: Instant },
): TicketRow<Sentence> | Reject {
  const { fields } = record;
  // The file counts in floating point: 1004298.0 is issue 1004298.
  const key = cleanLine((fields.issueid ?? '').replace(/\.0$/, ''), 200);
  const comment = cleanLine((fields.id ?? '').replace(/\.0$/, ''), 60);
  if (key === '' || comment === '') return rejectOf(record, 'no_key');
  if ((fields.issueid ?? '').length > 90) return rejectOf(record, 'key_too_long');
  const time = readSourceTime(fields.created, { zone, order: 'dmy', now });
  if ('reason' in time) return rejectOf(record, time.reason, { value: fields.created ?? '' });
  // Whether the customer may read it is never guessed.
  const voice = /^(0|1)(\.0)?$/.exec((fields.is_private ?? '').trim());
  if (!voice) return rejectOf(record, 'voice_unknown', { value: fields.is_private ?? '' });
  const row = {
    record,
    comment,
    position: cleanLine((fields.utr_seq ?? '').replace(/\.0$/, ''), 20),
    author: cleanLine(fields.author ?? '', 100) || '?',
    isReporter: fields.author_role === 'reporter',
    isPrivate: voice[1] === '1',
    at: time.at,
    text: cleanText(fields.actionbody ?? '').trim(),
  };
  return { key, part: comment, row };
}

/** The ticket of one issue. Its title and first words are the customer's own and public, or there are none. */
export function tellConversation(
  key: string,
  sentences: Sentence[],
  state: 'open' | 'closed',
): Omit<Told, 'through'> {
  const rejects: Reject[] = [];
  const messages: ToldMessage[] = [];
  for (const comment of commentsIn(sentences)) {
    const first = comment[0] as Sentence;
    const body = comment
      .map(({ text }) => text)
      .filter(Boolean)
      .join('\n');
    if (body === '') rejects.push(rejectOf(first.record, 'nothing_said'));
    // One private sentence makes the comment private.
    const isPrivate = comment.some((sentence) => sentence.isPrivate);
    messages.push(
      ...toldMessages({
        text: body,
        key: `${first.comment}.${first.position}`,
        line: first.record.line,
        voice: isPrivate ? 'internal' : 'customer',
        from: first.isReporter && !isPrivate ? 'contact' : 'staff',
        author: { key: first.author, name: first.author, email: null, phone: null },
        at: first.at,
      }),
    );
  }
  const times = sentences.map(({ at }) => at).sort();
  const [opened, updated] = [times[0] as Instant, times.at(-1) as Instant];
  const fromCustomer = messages.filter(({ from }) => from === 'contact');
  const words = fromCustomer[0]?.body ?? null;
  const reporter = sentences.find(({ isReporter }) => isReporter)?.author;
  const replies = messages.filter(({ from, voice }) => from === 'staff' && voice === 'customer');
  const ticket = {
    key,
    reference: cut(key, 100),
    customer: null,
    requester: reporter ? { key: reporter, name: reporter, email: null, phone: null } : null,
    kind: 'service_request' as const,
    title: (words && cleanLine(titleFromWords(words), 200)) || cut(key, 100),
    state,
    source_state: state,
    impact: 3,
    urgency: 3,
    customer_words: words,
    done_for_customer: null,
    opened_at: opened,
    updated_at: updated,
    closed_at: state === 'closed' ? updated : null,
    last_customer_message_at: fromCustomer.at(-1)?.happened_at ?? null,
    last_reply_at: replies.at(-1)?.happened_at ?? null,
  };
  return { ticket, messages, events: [], rejects };
}

function commentsIn(sentences: Sentence[]): Sentence[][] {
  const comments: Sentence[][] = [];
  for (const sentence of sentences) {
    const last = comments.at(-1);
    if (last?.[0]?.comment === sentence.comment) last.push(sentence);
    else comments.push([sentence]);
  }
  return comments;
}
