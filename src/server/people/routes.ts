import type { FastifyInstance } from 'fastify';
import { type Actor, systemActor } from '#domain/ground/actor.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import * as shapes from '#domain/people/commands.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/db/connect.ts';
import { serveThumbnail } from '../platform/files/serving.ts';
import { FileStore } from '../platform/files/store.ts';
import { type Route, raw, read, write } from '../platform/http/route.ts';
import { makeCreateApiKey, revokeApiKey, withoutSecret } from './actions/api-keys.ts';
import { editFirm } from './actions/firm.ts';
import {
  inviteStaff,
  type LinkContact,
  makeAcceptInvitation,
  resendInvitation,
  revokeInvitation,
  type SentInvitation,
} from './actions/inviting.ts';
import { makeEditMe, revokeOtherSessions, revokeSession } from './actions/me.ts';
import { disablePerson, editPerson, enablePerson, resetTwoFactor } from './actions/people.ts';
import { makeCompleteSetup } from './actions/setup.ts';
import { countTry } from './attempts.ts';
import { loadFirm, openFirm, setupStatus } from './queries/firm.ts';
import { listInvitations, openInvitation } from './queries/invitations.ts';
import { listApiKeys, listSessions, makeOpenMe } from './queries/me.ts';
import { listPeople, openPerson } from './queries/people.ts';
import { guessLimits } from './sign-in-limits.ts';

/** What people need of the modules after them and of the whole; main tells it. */
export type PeopleParts = {
  db: Database;
  dataDir: string;
  /** All permissions of an actor, over all modules. */
  permissionsOf: (actor: Actor) => string[];
  linkContact: LinkContact;
  loadSample: (ctx: Context) => Promise<void>;
};

const created = { status: 201 } as const;
const withPassword = { ...created, secrets: ['password'] } as const;
const linkOnce = { ...created, keep: withoutLink };

export function makeRoutes(parts: PeopleParts): Route[] {
  const openMe = makeOpenMe(parts.permissionsOf);
  return [
    read('GET /api/setup', 'setup.status', shapes.setupStatus, setupStatus),
    write(
      'POST /api/setup',
      'setup.complete',
      shapes.completeSetup,
      makeCompleteSetup(parts.loadSample),
      withPassword,
    ),

    read('GET /api/firm', 'firm.open', shapes.openFirm, openFirm),
    raw('GET /api/firm/logo', 'firm.logo', serveLogo(parts)),
    write('PATCH /api/firm', 'firm.edit', shapes.editFirm, editFirm),

    read('GET /api/people', 'people.list', shapes.listPeople, listPeople),
    read('GET /api/people/{id}', 'people.open', shapes.openPerson, openPerson),
    write('PATCH /api/people/{id}', 'people.edit', shapes.editPerson, editPerson),
    write('POST /api/people/{id}/disable', 'people.disable', shapes.actOnPerson, disablePerson),
    write('POST /api/people/{id}/enable', 'people.enable', shapes.actOnPerson, enablePerson),
    write(
      'POST /api/people/{id}/reset-two-factor',
      'people.reset_two_factor',
      shapes.actOnPerson,
      resetTwoFactor,
    ),

    read('GET /api/invitations', 'invitations.list', shapes.listInvitations, listInvitations),
    write('POST /api/invitations', 'invitations.send', shapes.inviteStaff, inviteStaff, linkOnce),
    write(
      'POST /api/invitations/{id}/revoke',
      'invitations.revoke',
      shapes.revokeInvitation,
      revokeInvitation,
    ),
    write(
      'POST /api/invitations/{id}/resend',
      'invitations.resend',
      shapes.resendInvitation,
      resendInvitation,
      {
        keep: withoutLink,
      },
    ),
    read('GET /api/invitation-links/{token}', 'invitations.open', shapes.openInvitation, openInvitation),
    write(
      'POST /api/invitation-links/accept',
      'invitations.accept',
      shapes.acceptInvitation,
      makeAcceptInvitation(parts.linkContact),
      { ...withPassword, secrets: ['password', 'token'] },
    ),

    read('GET /api/me', 'me.open', shapes.openMe, openMe),
    write('PATCH /api/me', 'me.edit', shapes.editMe, makeEditMe(openMe)),
    read('GET /api/sessions', 'sessions.list', shapes.listSessions, listSessions),
    write('POST /api/sessions/{id}/revoke', 'sessions.revoke', shapes.revokeSession, revokeSession),
    write(
      'POST /api/sessions/revoke-others',
      'sessions.revoke_others',
      shapes.revokeOtherSessions,
      revokeOtherSessions,
    ),
    read('GET /api/api-keys', 'api_keys.list', shapes.listApiKeys, listApiKeys),
    write(
      'POST /api/api-keys',
      'api_keys.create',
      shapes.createApiKey,
      makeCreateApiKey(parts.permissionsOf),
      {
        ...created,
        keep: withoutSecret,
      },
    ),
    write('POST /api/api-keys/{id}/revoke', 'api_keys.revoke', shapes.revokeApiKey, revokeApiKey),
  ];
}

/** The stored answer of what gives out a link: a repeat gets everything but the link. */
export function withoutLink(result: unknown): { link: null } {
  return { ...(result as SentInvitation), link: null };
}

function serveLogo(parts: PeopleParts): NonNullable<Route['raw']> {
  const store = new FileStore(parts.dataDir);
  return async ({ reply }) => {
    const { logo_file_id } = await loadFirm(parts.db);
    if (!logo_file_id) throw new Refusal('not_found', 'ground.not_found');
    return serveThumbnail(
      { reply, actor: systemActor, params: { id: logo_file_id } },
      { db: parts.db, store },
    );
  };
}

/** Links of invitations and the set-up are open to everybody, so their tries are counted. */
export function limitOpenDoors(server: FastifyInstance, db: Database): void {
  server.addHook('onRequest', async (request, reply) => {
    const permission = request.routeOptions.config.route?.permission ?? '';
    if (!['invitations.open', 'invitations.accept', 'setup.complete'].includes(permission)) return;
    const limited = await countTry(db, guessLimits(permission, request.ip));
    if (!limited) return;
    reply.header('Retry-After', String(limited.params.retry_after_seconds));
    throw limited;
  });
}
