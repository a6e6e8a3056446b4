import type { FastifyInstance } from 'fastify';
import type { Actor, ContactActor, StaffActor } from '#domain/ground/actor.ts';
import type { StaffRole } from '#domain/ground/policy.ts';
import { peoplePolicy } from '#domain/people/policy.ts';
import type { Listening } from '../platform/context.ts';
import type { Database } from '../platform/db/connect.ts';
import type { Module } from '../platform/module.ts';
import type { Settings } from '../platform/settings.ts';
import { createAuth } from './better-auth.ts';
import { tickers } from './jobs.ts';
import { limitOpenDoors, makeRoutes, type PeopleParts } from './routes.ts';
import { type ContactStanding, makeResolveActor, type ResolveActor } from './sign-in.ts';
import { mountSignIn } from './sign-in-routes.ts';

export type PeopleModule = {
  module: Module;
  resolveActor: ResolveActor;
  /** Adds sign-in itself, which is no route line, to the server. */
  extend: (server: FastifyInstance, listening: Listening) => void;
};

/** The people module with what it needs of the modules after it. */
export function makePeople(
  parts: Omit<PeopleParts, 'dataDir'> & {
    settings: Settings;
    secret: string;
    findContactOfUser: (db: Database, userId: string) => Promise<ContactStanding | null>;
  },
): PeopleModule {
  const { settings, db, secret, findContactOfUser } = parts;
  const https = settings.publicUrl.startsWith('https:');
  const resolveActor = makeResolveActor({ db, secret, https, findContactOfUser });
  const auth = createAuth({ secret, https });
  return {
    module: {
      name: 'people',
      policy: peoplePolicy,
      routes: makeRoutes({ ...parts, dataDir: settings.dataDir }),
      tickers,
    },
    resolveActor,
    extend: (server, listening) => {
      limitOpenDoors(server, db);
      mountSignIn(server, {
        db,
        settings,
        listening,
        auth,
        resolveActor,
        findActor: (transaction, userId) => findActor(transaction, userId, findContactOfUser),
      });
    },
  };
}

/** Somebody as the actor of an act by which they come in; null for a contact who is nobody's any more. */
async function findActor(
  db: Database,
  userId: string,
  findContactOfUser: (db: Database, userId: string) => Promise<ContactStanding | null>,
): Promise<Actor | null> {
  const user = await db
    .selectFrom('users')
    .select(['id', 'kind', 'name', 'roles', 'locale', 'zone'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  const { id, name, locale, zone } = user;
  if (user.kind === 'staff') {
    const roles = user.roles as StaffRole[];
    return {
      kind: 'staff',
      id,
      name,
      roles,
      locale,
      zone,
      session_id: null,
      api_key_id: null,
      scopes: null,
    } satisfies StaffActor;
  }
  const standing = await findContactOfUser(db, id);
  return (
    standing &&
    ({ kind: 'contact', id, name, locale, zone, session_id: '', ...standing } satisfies ContactActor)
  );
}
