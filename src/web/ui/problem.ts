import type { RefusalKind } from '#domain/ground/refusal.ts';

export type ProblemKind = RefusalKind | 'bug' | 'unreachable';

const kinds: Record<number, ProblemKind> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  429: 'limited',
};

/** What the server (or the way to it) answered in place of a result. `code` names its sentence in locales. */
export class ProblemError extends Error {
  readonly kind: ProblemKind;
  readonly code: string;
  readonly params: Record<string, unknown>;
  readonly reference: string | null;
  readonly status: number;

  constructor(problem: {
    status: number;
    code: string;
    params?: Record<string, unknown>;
    reference?: string | null;
  }) {
    super(problem.code);
    this.name = 'ProblemError';
    this.status = problem.status;
    this.code = problem.code;
    this.params = problem.params ?? {};
    this.reference = problem.reference ?? null;
    if (problem.status === 0) this.kind = 'unreachable';
    else this.kind = kinds[problem.status] ?? (problem.status < 500 ? 'invalid' : 'bug');
  }
}

export async function problemOf(response: Response): Promise<ProblemError> {
  const fallback = {
    status: response.status,
    code: response.status < 500 ? 'ground.unreadable' : 'ground.bug',
  };
  const reference = response.headers.get('X-Request-Id');
  if (!/json/.test(response.headers.get('Content-Type') ?? ''))
    return new ProblemError({ ...fallback, reference });
  try {
    const body = (await response.json()) as {
      code?: unknown;
      params?: Record<string, unknown>;
      reference?: string;
    };
    if (typeof body.code !== 'string') return new ProblemError({ ...fallback, reference });
    return new ProblemError({
      status: response.status,
      code: body.code,
      params: body.params,
      reference: body.reference ?? reference,
    });
  } catch {
    return new ProblemError({ ...fallback, reference });
  }
}
