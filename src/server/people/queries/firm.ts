import type { Firm } from '#domain/people/commands.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';

/** Who the service firm is; before the set-up a firm without a name. */
export async function loadFirm(db: Database): Promise<Firm> {
  const row = await db
    .selectFrom('firm')
    .select(['id', 'name', 'name_en', 'accent_color', 'logo_file_id', 'contact_phone'])
    .executeTakeFirst();
  return (
    row ?? {
      id: null,
      name: '',
      name_en: null,
      accent_color: '#1f6feb',
      logo_file_id: null,
      contact_phone: null,
    }
  );
}

export const openFirm = (ctx: Context) => loadFirm(ctx.db);

export async function setupStatus(ctx: Context) {
  const somebody = await ctx.db.selectFrom('users').select('id').limit(1).executeTakeFirst();
  return { needs_setup: somebody === undefined };
}
