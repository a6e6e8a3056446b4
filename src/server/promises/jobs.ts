import { plusMinutes } from '#domain/ground/instant.ts';
import type { JobTools, Ticker } from '../platform/jobs.ts';

// R9: an overdue promise climbs to the manager at once and, a day later, to the account owner.
const climbAfterMinutes = 24 * 60;

/** Notes each promise that has come due unsettled, once per due time, and again when it has stayed so for a day. */
export async function noteOverduePromises({ asSystem }: JobTools): Promise<void> {
  await asSystem(async (ctx) => {
    const overdue = await ctx.db
      .selectFrom('promises')
      .select([
        'id',
        'customer_id',
        'subject_kind',
        'subject_id',
        'words',
        'due_at',
        'owner_id',
        'overdue_noted_at',
      ])
      .where('state', '=', 'open')
      .where('due_at', '<=', ctx.now)
      .where((is) =>
        is.or([
          is('overdue_noted_at', 'is', null),
          is.and([
            is('overdue_climbed_at', 'is', null),
            is('due_at', '<=', plusMinutes(ctx.now, -climbAfterMinutes)),
          ]),
        ]),
      )
      .orderBy('due_at')
      .limit(200)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const promise of overdue) {
      const climbing = promise.overdue_noted_at !== null;
      await ctx.db
        .updateTable('promises')
        .set(climbing ? { overdue_climbed_at: ctx.now } : { overdue_noted_at: ctx.now })
        .where('id', '=', promise.id)
        .execute();
      ctx.record({
        name: climbing ? 'promise.overdue_climbed' : 'promise.overdue',
        subject: { kind: 'promise', id: promise.id },
        context: { kind: promise.subject_kind, id: promise.subject_id },
        customer_id: promise.customer_id,
        data: { words: promise.words, due_at: promise.due_at, owner_id: promise.owner_id },
      });
    }
  });
}

export const tickers: Ticker[] = [
  { name: 'promises.note_overdue', everySeconds: 20, run: noteOverduePromises },
];
