import type {
  ListQuestions,
  PortalConversation,
  PortalMessage,
  PortalQuestion,
} from '#domain/channels/commands.ts';
import { portalStateOf } from '#domain/channels/portal.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { TicketKind, TicketState } from '#domain/tickets/ticket.ts';
import type { Context } from '../../platform/context.ts';
import { pageById } from '../../platform/cursor.ts';
import { listFilesOf } from '../../platform/files/listing.ts';
import { promisesOfTicket } from './promises.ts';
import { contactOf, visibleTickets } from './scope.ts';
import { visitsOfTicket } from './visits.ts';

/** The columns of a question as customers see it; the portal role may read no others. */
export function selectQuestions(ctx: Context) {
  return visibleTickets(ctx)
    .innerJoin('contacts as asker', 'asker.id', 'tickets.requester_id')
    .leftJoin('sites', 'sites.id', 'tickets.site_id')
    .leftJoin('users as handler', 'handler.id', 'tickets.assignee_id')
    .leftJoin('ticket_clocks as clock', (join) =>
      join
        .onRef('clock.ticket_id', '=', 'tickets.id')
        .on('clock.kind', '=', 'next_update')
        .on('clock.state', '=', 'running'),
    )
    .leftJoin('ratings', 'ratings.ticket_id', 'tickets.id')
    .select([
      'tickets.id',
      'tickets.number',
      'tickets.title',
      'tickets.kind',
      'tickets.state',
      'tickets.channel',
      'tickets.requester_id',
      'asker.name as asked_by_name',
      'sites.name as site_name',
      'handler.name as handled_by_name',
      'tickets.waiting_for',
      'tickets.waiting_on_contact_id',
      'clock.due_at as next_update_at',
      'ratings.id as rating_id',
      'tickets.created_at',
      'tickets.updated_at',
      'tickets.closed_at',
    ]);
}

type QuestionColumns = Awaited<ReturnType<ReturnType<typeof selectQuestions>['executeTakeFirstOrThrow']>>;

function seenBy(ctx: Context, row: QuestionColumns): PortalQuestion {
  const me = contactOf(ctx).contact_id;
  const { requester_id, waiting_on_contact_id, rating_id, state, kind, channel, ...shown } = row;
  return {
    ...shown,
    kind: kind as TicketKind,
    state: portalStateOf(state as TicketState),
    is_mine: requester_id === me,
    waiting_on_me: waiting_on_contact_id === me,
    // Nobody is asked how another desk did, years ago.
    can_rate: state === 'closed' && rating_id === null && channel !== 'import',
  };
}

/** Questions, the latest first. */
export async function listQuestions(ctx: Context, { query }: { query: ListQuestions }) {
  const rows = selectQuestions(ctx).where('tickets.state', query.state === 'closed' ? '=' : '<>', 'closed');
  const { items, next } = await pageById(rows, 'tickets.id', query);
  return { items: items.map((row) => seenBy(ctx, row)), next };
}

/** One question as a conversation: the customer's voice only, what we promised in it, how it ended. */
export async function openQuestion(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<PortalConversation> {
  const row = await selectQuestions(ctx)
    .select([
      'tickets.felt_severity',
      'tickets.done_for_customer',
      'ratings.score as rating_score',
      'ratings.words as rating_words',
      'ratings.created_at as rated_at',
    ])
    .where('tickets.id', '=', params.id)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  const { felt_severity, done_for_customer, rating_score, rating_words, rated_at, ...question } = row;
  return {
    ...seenBy(ctx, question),
    felt_severity,
    done_for_customer,
    rating:
      rating_score === null || rated_at === null
        ? null
        : { score: rating_score, words: rating_words, created_at: rated_at },
    messages: await listMessages(ctx, params.id),
    promises: await promisesOfTicket(ctx, params.id),
    visits: await visitsOfTicket(ctx, params.id),
  };
}

// A conversation longer than this is shown by its latest part.
const messageLimit = 500;

async function listMessages(ctx: Context, ticketId: string): Promise<PortalMessage[]> {
  const me = contactOf(ctx);
  const rows = await ctx.db
    .selectFrom('messages')
    .select(['id', 'author_kind', 'author_id', 'author_name', 'body', 'no_answer_yet', 'next_update_at'])
    .select('happened_at')
    .where('ticket_id', '=', ticketId)
    .where('customer_id', '=', me.customer_id)
    .where('voice', '=', 'customer')
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(messageLimit)
    .execute();
  const files = await listFilesOf(
    ctx.db,
    'message',
    rows.map((row) => row.id),
  );
  return rows.reverse().map(({ author_kind, author_id, ...row }) => ({
    ...row,
    from: author_kind !== 'contact' ? 'firm' : author_id === me.contact_id ? 'me' : 'colleague',
    files: files.get(row.id) ?? [],
  }));
}
