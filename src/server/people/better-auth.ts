import { AsyncLocalStorage } from 'node:async_hooks';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';
import type { Kysely, KyselyPlugin, PluginTransformResultArgs, UnknownRow } from 'kysely';
import { longestPassword, shortestPassword } from '#domain/people/passwords.ts';
import type { Database } from '../platform/db/connect.ts';
import { newId } from '../platform/ids.ts';

export const cookiePrefix = 'copperpea';
/** A session ends after 30 days without use; see sign-in.ts for how use prolongs it. */
export const sessionDays = 30;
/** However much a session is used, after this time a person signs in again. */
export const sessionDaysAtMost = 180;

export type Wish = {
  kind: 'reset_password';
  user: { id: string; email: string; name: string };
  token: string;
};
type Call = { db: Database; wishes: Wish[] };

/**
 * better-auth, brought into the house: our tables and columns, our ids, our transaction. It never opens a
 * connection of its own: each request of sign-in-routes.ts runs it inside one transaction, so that what it
 * changes and the event that tells of it stand or fall together. What it wants to have mailed is put on
 * `wishes`, and the route enqueues it.
 */
export function createAuth(options: { secret: string; https: boolean }) {
  const calls = new AsyncLocalStorage<Call>();
  const auth = betterAuth({
    // Never seen by a browser: the route answers for it, and checks the origin itself.
    baseURL: options.https ? 'https://sign-in.internal' : 'http://sign-in.internal',
    basePath: '/api/auth',
    secret: options.secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    database: { db: forwarding(calls) as Kysely<never>, type: 'postgres' },
    advanced: {
      cookiePrefix,
      useSecureCookies: options.https,
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { ipAddressHeaders: ['x-client-address'] },
      database: { generateId: () => newId(), validateSchema: false },
      cookies: { session_token: { attributes: { httpOnly: true, sameSite: 'lax' } } },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      resetPasswordTokenExpiresIn: 60 * 60,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        calls.getStore()?.wishes.push({ kind: 'reset_password', user, token });
      },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            await refuseDisabled(calls.getStore()!.db, session.userId);
            return { data: { ...session, expiresAt: new Date(Date.now() + sessionDays * 86_400_000) } };
          },
        },
      },
    },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        kind: { type: 'string', input: false },
        disabledAt: { type: 'date', input: false, required: false, fieldName: 'disabled_at' },
      },
    },
    session: {
      modelName: 'sessions',
      // The cookie lives as long as a session can; when the session itself ends stands in its row.
      expiresIn: sessionDaysAtMost * 24 * 60 * 60,
      // Use prolongs a session in sign-in.ts, where every request passes.
      disableSessionRefresh: true,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    account: {
      modelName: 'accounts',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verifications',
      // Whoever reads the database must not find a link there that sets somebody's password.
      storeIdentifier: 'hashed',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    plugins: [
      twoFactor({
        accountLockout: { maxFailedAttempts: 10, durationSeconds: 15 * 60 },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factors',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  });
  return {
    /** Answers one request inside the caller's transaction; returns what is to be mailed beside the answer. */
    async handle(db: Database, request: Request): Promise<{ response: Response; wishes: Wish[] }> {
      const call: Call = { db: db.withPlugin(instantsAsDates) as Database, wishes: [] };
      const response = await calls.run(call, () => auth.handler(request));
      return { response, wishes: call.wishes };
    },
  };
}
export type Auth = ReturnType<typeof createAuth>;

/** Asked when a session begins, that is after the password was right: a stranger learns nothing by it. */
async function refuseDisabled(db: Database, userId: string): Promise<void> {
  const user = await db
    .selectFrom('users')
    .select('disabled_at')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  if (user.disabled_at) throw new APIError('FORBIDDEN', { code: 'PERSON_DISABLED', message: 'disabled' });
}

/** A Kysely that is, for each caller, the transaction of that caller's request. */
function forwarding(calls: AsyncLocalStorage<Call>): unknown {
  return new Proxy(
    {},
    {
      get(_, name) {
        const db = calls.getStore()?.db as unknown as Record<PropertyKey, unknown> | undefined;
        if (!db) throw new Error('better-auth asked for the database outside a request');
        const member = db[name];
        return typeof member === 'function' ? member.bind(db) : member;
      },
      has: (_, name) => name === 'selectFrom',
    },
  );
}

/** The house's instants are text; better-auth compares dates. */
const instantsAsDates: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  async transformResult({ result }: PluginTransformResultArgs) {
    return { ...result, rows: result.rows.map(withDates) };
  },
};

function withDates(row: UnknownRow): UnknownRow {
  const entries = Object.entries(row).map(([name, value]) => {
    const isInstant = typeof value === 'string' && (name.endsWith('_at') || name === 'locked_until');
    return [name, isInstant ? new Date(value) : value];
  });
  return Object.fromEntries(entries) as UnknownRow;
}
