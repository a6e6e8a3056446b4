import { uuidv7 } from 'uuidv7';
import { actingAs } from './acting-as.ts';
import { envelopeHeader, type HappenedOnDevice, happensNow, isOurs, noteServerTime } from './device.ts';
import { countWaiting, type NetworkState, onRecovery, reportNetwork } from './network-state.ts';
import { ProblemError, problemOf } from './problem.ts';
import { signedInAgain } from './session-gate.ts';

export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

export type Act = {
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  /** The same for every try of one act; made here when left out. */
  key?: string;
  /** Keys of acts that have to be done before this one. */
  depends_on?: string[];
  /** For doors where a wrong sign-in is an ordinary answer. */
  without_sign_in?: boolean;
};

const slowAfterMs = 4_000;
/** Something comes of a request within this time, and of bytes down to 8 KB a second: what hangs is as good as nobody there. */
const limitMs = 30_000;
const slowestBytesPerMs = 8;
const backoffMs = [400, 1_000, 2_000, 4_000, 8_000];

export function pathWith(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    if (Array.isArray(value)) for (const part of value) search.append(name, String(part));
    else search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Reads. Answers 401 by asking for the sign-in and going on; all other problems are thrown for the screen to show. */
export async function get<T>(
  path: string,
  query?: Query,
  options: { signal?: AbortSignal; without_sign_in?: boolean } = {},
): Promise<T> {
  for (;;) {
    const response = await attempt(pathWith(path, query), { signal: options.signal ?? null });
    if (response.status === 401 && !options.without_sign_in) await signedInAgain();
    else return resultOf<T>(response);
  }
}

/**
 * Writes. While the server can't be reached, or fails without a verdict, the same act is sent again under the same
 * key until there is one: whatever the screen said was sent is done once, and never twice.
 */
export async function send<T>(act: Act): Promise<T> {
  const key = act.key ?? uuidv7();
  const happened = happensNow();
  const personId = act.without_sign_in ? null : actingAs();
  countWaiting(1);
  try {
    for (let failures = 0, bugs = 0; ; ) {
      try {
        const response = await attempt(act.path, requestOf(act, { key, happened, personId }));
        if (response.status === 401 && !act.without_sign_in) {
          await refuseAsAnother(response);
          await signedInAgain();
          continue;
        }
        return await resultOf<T>(response);
      } catch (error) {
        const problem = error as ProblemError;
        if (problem.kind !== 'unreachable' && !(problem.kind === 'bug' && bugs++ < 2)) throw error;
        await pause(backoffMs[Math.min(failures++, backoffMs.length - 1)]!);
      }
    }
  } finally {
    countWaiting(-1);
  }
}

/** Somebody else is signed in by now: no sign-in of theirs lets this through. */
async function refuseAsAnother(response: Response): Promise<void> {
  const problem = await problemOf(response);
  if (problem.code === 'ground.signed_in_as_another') throw problem;
}

type Given = { key: string; happened: HappenedOnDevice; personId: string | null };

function requestOf(act: Act, { key, happened, personId }: Given): RequestInit {
  const headers: Record<string, string> = {
    'Idempotency-Key': key,
    'X-Device': envelopeHeader(happened, act.depends_on ?? []),
    ...(personId && { 'X-Acting-As': personId }),
  };
  if (act.body === undefined) return { method: act.method, headers };
  if (act.body instanceof FormData) return { method: act.method, headers, body: act.body };
  return {
    method: act.method,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(act.body),
  };
}

async function attempt(path: string, init: RequestInit): Promise<Response> {
  const slow = setTimeout(() => reportNetwork('slow'), slowAfterMs);
  const ending = new AbortController();
  const end = () => ending.abort();
  const limit = setTimeout(end, limitMs + bytesOf(init.body) / slowestBytesPerMs);
  init.signal?.addEventListener('abort', end);
  if (init.signal?.aborted) end();
  try {
    const { signal } = ending;
    const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init, signal });
    if (!isOurs(response)) throw strangerAnswered(response.status);
    noteServerTime(response.headers.get('Date'));
    // All of it, not its first bytes.
    await response.clone().arrayBuffer();
    if (response.status < 500 || response.status === 500) reportNetwork('up');
    return response;
  } catch (error) {
    if (init.signal?.aborted || error instanceof ProblemError) throw error;
    reportNetwork('unreachable');
    throw new ProblemError({ status: 0, code: navigator.onLine ? 'ui.unreachable' : 'ui.offline' });
  } finally {
    clearTimeout(slow);
    clearTimeout(limit);
    init.signal?.removeEventListener('abort', end);
  }
}

function bytesOf(body: RequestInit['body']): number {
  if (!(body instanceof FormData)) return typeof body === 'string' ? body.length : 0;
  return [...body.values()].reduce((sum, part) => sum + (part instanceof Blob ? part.size : 0), 0);
}

/** A gateway whose server is away, or a network that wants its own sign-in first and answers 200 with a page. */
function strangerAnswered(status: number): ProblemError {
  reportNetwork(status >= 500 ? 'unreachable' : 'captive');
  return new ProblemError({ status: 0, code: status >= 500 ? 'ui.unreachable' : 'ui.captive' });
}

async function resultOf<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  if (response.ok) return (await response.json()) as T;
  const problem = await problemOf(response);
  if (![502, 503, 504].includes(response.status)) throw problem;
  const lacking: Record<string, NetworkState> = {
    'ground.database_gone': 'database',
    'ground.disk_full': 'disk',
  };
  reportNetwork(lacking[problem.code] ?? 'unreachable');
  throw new ProblemError({
    status: 0,
    code: lacking[problem.code] ? problem.code : 'ui.unreachable',
    reference: problem.reference,
  });
}

/** Waits for the time, or shorter when the server is known to be back. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      forget();
      resolve();
    };
    const timer = setTimeout(wake, ms);
    const forget = onRecovery(wake);
  });
}
