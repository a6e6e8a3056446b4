import { isOurs, noteServerTime } from '../../ui/device.ts';
import type { Answer } from './verdict.ts';

/** Something always comes of a request within this time: what hangs is as good as nobody there. */
const limitMs = 20_000;
/** For bytes there is more time, down to a network of 8 KB a second. */
const slowestBytesPerMs = 8;

export type Asked = {
  personId: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: BodyInit;
};

/** The answer, whoever gave it; null when nobody did in time. The server serves it only to the person it is meant for. */
export async function ask(path: string, asked: Asked, bytes = 0): Promise<Answer | null> {
  const response = await reach(path, asked, bytes);
  if (response === null) return null;
  try {
    const body = response.type === 'opaqueredirect' ? '' : await response.text();
    const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
    return {
      status: response.status,
      redirected: response.type === 'opaqueredirect' || response.redirected,
      content_type: response.headers.get('Content-Type') ?? '',
      echoed_key: response.headers.get('Idempotency-Key'),
      is_ours: isOurs(response),
      retry_after_seconds: Number.isNaN(retryAfter) ? null : retryAfter,
      body,
    };
  } catch {
    return null;
  }
}

/** Bytes of a file; `gone` when the server will not give them, null when nobody answered. */
export async function fetchBytes(
  path: string,
  personId: string,
  size: number,
): Promise<ArrayBuffer | 'gone' | null> {
  const response = await reach(path, { personId }, size);
  if (response === null || !isOurs(response) || response.status >= 500 || response.status === 429)
    return null;
  if (!response.ok) return 'gone';
  return response.arrayBuffer().catch(() => null);
}

async function reach(path: string, asked: Asked, bytes: number): Promise<Response | null> {
  const { personId, method = 'GET', headers, body } = asked;
  try {
    const response = await fetch(path, {
      method,
      headers: { ...headers, 'X-Acting-As': personId },
      body: body ?? null,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(limitMs + Math.round(bytes / slowestBytesPerMs)),
    });
    if (isOurs(response)) noteServerTime(response.headers.get('Date'));
    return response;
  } catch {
    return null;
  }
}
