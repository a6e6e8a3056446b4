import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

// So long ago that the same words are said anew and not twice.
const saidTwiceHours = 24;

/** R1: one message never makes two tickets. The open ticket in which somebody just said the same words by another door. */
export async function findSaidAlready(
  ctx: Context,
  said: { contact_id: string; words: string; by: 'portal' | 'mail' },
): Promise<{ id: string; number: number } | undefined> {
  const { rows } = await sql<{ id: string; number: number }>`select id, number from tickets
    where requester_id = ${said.contact_id} and channel = ${said.by} and state <> 'closed'
      and created_at > ${ctx.now}::timestamptz - make_interval(hours => ${saidTwiceHours})
      and regexp_replace(customer_words, '\\s+', '', 'g') = ${said.words.replace(/\s+/g, '')}
    order by id desc limit 1`.execute(ctx.db);
  return rows[0];
}
