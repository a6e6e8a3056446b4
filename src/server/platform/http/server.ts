import { readFileSync } from 'node:fs';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { type Actor, anyone } from '#domain/ground/actor.ts';
import type { Policy } from '#domain/ground/policy.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Listening } from '../context.ts';
import type { Database } from '../db/connect.ts';
import { newId } from '../ids.ts';
import type { LiveHub } from '../live.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Settings } from '../settings.ts';
import { describeApi } from './openapi.ts';
import { refuseForeignOrigin } from './origin.ts';
import { refuseByPermission } from './permissions.ts';
import { answerProblem } from './problems.ts';
import type { Route } from './route.ts';
import { findKey, runRead, runWrite } from './run.ts';
import { answerUnread } from './unread.ts';

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
    /** The body as it came; validation puts what this version's shape reads in it, defaults included, in place of `body`. */
    received: unknown;
  }
  interface FastifyContextConfig {
    route?: Route;
  }
}

export type ServerParts = {
  settings: Settings;
  db: Database;
  log: Log;
  routes: Route[];
  policy: Policy;
  listening: Listening;
  live: LiveHub;
  metrics: Metrics;
  /** Who calls; null when nobody is signed in. */
  resolveActor: (request: FastifyRequest) => Promise<Actor | null>;
  /** The named exceptions to the route line (sign-in, static pages) add themselves here. */
  extend?: (server: FastifyInstance) => Promise<void>;
};

/** Builds the HTTP server with all routes; the caller listens and closes. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { settings, routes } = parts;
  const server = Fastify({
    loggerInstance: parts.log,
    // One line an answer of our own (logAnswer) in place of two.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'reference' }),
    trustProxy: settings.trustProxy,
    bodyLimit: 1024 * 1024,
    genReqId: () => newId(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    clientErrorHandler: answerUnread,
    // What no route can be found for (a broken escape, a parameter without end) is answered like all else.
    frameworkErrors: (error, request, reply) => answerProblem(error, request as never, reply as never),
    ...(settings.tls
      ? { https: { cert: readFileSync(settings.tls.cert), key: readFileSync(settings.tls.key) } }
      : {}),
  }) as unknown as FastifyInstance;

  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(() => (data) => JSON.stringify(data));
  server.setErrorHandler((error, request, reply) => answerProblem(error, request, reply));
  server.decorateRequest('actor', null as never);
  server.decorateRequest('received', null);
  await server.register(helmet, helmetOptions(settings));
  await server.register(cookie);
  await server.register(multipart, {
    limits: { fileSize: settings.fileLimitBytes, files: 1, fields: 10, parts: 12 },
  });
  await describeApi(server);
  server.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id);
    // A gate in between that answers 200 with a page of its own knows no key: by the echo a phone tells our answers from others.
    const key = findKey(request);
    if (key !== null) reply.header('Idempotency-Key', key);
    request.actor = anyone;
    const route = request.routeOptions.config.route;
    if (!route) return;
    request.actor = (await parts.resolveActor(request)) ?? anyone;
    refuseForAnother(request);
    const refusal = refuseByPermission(route, request.actor, parts.policy);
    if (refusal) throw refusal;
    if (route.kind === 'write' || (route.kind === 'raw' && route.method !== 'GET'))
      refuseForeignOrigin(request, settings.publicUrl);
  });
  server.addHook('preValidation', async (request) => {
    request.received = request.body;
  });
  server.addHook('onResponse', async (request, reply) => {
    parts.metrics.observe(request, reply);
    logAnswer(request, reply);
  });
  for (const route of routes) addRoute(server, route, parts);
  await parts.extend?.(server);
  server.setNotFoundHandler((request, reply) =>
    answerProblem(new Refusal('not_found', 'ground.not_found'), request, reply),
  );
  return server;
}

/**
 * What a phone kept for one person is never done in the name of another who signed in on it since: `X-Acting-As` says for
 * whom it was kept.
 */
function refuseForAnother(request: FastifyRequest): void {
  const meant = request.headers['x-acting-as'];
  // Where nobody is signed in the ordinary refusal says so, and a sign-in lets it through.
  const { id } = request.actor;
  if (meant !== undefined && id !== null && meant !== id)
    throw new Refusal('unauthenticated', 'ground.signed_in_as_another');
}

function addRoute(server: FastifyInstance, route: Route, parts: ServerParts): void {
  const { shape } = route;
  server.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ':$1'),
    config: { route },
    schema: {
      operationId: route.permission,
      tags: [route.permission.split('.')[0] as string],
      ...(shape?.params ? { params: shape.params } : {}),
      ...(shape?.query ? { querystring: shape.query } : {}),
      ...(shape?.body ? { body: shape.body } : {}),
      ...(shape ? { response: { [route.options.status ?? 200]: shape.result } } : {}),
    },
    handler: async (request, reply) => {
      if (route.raw) return route.raw({ request, reply, actor: request.actor });
      return route.kind === 'read' ? runRead(route, request, parts) : runWrite(route, request, reply, parts);
    },
  });
}

function helmetOptions(settings: Settings) {
  const https = settings.publicUrl.startsWith('https:');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Mantine sets style attributes and one style element for its variables.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: 15_552_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' as const },
  };
}

/** One line a request under its reference: writes and refusals always, plain reads only when asked for. */
function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const operation = request.routeOptions.config.route?.permission;
  const level = reply.statusCode >= 400 || request.method !== 'GET' ? 'info' : 'debug';
  request.log[level](
    { operation, status: reply.statusCode, ms: Math.round(reply.elapsedTime), actor: request.actor.id },
    'answered',
  );
}
