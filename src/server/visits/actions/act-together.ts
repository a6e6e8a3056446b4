import type { FastifyRequest } from 'fastify';
import { Refusal } from '#domain/ground/refusal.ts';
import { type ActAnswer, type ActTogether, actsTogether } from '#domain/visits/commands.ts';
import type { RawHandler } from '../../platform/http/route.ts';
import { textOf } from '../../platform/idempotency.ts';

/** Each act is a request of its own; these belong to the one they came in. */
const ofTheWhole = ['content-length', 'content-type', 'transfer-encoding', 'connection', 'expect'];
/** Not a word about the act: later ones of the same phone must not overtake it. */
const noVerdict = [401, 408, 425, 429];

/**
 * Acts that waited on a phone, in one exchange: each is played as if it had come alone, one after the other, with its own
 * key, permission, transaction and verdict. The first that gets no verdict ends it; the phone asks again from there.
 */
export const actTogether: RawHandler = async ({ request, reply }) => {
  const read = actsTogether.safeParse(request.body);
  if (!read.success) throw new Refusal('invalid', 'ground.invalid', { fields: [] });
  // All of them before the first is played: what cannot be written as a request of its own refuses the exchange whole.
  const acts = read.data.acts.map((act) => ({ ...act, body: textOf(act.body) }));
  const answers: ActAnswer[] = [];
  for (const act of acts) {
    const answer = await playAlone(request, act);
    answers.push(answer);
    if (answer.status >= 500 || noVerdict.includes(answer.status)) break;
  }
  return reply.send({ answers });
};

async function playAlone(request: FastifyRequest, act: ActTogether & { body: string }): Promise<ActAnswer> {
  const own = Object.entries(request.headers).filter(([name]) => !ofTheWhole.includes(name));
  const { statusCode, headers, body } = await request.server.inject({
    method: 'POST',
    url: `/api/visits/${act.visit_id}/${act.name}`,
    headers: {
      ...Object.fromEntries(own),
      'content-type': 'application/json',
      'idempotency-key': act.key,
      'x-device': JSON.stringify(act.device),
    } as Record<string, string>,
    remoteAddress: request.socket.remoteAddress ?? '127.0.0.1',
    payload: act.body,
  });
  const retryAfter = Number(headers['retry-after'] ?? Number.NaN);
  return {
    key: act.key,
    status: statusCode,
    retry_after_seconds: Number.isNaN(retryAfter) ? null : retryAfter,
    body,
  };
}
