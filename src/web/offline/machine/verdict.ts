import type { RefusalParams } from '#domain/ground/refusal.ts';
import type { VisitActed } from '#domain/visits/commands.ts';

/** What came back, in as far as it is needed to judge it. `body` is the text, unread. */
export type Answer = {
  status: number;
  /** The browser hides where a redirect leads; that there is one is enough. */
  redirected: boolean;
  content_type: string;
  echoed_key: string | null;
  is_ours: boolean;
  retry_after_seconds: number | null;
  body: string;
};

/**
 * `done`: the server has it, with its outcome. `refused`: the server will not take it as it is; a person decides.
 * `signed_out`: nothing goes until somebody signs in. `again`: nothing is known about this act; `who` is in the way: nobody
 * (`away`), somebody else on the network (`captive`), the server itself with this one act (`failing`), or with all (`lacking`).
 */
export type Verdict =
  | { kind: 'done'; acted: VisitActed }
  | { kind: 'refused'; code: string; params: RefusalParams }
  | { kind: 'signed_out' }
  | {
      kind: 'again';
      who: 'away' | 'captive' | 'failing' | 'lacking';
      code: string | null;
      after_ms: number | null;
    };

/** Ours in the ordinary course of things, and no verdict: too early, too much, timed out on the way. */
const passing = [408, 425, 429];

/** Judges the answer to an act that went out under `key`. Only what our server surely said is a verdict. */
export function verdictOf(answer: Answer, key: string): Verdict {
  if (answer.redirected || !answer.is_ours) return stranger(answer);
  if (answer.status >= 200 && answer.status < 300) {
    const acted = parsed(answer.body) as VisitActed | null;
    if (answer.echoed_key !== key || typeof acted?.version !== 'number') return again('captive', answer);
    return { kind: 'done', acted };
  }
  const problem = problemIn(answer);
  if (problem === null) return stranger(answer);
  return ofProblem(answer, problem);
}

/** Judges the answer to a photo's upload: the server says whose bytes it has. */
export function uploadVerdictOf(answer: Answer, photoId: string): Verdict {
  if (answer.redirected || !answer.is_ours) return stranger(answer);
  if (answer.status >= 200 && answer.status < 300) {
    const row = parsed(answer.body) as { id?: unknown } | null;
    if (row?.id !== photoId) return again('captive', answer);
    return { kind: 'done', acted: { outcome: 'done', version: 0, happened_at: '' } };
  }
  const problem = problemIn(answer);
  if (problem === null) return stranger(answer);
  // The connection broke in the middle of the bytes, or another tab uploads the same at this moment.
  if (problem.code === 'files.cut_off' || problem.code === 'files.unreadable') return again('away', answer);
  return ofProblem(answer, problem);
}

type Problem = { code: string; params: RefusalParams };

function ofProblem(answer: Answer, problem: Problem): Verdict {
  if (answer.status === 401) return { kind: 'signed_out' };
  if (passing.includes(answer.status)) return again('lacking', answer, problem.code);
  if (answer.status < 500) return { kind: 'refused', ...problem };
  return again(answer.status === 500 ? 'failing' : 'lacking', answer, problem.code);
}

function stranger(answer: Answer): Verdict {
  return again(answer.status >= 500 && !answer.redirected ? 'away' : 'captive', answer);
}

function again(
  who: 'away' | 'captive' | 'failing' | 'lacking',
  answer: Answer,
  code: string | null = null,
): Verdict {
  const { retry_after_seconds } = answer;
  return {
    kind: 'again',
    who,
    code,
    after_ms: retry_after_seconds === null ? null : retry_after_seconds * 1000,
  };
}

function problemIn(answer: Answer): Problem | null {
  if (!/^application\/problem\+json/.test(answer.content_type)) return null;
  const body = parsed(answer.body) as { type?: unknown; code?: unknown; params?: RefusalParams } | null;
  if (typeof body?.code !== 'string' || body.type !== `urn:problem:${body.code}`) return null;
  return { code: body.code, params: body.params ?? {} };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
