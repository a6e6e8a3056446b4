import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#domain/ground/actor.ts';
import { anyone } from '#domain/ground/actor.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import { Context, type Listening } from '../platform/context.ts';
import type { Database } from '../platform/db/connect.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import { refuseForeignOrigin } from '../platform/http/origin.ts';
import type { Settings } from '../platform/settings.ts';
import { countTry, forgiveTry, type Limit, refuseSpentCode, spendCode } from './attempts.ts';
import type { Auth } from './better-auth.ts';
import type { ResolveActor } from './sign-in.ts';
import { type Endpoint, endpoints } from './sign-in-endpoints.ts';
import { refusalOfAnswer } from './sign-in-errors.ts';
import { guessLimits, ownPasswordLimits, resetRequestLimits, signInLimits } from './sign-in-limits.ts';
import { findConcerned, refuseNewPassword, tellWhatHappened } from './sign-in-story.ts';

export type SignInRouteParts = {
  db: Database;
  settings: Settings;
  listening: Listening;
  auth: Auth;
  resolveActor: ResolveActor;
  /** The acting person as an actor, for the event of an act that made them one. */
  findActor: (db: Database, userId: string) => Promise<Actor | null>;
};

type Body = Record<string, unknown>;
type Outcome = { refusal: Refusal } | { answer: Body; cookies: string[] };

// What is refused and what is not shall take the same time, so that nobody learns who has an account here.
const slowest: Record<string, number> = { 'sign-in/email': 300, 'request-password-reset': 200 };

/**
 * POST /api/auth/*: better-auth behind this house's door. The one named exception to the route line: no
 * idempotency verdict, because its answers are cookies; the transaction, the event and the problem documents
 * are the same as everywhere.
 */
export function mountSignIn(server: FastifyInstance, parts: SignInRouteParts): void {
  for (const [name, endpoint] of Object.entries(endpoints)) {
    server.post(`/api/auth/${name}`, { schema: { hide: true } as object }, async (request, reply) => {
      reply.header('Cache-Control', 'no-store');
      refuseForeignOrigin(request, parts.settings.publicUrl);
      return answerOnce({ name, endpoint, request, reply }, parts);
    });
  }
}

async function answerOnce(
  call: { name: string; endpoint: Endpoint; request: FastifyRequest; reply: FastifyReply },
  parts: SignInRouteParts,
): Promise<Body> {
  const { name, endpoint, request, reply } = call;
  const started = performance.now();
  const body = readBody(endpoint, request.body);
  const actor = (await parts.resolveActor(request)) ?? anyone;
  if (endpoint.signedIn && !hasSession(actor)) throw new Refusal('unauthenticated', 'ground.sign_in_first');
  const limits = limitsOf({ name, body, address: request.ip, actor });
  const limited = await countTry(parts.db, limits);
  if (limited) {
    reply.header('Retry-After', String(limited.params.retry_after_seconds));
    throw limited;
  }
  const outcome = await inTransaction(parts.db, anyone, (db) =>
    act({ name, endpoint, body, request, actor, db }, parts),
  );
  if ('refusal' in outcome || name === 'request-password-reset')
    await waitUntil(started + (slowest[name] ?? 0));
  if ('refusal' in outcome) throw outcome.refusal;
  if (name !== 'request-password-reset') await forgiveTry(parts.db, limits);
  for (const cookie of outcome.cookies) reply.header('Set-Cookie', cookie);
  return endpoint.answer(outcome.answer);
}

/** The act itself. A refusal is returned and not thrown: what it counted and recorded is to stay. */
async function act(
  call: {
    name: string;
    endpoint: Endpoint;
    body: Body;
    request: FastifyRequest;
    actor: Actor;
    db: Database;
  },
  parts: SignInRouteParts,
): Promise<Outcome> {
  const { name, endpoint, body, request, actor, db } = call;
  const concerned = await findConcerned({ db, name, body, request, actor });
  const weak = await refuseNewPassword(body, concerned);
  if (weak && name !== 'sign-in/email') return { refusal: weak };
  const asked = endpoint.toAuth(body);
  const code =
    name === 'two-factor/verify-totp' && concerned ? { of: concerned.id, is: String(asked.code) } : null;
  const spent = code && (await refuseSpentCode(db, code));
  const { response, wishes } = spent
    ? { response: new Response(null, { status: 401 }), wishes: [] }
    : await parts.auth.handle(db, toAuthRequest(name, asked, request));
  if (code && response.ok) await spendCode(db, code);
  const answer = (await readJson(response)) as Body;
  const refusal = spent ?? (response.ok ? null : refusalOfAnswer(response.status, answer));
  const userId = (answer.user as { id?: string } | undefined)?.id ?? concerned?.id ?? null;
  const acting = response.ok && userId ? ((await parts.findActor(db, userId)) ?? actor) : actor;
  const ctx = new Context({
    db,
    actor: acting,
    now: new Date().toISOString(),
    requestId: request.id,
    settings: parts.settings,
    listening: parts.listening,
  });
  await tellWhatHappened(ctx, {
    name,
    answer,
    refusal,
    userId,
    wasSignedIn: actor.kind !== 'anyone',
    wishes,
  });
  await ctx.flush();
  return refusal ? { refusal } : { answer, cookies: response.headers.getSetCookie() };
}

function readBody(endpoint: Endpoint, raw: unknown): Body {
  const parsed = endpoint.body.safeParse(raw ?? {});
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), reason: issue.code }));
  throw new Refusal('invalid', 'ground.invalid', { fields });
}

function hasSession(actor: Actor): boolean {
  return (actor.kind === 'staff' || actor.kind === 'contact') && actor.session_id !== null;
}

function limitsOf(call: { name: string; body: Body; address: string; actor: Actor }): Limit[] {
  const caller = { email: String(call.body.email ?? ''), address: call.address };
  if (call.name === 'sign-in/email') return signInLimits(caller);
  if (call.name === 'request-password-reset') return resetRequestLimits(caller);
  if (endpoints[call.name]?.signedIn && call.actor.id) return ownPasswordLimits(call.actor.id);
  return call.name === 'sign-out' ? [] : guessLimits(call.name, call.address);
}

function toAuthRequest(name: string, body: Body, request: FastifyRequest): Request {
  const headers = new Headers({ 'content-type': 'application/json', 'x-client-address': request.ip });
  const { cookie, 'user-agent': userAgent } = request.headers;
  if (cookie) headers.set('cookie', cookie);
  if (userAgent) headers.set('user-agent', userAgent.slice(0, 300));
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  // Never seen by a browser; better-auth only wants an address to be called by.
  return new Request(`http://sign-in.internal/api/auth/${name}`, init);
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? {} : JSON.parse(text);
}

async function waitUntil(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}
