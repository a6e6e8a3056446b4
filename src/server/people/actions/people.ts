import { sql } from 'kysely';
import { type Change, joinChanges } from '#domain/ground/patch.ts';
import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import { refuseLosingLastAdministrator } from '#domain/people/administrators.ts';
import type { Person } from '#domain/people/commands.ts';
import type { Context } from '../../platform/context.ts';
import { lockPerson } from '../queries/people.ts';
import { forgetTrustedBrowsers } from '../sign-in-story.ts';
import { endSessions, refuseTakenEmail } from './accounts.ts';

type OnPerson = { params: { id: string } };

/** Name, address, telephone number and roles of a colleague. */
export async function editPerson(
  ctx: Context,
  { params, body }: OnPerson & { body: { changes: Record<string, Change | undefined> } },
): Promise<Person> {
  const administrators = await lockAdministrators(ctx);
  const person = await lockPerson(ctx.db, params.id);
  const changes = unlessRefused(joinChanges(person, body.changes)) as Partial<Person>;
  if (Object.keys(changes).length === 0) return person;
  if (changes.email) await refuseTakenEmail(ctx.db, changes.email);
  const after = { ...person, ...changes };
  const refusal = refuseLosingLastAdministrator(administrators, {
    ...after,
    disabled: person.disabled_at !== null,
  });
  if (refusal) throw refusal;
  await change(ctx, person.id, changes);
  const before = Object.fromEntries(
    Object.keys(changes).map((field) => [field, person[field as keyof Person]]),
  );
  ctx.record({
    name: changes.roles ? 'people.roles_changed' : 'people.edited',
    subject: { kind: 'person', id: person.id },
    data: { before, after: changes },
  });
  return after;
}

/** Shuts somebody out at once: sessions end, API keys are refused; what they did keeps their name. */
export async function disablePerson(ctx: Context, { params }: OnPerson): Promise<Person> {
  const administrators = await lockAdministrators(ctx);
  const person = await lockPerson(ctx.db, params.id);
  if (person.disabled_at) throw new Refusal('conflict', 'people.already_disabled', { name: person.name });
  if (person.id === ctx.actor.id) throw new Refusal('conflict', 'people.not_yourself');
  const refusal = refuseLosingLastAdministrator(administrators, { ...person, disabled: true });
  if (refusal) throw refusal;
  await change(ctx, person.id, { disabled_at: ctx.now, disabled_by_id: ctx.actor.id });
  await endSessions(ctx.db, person.id);
  await forgetTrustedBrowsers(ctx.db, person.id);
  ctx.record({
    name: 'people.disabled',
    subject: { kind: 'person', id: person.id },
    data: { name: person.name },
  });
  return { ...person, disabled_at: ctx.now };
}

export async function enablePerson(ctx: Context, { params }: OnPerson): Promise<Person> {
  const person = await lockPerson(ctx.db, params.id);
  if (!person.disabled_at) throw new Refusal('conflict', 'people.not_disabled', { name: person.name });
  await change(ctx, person.id, { disabled_at: null, disabled_by_id: null });
  ctx.record({
    name: 'people.enabled',
    subject: { kind: 'person', id: person.id },
    data: { name: person.name },
  });
  return { ...person, disabled_at: null };
}

/** For one who lost the telephone and the backup codes: the password alone signs in until it is set up anew. */
export async function resetTwoFactor(ctx: Context, { params }: OnPerson): Promise<Person> {
  const person = await lockPerson(ctx.db, params.id);
  if (!person.two_factor_enabled) throw new Refusal('conflict', 'people.two_factor_off');
  await ctx.db.deleteFrom('two_factors').where('user_id', '=', person.id).execute();
  await change(ctx, person.id, { two_factor_enabled: false });
  await endSessions(ctx.db, person.id);
  await forgetTrustedBrowsers(ctx.db, person.id);
  ctx.record({
    name: 'people.two_factor_reset',
    subject: { kind: 'person', id: person.id },
    data: { name: person.name },
  });
  return { ...person, two_factor_enabled: false };
}

/** The enabled administrators, locked in one order, so that two of them cannot demote each other at once. */
async function lockAdministrators(ctx: Context): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('users')
    .select(['id', 'roles'])
    .where('kind', '=', 'staff')
    .where('disabled_at', 'is', null)
    .where(sql<boolean>`'administrator' = any(roles)`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.id);
}

async function change(ctx: Context, id: string, values: Record<string, unknown>): Promise<void> {
  await ctx.db
    .updateTable('users')
    .set({ ...values, updated_at: ctx.now })
    .where('id', '=', id)
    .execute();
}
