import { sql } from 'kysely';
import type { AfterClosing } from '#domain/channels/mailbox.ts';
import { isOwnAddress, type OwnDesk } from '#domain/channels/own-mail.ts';
import { type Placing, placeMail } from '#domain/channels/placing.ts';
import type { MailReason, ReceivedMail } from '#domain/channels/received-mail.ts';
import type { ReceivedOutcome } from '#domain/channels/receiving.ts';
import { plainSubject } from '#domain/channels/subject.ts';
import type { TicketKind } from '#domain/tickets/ticket.ts';
import { titleFromWords } from '#domain/tickets/title.ts';
import type { Context } from '../../platform/context.ts';
import { moveFiles } from '../../platform/files/claiming.ts';
import { keepPlacedFile } from '../../platform/files/keeping.ts';
import type { FileStore } from '../../platform/files/store.ts';
import { newId } from '../../platform/ids.ts';
import { openTicketByMail, takeWordByMail } from '../../tickets/actions/hear-by-mail.ts';
import { findSaidAlready } from '../../tickets/queries/said-already.ts';
import { noteBounce } from '../mail/bouncing.ts';
import { beginThread } from '../mail/threads.ts';
import { findClaimed } from './find-claimed.ts';
import { fingerprintOf } from './keep-mails.ts';
import type { Enclosed, Waiting } from './read-mails.ts';
import { authorFor, findStanding, type Sender } from './senders.ts';

type Taken = {
  outcome: ReceivedOutcome;
  ticket_id?: string | null;
  customer_id?: string | null;
  about_message_id?: string | null;
  claims_ticket_id?: string | null;
  same_as_id?: string | null;
};

export type Taking = {
  store: FileStore;
  desk: OwnDesk;
  waiting: Waiting;
  mail: ReceivedMail;
  enclosed: Enclosed[];
};

/**
 * What a kept mail means, in one transaction: a ticket, a word in one, or nothing but a note. Whoever else reads the
 * same mailbox or the same mail waits here, and finds it done.
 */
export async function takeMail(ctx: Context, taking: Taking): Promise<void> {
  const { waiting, mail } = taking;
  const fingerprint = fingerprintOf({
    ...mail,
    from: mail.from?.address ?? null,
    raw_sha256: waiting.sha256 ?? '',
  });
  await lock(ctx, `read mails ${waiting.mailbox_id}`);
  await lock(ctx, `mail ${fingerprint}`);
  await lock(ctx, `mail sender ${mail.from?.address.toLowerCase() ?? ''}`);
  const row = await ctx.db
    .selectFrom('received_mails')
    .select('id')
    .where('id', '=', waiting.id)
    .where('state', '=', 'waiting')
    .forUpdate()
    .executeTakeFirst();
  if (!row) return;
  const twin = await ctx.db
    .selectFrom('received_mails')
    .select(['id', 'ticket_id', 'customer_id', 'about_message_id'])
    .where('fingerprint', '=', fingerprint)
    .where('outcome', '<>', 'repeat')
    .executeTakeFirst();
  const taken: Taken = twin
    ? { outcome: 'repeat', same_as_id: twin.id, ticket_id: twin.ticket_id, customer_id: twin.customer_id }
    : await decide(ctx, taking);
  await settle(ctx, taking, { ...taken, fingerprint });
}

