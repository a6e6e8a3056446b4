import { Refusal } from '#domain/ground/refusal.ts';
import { refusePassword } from '#domain/people/passwords.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { addAccount, hashNewPassword } from './accounts.ts';

type Command = {
  id: string;
  firm_name: string;
  name: string;
  email: string;
  password: string;
  locale: string;
  zone: string;
  start: 'empty' | 'sample';
};

/**
 * The first administrator of an empty database. The one row of `firm` decides a race: the second of two waits
 * for the first and is refused.
 */
export function makeCompleteSetup(loadSample: (ctx: Context) => Promise<void>) {
  return async (ctx: Context, { body }: { body: Command }) => {
    const weak = refusePassword(body.password, [body.name, body.email, body.firm_name]);
    if (weak) throw weak;
    const passwordHash = await hashNewPassword(body.password);
    const { numInsertedOrUpdatedRows } = await ctx.db
      .insertInto('firm')
      .values({ id: newId(), name: body.firm_name, created_at: ctx.now, updated_at: ctx.now })
      .onConflict((conflict) => conflict.column('only_one').doNothing())
      .executeTakeFirst();
    const somebody = await ctx.db.selectFrom('users').select('id').limit(1).executeTakeFirst();
    if (somebody || !numInsertedOrUpdatedRows) throw new Refusal('conflict', 'people.already_set_up');
    const { id, name, email, locale, zone } = body;
    await addAccount(ctx, {
      id,
      kind: 'staff',
      name,
      email,
      roles: ['administrator'],
      locale,
      zone,
      passwordHash,
    });
    if (body.start === 'sample') await loadSample(ctx);
    ctx.record({
      name: 'setup.completed',
      subject: { kind: 'person', id },
      data: { name, start: body.start },
    });
    return { id };
  };
}
