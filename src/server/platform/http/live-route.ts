import type { Actor } from '#domain/ground/actor.ts';
import type { Hint, LiveHub } from '../live.ts';
import { type Route, raw } from './route.ts';

const heartbeatMs = 15_000;

/**
 * GET /api/live: server-sent hints. The right to listen is checked again with every heartbeat, so that a
 * revoked session falls silent within seconds, not when the browser happens to reconnect.
 */
export function liveRoute(live: LiveHub, stillSignedIn: (request: never) => Promise<Actor | null>): Route {
  return raw('GET /api/live', 'live.listen', async ({ request, reply, actor }) => {
    if (actor.kind !== 'staff' && actor.kind !== 'contact') return reply;
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      'X-Request-Id': request.id,
    });
    stream.write('retry: 2000\n\nevent: ready\ndata: {}\n\n');
    const stop = live.subscribe(actor, (hint: Hint) => stream.write(`data: ${JSON.stringify(hint)}\n\n`));
    const heartbeat = setInterval(async () => {
      const present = await stillSignedIn(request as never).catch(() => actor);
      if (!present || stream.writableLength > 1_000_000) return end();
      // Not a comment, which a page could not hear: from its absence the page knows that the way is cut.
      stream.write('event: beat\ndata: {}\n\n');
    }, heartbeatMs);
    const end = () => {
      clearInterval(heartbeat);
      stop();
      stream.end();
    };
    stream.on('close', end);
    return reply;
  });
}
