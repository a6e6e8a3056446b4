import { type Actor, systemActor } from '#domain/ground/actor.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import { hashNewPassword } from '../people/actions/accounts.ts';
import { Context } from '../platform/context.ts';
import type { Database } from '../platform/db/connect.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import type { Settings } from '../platform/settings.ts';
import { enqueueReindex } from '../search/actions/reindex.ts';
import { sampleCustomers } from './customers.ts';
import { sampleEmail, sampleFirm, samplePassword, sampleSignIns } from './firm.ts';
import { addColleagues, addCustomer, contactActor, foundedAt, staffActor } from './founding.ts';
import { addCalendars } from './founding-calendars.ts';
import { makeSampleIds } from './ids.ts';
import { Stage } from './stage.ts';
import type { SampleCustomer } from './story.ts';
import { type Scene, scenesOf } from './telling.ts';
import { scenesOfVisit } from './telling-visits.ts';
import { letTimePass } from './time-passing.ts';
import { sampleVisits } from './visits.ts';

export type SampleSignIn = (typeof sampleSignIns)[number];

/**
 * Loads the sample company into an empty database and answers with its sign-ins. Asked again, it only answers;
 * null when the database holds somebody's real work.
 */
export async function loadSampleCompany(app: {
  db: Database;
  settings: Settings;
}): Promise<SampleSignIn[] | null> {
  const has = async (email?: string) => {
    let rows = app.db.selectFrom('users').select('id').limit(1);
    if (email) rows = rows.where('email', '=', email);
    return (await rows.executeTakeFirst()) !== undefined;
  };
  if (await has(sampleEmail('shen'))) return sampleSignIns;
  if (await has()) return null;
  const now = new Date().toISOString();
  await inTransaction(app.db, systemActor, (db) => playSample({ db, settings: app.settings, now }));
  return sampleSignIns;
}

/** The sample company beside the first administrator, in the transaction of the set-up. */
export async function loadSampleAtSetup(ctx: Context): Promise<void> {
  const somebody = await ctx.db.selectFrom('customers').select('id').limit(1).executeTakeFirst();
  if (somebody) throw new Refusal('conflict', 'people.already_set_up');
  await playSample({ db: ctx.db, settings: ctx.settings, now: ctx.now });
}

async function playSample(parts: { db: Database; settings: Settings; now: string }): Promise<void> {
  const { db, settings, now } = parts;
  const stage = new Stage({ db, settings });
  const id = makeSampleIds();
  const passwordHash = await hashNewPassword(samplePassword);
  const founding = { stage, id, now, passwordHash };
  await nameFirm(db, { id: id('firm'), at: foundedAt(now) });
  await addColleagues(founding, systemActor);
  await addCalendars(founding);
  for (const customer of sampleCustomers) await addCustomer(founding, customer);
  const actorOf = (key: string, customer: SampleCustomer): Actor => {
    const contact = customer.contacts.find((one) => one.key === key);
    return contact ? contactActor(contact, customer, id) : staffActor(key, id);
  };
  const scenes = sampleCustomers.flatMap((customer): Scene[] => [
    ...customer.tickets.flatMap((ticket) => scenesOf(ticket, customer, { id, now, actorOf })),
    ...sampleVisits
      .filter((visit) => visit.customer === customer.key)
      .flatMap((visit) => scenesOfVisit(visit, customer, { id, now, actorOf })),
  ]);
  // Stable: what is told at one moment stays in the order of the telling.
  scenes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  for (const scene of scenes) {
    try {
      await letTimePass(stage, db, scene.at);
      await scene.play(stage);
    } catch (error) {
      throw new Error(`the sample stumbles at “${scene.name}” (${scene.at})`, { cause: error });
    }
  }
  await letTimePass(stage, db, now);
  // Nobody listened to the past.
  const ctx = new Context({
    db,
    settings,
    now,
    actor: systemActor,
    requestId: newId(),
    listening: new Map(),
  });
  await enqueueReindex(ctx);
  await ctx.flush();
}

// Somebody who set the system up and wants to look around has named their own firm already.
async function nameFirm(db: Database, firm: { id: string; at: string }): Promise<void> {
  await db
    .insertInto('firm')
    .values({ id: firm.id, ...sampleFirm, created_at: firm.at, updated_at: firm.at })
    .onConflict((conflict) => conflict.column('only_one').doNothing())
    .execute();
}
