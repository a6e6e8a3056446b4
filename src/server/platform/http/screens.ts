import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const folder = fileURLToPath(new URL('../../../../dist/web/', import.meta.url));

/**
 * Serves the built screens. Files with a hash in their name are kept for a year, the page itself never, so
 * that an update is there at the next reload. Any address that is no file and no API is the page: the screens
 * have their own addresses.
 */
export async function serveScreens(server: FastifyInstance): Promise<void> {
  if (!existsSync(`${folder}index.html`)) {
    server.log.warn('the screens are not built; only the API answers');
    return;
  }
  const carried = await policyOfCarried();
  await server.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      const forever = path.includes('/assets/');
      reply.header('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (path.includes('carried.html'))
        reply.header('Content-Security-Policy', `${reply.getHeader('Content-Security-Policy')};${carried}`);
    },
  });
  server.get('/*', async (request, reply) => {
    if (request.url.startsWith('/api/')) return reply.callNotFound();
    return reply
      .header('Cache-Control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(await readFile(`${folder}index.html`));
  });
}

/** carried.html has one script in itself, which may run by its hash; a phone keeps the page with this header. */
async function policyOfCarried(): Promise<string> {
  const page = await readFile(`${folder}carried.html`, 'utf8');
  const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, code]) => code as string);
  const hashes = scripts.map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  return `script-src 'self' ${hashes.join(' ')}`;
}
