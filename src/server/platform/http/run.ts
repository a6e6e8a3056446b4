import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DeviceEnvelope, deviceEnvelope } from '#domain/ground/device.ts';
import { correctedTime } from '#domain/ground/device-time.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import { Context } from '../context.ts';
import type { Database } from '../db/connect.ts';
import { inReadTransaction, inTransaction } from '../db/transaction.ts';
import {
  actSavepoint,
  type Call,
  decide,
  findVerdict,
  formerRequestHash,
  isRepeatRace,
  requestHash,
  type Verdict,
} from '../idempotency.ts';
import type { Route } from './route.ts';
import type { ServerParts } from './server.ts';

const inputOf = (request: FastifyRequest) =>
  ({ params: request.params, query: request.query, body: request.body }) as never;

export async function runRead(route: Route, request: FastifyRequest, parts: ServerParts): Promise<unknown> {
  const now = new Date().toISOString();
  const result = await inReadTransaction(parts.db, request.actor, (db) =>
    route.run(new Context({ ...common(request, parts), db, now }), inputOf(request)),
  );
  if (parts.settings.checkAnswers) route.shape?.result.parse(result);
  return result;
}

export async function runWrite(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ServerParts,
): Promise<unknown> {
  const key = idempotencyKey(request);
  const device = readEnvelope(request);
  const asking = (body: unknown) => ({
    method: request.method,
    url: request.url,
    // Without a shape nobody reads the body, whatever it is.
    body: route.shape?.body ? withoutSecrets(body, route.options.secrets) : null,
  });
  const call: Call = {
    actor: request.actor,
    key,
    hash: requestHash(asking(request.received)),
    formerHash: () => formerRequestHash(asking(request.body)),
  };
  const verdict = await writeOnce(route, request, reply, { parts, call, device });
  if (verdict.replayed) reply.header('Idempotency-Replayed', 'true');
  if (verdict.status >= 400) reply.type('application/problem+json');
  reply.status(verdict.status);
  return verdict.status >= 400 ? reply.send(JSON.stringify(verdict.body)) : verdict.body;
}

async function writeOnce(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  write: {
    parts: ServerParts;
    call: Call;
    device: DeviceEnvelope | null;
  },
): Promise<Verdict> {
  const { parts, call, device } = write;
  const earlier = await findVerdict(parts.db, call);
  if (earlier) return earlier;
  const now = new Date().toISOString();
  let ctx: Context | undefined;
  try {
    const act = (db: Database) => {
      const deviceTime = device ? correctedTime({ ...device, received_at: now }) : null;
      ctx = new Context({
        ...common(request, parts),
        db,
        now,
        device,
        deviceTime,
        operation: route.permission,
      });
      return decide(ctx, {
        operation: route.permission,
        key: call.key,
        hash: call.hash,
        status: route.options.status ?? 200,
        keep: route.options.keep,
        run: async (context) => {
          const result = await route.run(context, inputOf(request));
          if (parts.settings.checkAnswers) route.shape?.result.parse(result);
          return result;
        },
      });
    };
    const verdict = await inTransaction(parts.db, request.actor, act, { savepoint: actSavepoint });
    if (verdict.status < 400) {
      for (const [name, value] of ctx?.headers ?? []) reply.header(name, value);
      parts.live.publish(ctx?.recorded ?? []);
    }
    return verdict;
  } catch (error) {
    if (!isRepeatRace(error)) throw error;
    const stored = await findVerdict(parts.db, call);
    if (!stored) throw error;
    return stored;
  }
}

function common(request: FastifyRequest, parts: ServerParts) {
  return {
    actor: request.actor,
    requestId: request.id,
    settings: parts.settings,
    listening: parts.listening,
  };
}

// A hash of a password can be guessed at in peace by whoever gets hold of the table.
function withoutSecrets(body: unknown, secrets: readonly string[] = []): unknown {
  if (secrets.length === 0) return body;
  return { ...(body as object), ...Object.fromEntries(secrets.map((field) => [field, null])) };
}

function idempotencyKey(request: FastifyRequest): string {
  const key = findKey(request);
  if (key === null) throw new Refusal('invalid', 'ground.key_missing');
  return key;
}

/** The key of a write, or null where there is none that could be one. */
export function findKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' && /^[\x21-\x7e]{8,200}$/.test(key) ? key : null;
}

function readEnvelope(request: FastifyRequest): DeviceEnvelope | null {
  const header = request.headers['x-device'];
  if (header === undefined) return null;
  const parsed = deviceEnvelope.safeParse(parseJson(String(header)));
  if (!parsed.success) throw new Refusal('invalid', 'ground.device_unreadable');
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
