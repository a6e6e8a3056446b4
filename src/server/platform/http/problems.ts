import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type RefusalKind } from '#domain/ground/refusal.ts';

export const statusOf: Record<RefusalKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limited: 429,
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  params: Record<string, unknown>;
  reference: string;
};

/** An RFC 9457 problem document; `code` is the key of its sentence in locales, `reference` stands in the log. */
export function problem(
  status: number,
  code: string,
  params: Record<string, unknown>,
  reference: string,
): Problem {
  return { type: `urn:problem:${code}`, title: code, status, code, params, reference };
}

// What the database says no to although the shape was right: a row that is not there, twice the same,
// a value outside a check, a time that its calendar lacks. Actions say these things better; this is the net under them.
const databaseRefusals: Record<string, { kind: RefusalKind; code: string }> = {
  '23503': { kind: 'invalid', code: 'ground.unknown_reference' },
  '23505': { kind: 'conflict', code: 'ground.already_exists' },
  '23P01': { kind: 'conflict', code: 'ground.already_exists' },
  '23514': { kind: 'invalid', code: 'ground.value_not_allowed' },
  '22001': { kind: 'invalid', code: 'ground.value_not_allowed' },
  '22007': { kind: 'invalid', code: 'ground.value_not_allowed' },
  '22008': { kind: 'invalid', code: 'ground.value_not_allowed' },
  '22009': { kind: 'invalid', code: 'ground.value_not_allowed' },
  '22003': { kind: 'invalid', code: 'ground.value_not_allowed' },
  '22P05': { kind: 'invalid', code: 'ground.value_not_allowed' },
  '22021': { kind: 'invalid', code: 'ground.value_not_allowed' },
  '42501': { kind: 'not_found', code: 'ground.not_found' },
};

/** The refusal that an error stands for, or null for a bug or a failure of the machinery. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  const known = databaseRefusals[(error as { code?: string })?.code ?? ''];
  return known ? new Refusal(known.kind, known.code) : null;
}

/** True when the database cannot be reached or is going down: the person is told to wait, not that it broke. */
export function isDatabaseGone(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    [
      'ECONNREFUSED',
      'ECONNRESET',
      'EPIPE',
      'ENOENT',
      '57P01',
      '57P02',
      '57P03',
      '08006',
      '08001',
      '53300',
    ].includes(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      message,
    )
  );
}

/** True when the database's disk is full. */
export function isDiskFull(error: unknown): boolean {
  const { code = '' } = error as { code?: string };
  return code === '53100' || code === 'ENOSPC';
}

type FastifyFailure = {
  validation?: { instancePath?: string; keyword?: string; message?: string }[];
  statusCode?: number;
  code?: string;
};

/** Turns whatever went wrong into the one form in which errors leave the server. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const found = describe(error, request);
  if (found.status >= 500) request.log.error({ err: error, code: found.code }, 'request failed');
  if (found.status === 503) reply.header('Retry-After', '2');
  if (found.code === 'ground.too_many' && found.params.retry_after_seconds) {
    reply.header('Retry-After', String(found.params.retry_after_seconds));
  }
  return reply.status(found.status).type('application/problem+json').send(JSON.stringify(found));
}

function describe(error: unknown, request: FastifyRequest): Problem {
  const reference = request.id;
  const refusal = refusalOf(error);
  if (refusal) return problem(statusOf[refusal.kind], refusal.code, refusal.params, reference);
  const failure = error as FastifyFailure;
  if (failure.validation) {
    const fields = failure.validation.slice(0, 20).map((issue) => ({
      field: (issue.instancePath ?? '').replace(/^\//, '').replaceAll('/', '.'),
      reason: issue.keyword ?? 'invalid',
    }));
    return problem(422, 'ground.invalid', { fields }, reference);
  }
  if (isDiskFull(error)) return problem(503, 'ground.disk_full', {}, reference);
  if (isDatabaseGone(error)) return problem(503, 'ground.database_gone', {}, reference);
  const status = failure.statusCode ?? 500;
  if (status === 413) return problem(413, 'ground.too_large', {}, reference);
  if (status === 415) return problem(415, 'ground.wrong_media_type', {}, reference);
  if (status === 404) return problem(404, 'ground.not_found', {}, reference);
  if (status === 429) return problem(429, 'ground.too_many', {}, reference);
  if (status >= 400 && status < 500) return problem(400, 'ground.unreadable', {}, reference);
  return problem(500, 'ground.bug', {}, reference);
}
