import { releaseFiles } from '../../platform/files/claiming.ts';
import type { Ticker } from '../../platform/jobs.ts';

/**
 * Lets go of raw mails that became tickets and messages long ago (`RAW_MAIL_DAYS`): they hold more about people than
 * anybody needs. The words stay in the ticket, and the row stays, so that the same mail is still known when it comes again.
 * What nobody could read waits for a person, however long.
 */
export const forgetRawMails: Ticker = {
  name: 'channels.forget_raw_mails',
  everySeconds: 3_600,
  run: (tools) =>
    tools.asSystem(async (ctx) => {
      const before = Date.parse(ctx.now) - tools.settings.rawMailDays * 86_400_000;
      const old = await ctx.db
        .selectFrom('received_mails')
        .select('id')
        .where('state', '=', 'done')
        .where('file_id', 'is not', null)
        .where('created_at', '<', new Date(before).toISOString())
        .orderBy('id')
        .limit(200)
        .forUpdate()
        .execute();
      for (const { id } of old) {
        await ctx.db.updateTable('received_mails').set({ file_id: null }).where('id', '=', id).execute();
        // Free files are cleared within a day (files/clearing.ts), their bytes too where nobody else has the same.
        await releaseFiles(ctx, { kind: 'received_mail', id });
      }
    }),
};
