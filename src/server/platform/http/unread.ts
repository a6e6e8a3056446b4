import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { newId } from '../ids.ts';
import { problem } from './problems.ts';

const answers: Record<string, { status: number; code: string }> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'ground.too_large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'ground.unreadable' },
};
// Who is still sending when the connection breaks never reads the answer: so long we listen on, and throw away.
const lingerMs = 2_000;

const answered = new WeakSet<Socket>();

/**
 * Answers what never became a request: an address or headers beyond Node's 16 kB, or no HTTP at all. The screen knows it
 * as ours and says it in words, where Node's own bare line would look like a stranger's.
 */
export function answerUnread(error: Error & { code?: string }, socket: Socket): void {
  // The rest of what is too long comes in pieces, each an error of its own.
  if (answered.has(socket)) return;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  answered.add(socket);
  const { status, code } = answers[error.code ?? ''] ?? { status: 400, code: 'ground.unreadable' };
  const reference = newId();
  const body = JSON.stringify(problem(status, code, {}, reference));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${reference}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.resume();
  setTimeout(() => socket.destroy(), lingerMs).unref();
}
