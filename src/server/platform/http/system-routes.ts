import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Policy } from '#domain/ground/policy.ts';
import type { Database } from '../db/connect.ts';
import type { Metrics } from '../metrics.ts';
import { apiPage } from './api-page.ts';
import { openApiDocument } from './openapi.ts';
import { type Route, raw } from './route.ts';

export const systemPolicy: Policy = {
  'health.check': ['anyone'],
  'metrics.read': ['anyone'],
  'api.describe': ['anyone'],
  'live.listen': ['engineer', 'dispatcher', 'manager', 'sales', 'administrator', 'contact'],
};

/** One sentence's worth of health, for a person or a load balancer; more when something is wrong. */
export function systemRoutes(parts: {
  db: Database;
  metrics: Metrics;
  server: () => FastifyInstance;
  healthNotes: () => Promise<string[]>;
}): Route[] {
  let described: string | null = null;
  return [
    raw('GET /api/health', 'health.check', async ({ reply }) => {
      const database = await answersWithin(parts.db, 2_000);
      const notes = database ? await parts.healthNotes().catch(() => []) : [];
      return reply
        .status(database ? 200 : 503)
        .header('Cache-Control', 'no-store')
        .send({ status: database ? 'ok' : 'database_gone', database: database ? 'ok' : 'gone', notes });
    }),
    raw('GET /metrics', 'metrics.read', async ({ reply }) =>
      reply.type(parts.metrics.registry.contentType).send(await parts.metrics.registry.metrics()),
    ),
    raw('GET /api/openapi.json', 'api.describe', async ({ reply }) => {
      described ??= JSON.stringify(openApiDocument(parts.server()));
      return reply.type('application/json').send(described);
    }),
    raw('GET /api/docs', 'api.describe', async ({ reply }) =>
      reply.type('text/html; charset=utf-8').send(apiPage(openApiDocument(parts.server()))),
    ),
  ];
}

async function answersWithin(db: Database, ms: number): Promise<boolean> {
  const answer = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
  const tooLate = new Promise<boolean>((resolve) => setTimeout(resolve, ms, false).unref());
  return Promise.race([answer, tooLate]);
}
