import { refuseHalf, refusePlain } from '#domain/channels/mailbox.ts';
import type { CreateMailbox } from '#domain/channels/mailbox-commands.ts';
import { type Change, joinChanges } from '#domain/ground/patch.ts';
import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { editable } from './queries.ts';
import { sealPassword } from './sealing.ts';

type ById = { params: { id: string } };
type Sides = Parameters<typeof refuseHalf>[0] & { plain_allowed: boolean };

/** A mailbox that customers write to. It is read from now on, by whichever worker gets to it first. */
export async function createMailbox(
  ctx: Context,
  { body }: { body: CreateMailbox },
): Promise<{ id: string }> {
  const { imap_password, smtp_password, ...box } = body;
  unlessRefused(refuseSides(box));
  await checkTwin(ctx, box);
  await checkAssignee(ctx, box.assignee_id);
  await ctx.db
    .insertInto('mailboxes')
    .values({
      ...box,
      imap_password: imap_password && (await sealPassword(ctx.settings, box.id, imap_password)),
      smtp_password: smtp_password && (await sealPassword(ctx.settings, box.id, smtp_password)),
      created_at: ctx.now,
    })
    .execute();
  record(ctx, 'mailbox.created', box.id, { name: box.name, address: box.address });
  return { id: box.id };
}

export async function editMailbox(
  ctx: Context,
  { params, body }: ById & { body: { changes: Record<string, Change | undefined> } },
): Promise<{ id: string }> {
  const box = await loadMailbox(ctx, params.id);
  const changes = unlessRefused(joinChanges(box, body.changes)) as Partial<typeof box>;
  if (Object.keys(changes).length === 0) return { id: box.id };
  const after = { ...box, ...changes };
  unlessRefused(refuseSides(after));
  await checkTwin(ctx, after);
  await checkAssignee(ctx, changes.assignee_id ?? null);
  const moved = (['imap_host', 'imap_user', 'imap_folder'] as const).some((name) => name in changes);
  await ctx.db
    .updateTable('mailboxes')
    .set({
      ...changes,
      settings_version: box.settings_version + 1,
      next_try_at: null,
      tries: 0,
      // Another place has uids of its own.
      ...(moved ? { uidvalidity: null, last_uid: null, receives_since: null } : {}),
      // A password was meant for the one it was entered for: sent elsewhere it would be given away.
      ...('imap_host' in changes || 'imap_port' in changes ? { imap_password: null } : {}),
      ...('smtp_host' in changes || 'smtp_port' in changes ? { smtp_password: null } : {}),
    })
    .where('id', '=', box.id)
    .execute();
  const from = Object.fromEntries(Object.keys(changes).map((name) => [name, box[name as keyof typeof box]]));
  record(ctx, 'mailbox.edited', box.id, { name: after.name, from, to: changes });
  return { id: box.id };
}

/** New passwords for a mailbox. They are sealed here and leave the server only towards its mail servers. */
export async function setPasswords(
  ctx: Context,
  {
    params,
    body,
  }: ById & {
    body: { imap_password?: string | null | undefined; smtp_password?: string | null | undefined };
  },
): Promise<{ id: string }> {
  const box = await loadMailbox(ctx, params.id);
  const sides = (['imap_password', 'smtp_password'] as const).filter((side) => body[side] !== undefined);
  const sealed: Record<string, string | null> = {};
  for (const side of sides) {
    const password = body[side] ?? null;
    sealed[side] = password && (await sealPassword(ctx.settings, box.id, password));
  }
  await ctx.db
    .updateTable('mailboxes')
    .set({ ...sealed, settings_version: box.settings_version + 1, next_try_at: null, tries: 0 })
    .where('id', '=', box.id)
    .execute();
  record(ctx, 'mailbox.passwords_set', box.id, { name: box.name, sides });
  return { id: box.id };
}

/** Leaves a mailbox alone: nothing is taken from it and nothing leaves by it, until it is resumed. */
export async function pauseMailbox(ctx: Context, { params }: ById): Promise<{ id: string }> {
  const box = await loadMailbox(ctx, params.id);
  if (box.paused_at) throw new Refusal('conflict', 'mailboxes.already_paused');
  await ctx.db
    .updateTable('mailboxes')
    .set({ paused_at: ctx.now, paused_by_id: ctx.actor.id, state: 'new', failure: null, last_error: null })
    .where('id', '=', box.id)
    .execute();
  record(ctx, 'mailbox.paused', box.id, { name: box.name });
  return { id: box.id };
}

export async function resumeMailbox(ctx: Context, { params }: ById): Promise<{ id: string }> {
  const box = await loadMailbox(ctx, params.id);
  if (!box.paused_at) throw new Refusal('conflict', 'mailboxes.not_paused');
  await ctx.db
    .updateTable('mailboxes')
    .set({ paused_at: null, paused_by_id: null, next_try_at: null, tries: 0 })
    .where('id', '=', box.id)
    .execute();
  record(ctx, 'mailbox.resumed', box.id, { name: box.name });
  return { id: box.id };
}

export async function loadMailbox(ctx: Context, id: string) {
  const row = await ctx.db
    .selectFrom('mailboxes')
    .select(['id', 'paused_at', 'settings_version', ...editable])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  return row;
}

function refuseSides(box: Sides): Refusal | null {
  const half = refuseHalf(box);
  if (half) return half;
  return refusePlain(
    [
      { host: box.imap_host, security: box.imap_security as never },
      { host: box.smtp_host, security: box.smtp_security as never },
    ],
    box.plain_allowed,
  );
}

async function checkTwin(ctx: Context, box: { id: string; name: string; address: string }): Promise<void> {
  const twins = await ctx.db
    .selectFrom('mailboxes')
    .select(['name', 'address'])
    .where((is) =>
      is.or([
        is(is.fn('lower', ['name']), '=', box.name.toLowerCase()),
        is(is.fn('lower', ['address']), '=', box.address.toLowerCase()),
      ]),
    )
    .where('id', '<>', box.id)
    .execute();
  if (twins[0]) throw new Refusal('conflict', 'mailboxes.taken', { name: twins[0].name });
}

async function checkAssignee(ctx: Context, id: string | null): Promise<void> {
  if (id === null) return;
  const person = await ctx.db
    .selectFrom('users')
    .select('id')
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!person) throw new Refusal('invalid', 'mailboxes.assignee_unknown');
}

function record(ctx: Context, name: string, id: string, data: Record<string, unknown>): void {
  ctx.record({ name, subject: { kind: 'mailbox', id }, data });
}