async function lock(ctx: Context, what: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`.execute(ctx.db);
}

async function decide(ctx: Context, taking: Taking): Promise<Taken> {
  const { mail, waiting } = taking;
  const box = await ctx.db
    .selectFrom('mailboxes')
    .leftJoin('users', (join) =>
      join.onRef('users.id', '=', 'mailboxes.assignee_id').on('users.disabled_at', 'is', null),
    )
    .select(['mailboxes.id', 'mailboxes.locale', 'ticket_kind', 'users.id as assignee_id', 'after_closing'])
    .where('mailboxes.id', '=', waiting.mailbox_id)
    .executeTakeFirstOrThrow();
  const sender = await findStanding(ctx, mail);
  const claimed = await findClaimed(ctx, mail, sender);
  const placing = placeMail({
    kind: mail.kind,
    sender: sender.standing,
    claimed,
    after_closing: box.after_closing as AfterClosing,
  });
  switch (placing.act) {
    case 'note': {
      const about = mail.kind === 'bounce' ? await noteBounce(ctx, mail) : null;
      return { outcome: outcomeOf(mail), ticket_id: about?.ticket_id ?? placing.ticket_id };
    }
    case 'set_aside':
      return { outcome: 'set_aside' };
    case 'join':
      return join(ctx, taking, { sender, placing });
    default:
      return open(ctx, taking, {
        sender,
        placing,
        box: { ...box, ticket_kind: box.ticket_kind as TicketKind },
      });
  }
}

function outcomeOf({ kind }: ReceivedMail): ReceivedOutcome {
  return kind === 'message' ? 'message' : kind;
}

async function join(
  ctx: Context,
  taking: Taking,
  { sender, placing }: { sender: Sender; placing: Placing & { act: 'join' } },
): Promise<Taken> {
  const { mail } = taking;
  const message_id = newId();
  const author = await authorFor(ctx, { sender, customer_id: null, locale: 'zh-CN', waits: false });
  const words = wordsOf(mail);
  await takeWordByMail(ctx, {
    ticket_id: placing.ticket_id,
    message_id,
    author: { contact_id: author.contact_id, name: author.name },
    words,
    reopen: placing.reopens ? titleFromWords(words).slice(0, 500) : null,
  });
  const { customer_id } = await ctx.db
    .selectFrom('tickets')
    .select('customer_id')
    .where('id', '=', placing.ticket_id)
    .executeTakeFirstOrThrow();
  const taken = { ticket_id: placing.ticket_id, customer_id, about_message_id: message_id };
  await enclose(ctx, taking, taken);
  // Only the customer's own people bring others in.
  if (author.customer_id === customer_id) await noteParticipants(ctx, taking, taken);
  return { outcome: 'message', ...taken };
}

async function open(
  ctx: Context,
  taking: Taking,
  parts: {
    sender: Sender;
    placing: Placing & { act: 'open' | 'wait' };
    box: { id: string; locale: string; ticket_kind: TicketKind; assignee_id: string | null };
  },
): Promise<Taken> {
  const { mail } = taking;
  const { sender, placing, box } = parts;
  const author = await authorFor(ctx, {
    sender,
    customer_id: placing.act === 'open' ? placing.customer_id : null,
    locale: box.locale,
    waits: placing.act === 'wait',
  });
  const words = wordsOf(mail);
  const { contact_id } = author;
  const said = await findSaidAlready(ctx, { contact_id, words, by: 'portal' });
  if (said) return { outcome: 'repeat', ticket_id: said.id, customer_id: author.customer_id };
  const title = plainSubject(mail.subject) || titleFromWords(words);
  const alert = await findOngoingAlert(ctx, mail, { contact_id, title });
  if (alert) {
    const known = await findStanding(ctx, mail);
    return join(ctx, taking, {
      sender: known,
      placing: { act: 'join', ticket_id: alert.id, reopens: false },
    });
  }
  const ticket_id = newId();
  const message_id = newId();
  const { number } = await openTicketByMail(ctx, {
    id: ticket_id,
    message_id,
    customer_id: author.customer_id,
    author: { contact_id: author.contact_id, name: author.name },
    kind: box.ticket_kind,
    assignee_id: box.assignee_id,
    title,
    words,
  });
  const taken = { ticket_id, customer_id: author.customer_id, about_message_id: message_id };
  await beginThread(ctx, {
    ticket: { id: ticket_id, customer_id: author.customer_id, number, title },
    mailbox_id: box.id,
    follows: placing.act === 'open' ? placing.follows : null,
  });
  await enclose(ctx, taking, taken);
  if (placing.act === 'open') await noteParticipants(ctx, taking, taken);
  return { outcome: 'ticket', ...taken, claims_ticket_id: placing.claims };
}

/** What a program says again while its ticket is open belongs to that ticket: a storm of alerts is one matter. */
async function findOngoingAlert(
  ctx: Context,
  mail: ReceivedMail,
  about: { contact_id: string; title: string },
) {
  if (!mail.why.includes('auto_generated')) return undefined;
  return ctx.db
    .selectFrom('tickets')
    .innerJoin('received_mails', 'received_mails.ticket_id', 'tickets.id')
    .select('tickets.id')
    .where('tickets.requester_id', '=', about.contact_id)
    .where('tickets.title', '=', about.title)
    .where('tickets.state', '<>', 'closed')
    .where('received_mails.outcome', '=', 'ticket')
    .where('received_mails.wants_no_answer', '=', true)
    .orderBy('tickets.id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

// A message holds so much; all of it stands in the mail beside it.
const mostWords = 20_000;

/** What the sender wrote anew; where nothing is left of it, the subject, and then a sign that something came. */
function wordsOf(mail: ReceivedMail): string {
  for (const text of [mail.visible, mail.text, mail.subject]) {
    const words = text.trim();
    if (words !== '')
      return words
        .slice(0, mostWords)
        .toWellFormed()
        .replace(/\ufffd$/, '');
  }
  return '…';
}

async function enclose(
  ctx: Context,
  { store, enclosed }: Taking,
  to: { customer_id: string; about_message_id: string },
): Promise<void> {
  for (const { name, examined } of enclosed) {
    await keepPlacedFile(
      ctx,
      store,
      {
        id: newId(),
        customer_id: to.customer_id,
        name,
        subject: { kind: 'message', id: to.about_message_id },
        visible_to_customer: true,
      },
      examined,
    );
  }
}

// A mail to more people than this is a circular.
const mostParticipants = 50;

async function noteParticipants(
  ctx: Context,
  { mail, desk }: Taking,
  { ticket_id, customer_id }: { ticket_id: string; customer_id: string },
): Promise<void> {
  const people = new Map<string, string>();
  for (const { name, address } of [...mail.to, ...mail.cc].slice(0, mostParticipants)) {
    const email = address.toLowerCase();
    if (email.length < 3 || email.length > 320 || isOwnAddress(email, desk)) continue;
    people.set(email, name.slice(0, 500));
  }
  if (people.size === 0) return;
  await ctx.db
    .insertInto('ticket_participants')
    .values(
      [...people].map(([email, name]) => ({
        id: newId(),
        ticket_id,
        customer_id,
        email,
        name,
        created_at: ctx.now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

// No answer that no person wrote goes to a program, through a list, or to somebody who asks for none.
const silencing = new Set<MailReason>(['auto_generated', 'list_mail', 'asks_for_silence']);

async function settle(ctx: Context, taking: Taking, taken: Taken & { fingerprint: string }): Promise<void> {
  const { mail, waiting } = taking;
  const { outcome, ticket_id = null, customer_id = null } = taken;
  await ctx.db
    .updateTable('received_mails')
    .set({
      ...taken,
      state: 'done',
      attempts: waiting.attempts + 1,
      next_try_at: null,
      failure: null,
      last_error: null,
      message_id: mail.message_id?.slice(0, 1_000) ?? null,
      from_email: mail.from?.address.slice(0, 320) ?? null,
      from_name: mail.from?.name.slice(0, 500) || null,
      subject: mail.subject.slice(0, 1_000),
      mailed_at: mail.date,
      problems: mail.problems,
      wants_no_answer: mail.why.some((reason) => silencing.has(reason)),
      read_at: ctx.now,
    })
    .where('id', '=', waiting.id)
    .execute();
  if (customer_id)
    await moveFiles(ctx, { subject_kind: 'received_mail', subject_ids: [waiting.id], customer_id });
  ctx.record({
    name: 'mail.read',
    subject: { kind: 'received_mail', id: waiting.id },
    ...(ticket_id ? { context: { kind: 'ticket', id: ticket_id } } : {}),
    customer_id,
    data: { outcome, from: mail.from?.address ?? null, why: mail.why },
  });
}
