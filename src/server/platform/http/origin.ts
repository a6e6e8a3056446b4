import type { FastifyRequest } from 'fastify';
import { Refusal } from '#domain/ground/refusal.ts';

/**
 * Cookies travel with requests that other sites start (CSRF): a write must come from our own pages or carry an
 * API key, which no other site can know. Browsers say where a request comes from in Sec-Fetch-Site (on https and
 * localhost) and in Origin (with every write); programs send neither, nor cookies. Refusal
 * `ground.foreign_origin`. `publicUrl` counts as our own too: a proxy may have changed the Host header.
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  if (request.headers.authorization !== undefined) return;
  const site = request.headers['sec-fetch-site'];
  // `none` is the person's own doing: the address bar, a bookmark.
  if (site === 'same-origin' || site === 'none') return;
  if (site !== undefined) throw new Refusal('forbidden', 'ground.foreign_origin');
  const { origin, host } = request.headers;
  if (origin === undefined) return;
  const from = URL.canParse(origin) ? new URL(origin).host : null;
  if (from === null || (from !== host && from !== new URL(publicUrl).host)) {
    throw new Refusal('forbidden', 'ground.foreign_origin');
  }
}
