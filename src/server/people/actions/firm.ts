import { type Change, joinChanges } from '#domain/ground/patch.ts';
import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type { Firm } from '#domain/people/commands.ts';
import type { Context } from '../../platform/context.ts';
import { claimFiles } from '../../platform/files/claiming.ts';
import { loadFirm } from '../queries/firm.ts';

/** Name, colour, logo and telephone number of the firm, as customers and colleagues see them. */
export async function editFirm(
  ctx: Context,
  { body }: { body: { changes: Record<string, Change | undefined> } },
): Promise<Firm> {
  await ctx.db.selectFrom('firm').select('id').forUpdate().execute();
  const firm = await loadFirm(ctx.db);
  if (!firm.id) throw new Refusal('conflict', 'people.not_set_up');
  const changes = unlessRefused(joinChanges(firm, body.changes)) as Partial<Omit<Firm, 'id'>>;
  if (Object.keys(changes).length === 0) return firm;
  if (changes.logo_file_id) await claimLogo(ctx, firm.id, changes.logo_file_id);
  await ctx.db
    .updateTable('firm')
    .set({ ...changes, updated_at: ctx.now })
    .where('id', '=', firm.id)
    .execute();
  ctx.record({ name: 'firm.edited', subject: { kind: 'firm', id: firm.id }, data: { after: changes } });
  return { ...firm, ...changes };
}

/** The logo is shown to everybody, so it must be a picture that was put up to be one. */
async function claimLogo(ctx: Context, firmId: string, fileId: string): Promise<void> {
  const file = await ctx.db
    .selectFrom('files')
    .select(['thumbnail_sha256'])
    .where('id', '=', fileId)
    .executeTakeFirst();
  if (file && !file.thumbnail_sha256) throw new Refusal('invalid', 'people.logo_no_picture');
  await claimFiles(ctx, {
    file_ids: [fileId],
    customer_id: null,
    subject: { kind: 'firm', id: firmId },
    visible_to_customer: true,
  });
}
