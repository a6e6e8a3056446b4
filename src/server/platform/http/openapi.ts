import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** Collects every route's schemas into /api/openapi.json (OpenAPI 3.1). Registered before the routes. */
export async function describeApi(server: FastifyInstance): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Service desk API',
        version: '1',
        description:
          'Everything the screens do. Writes take an Idempotency-Key; errors are RFC 9457 problem documents.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'copperpea.session_token' },
          api_key: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { api_key: [] }],
    },
    // A route without a schema is no operation of the API: the screens' files, and what answers to any path.
    transform: (input) =>
      (input.schema
        ? jsonSchemaTransform(input as never)
        : { schema: { hide: true }, url: input.url }) as never,
  });
}

/** The finished description, with the parts that no schema says: keys on writes, problems as errors. */
export function openApiDocument(server: FastifyInstance): Record<string, unknown> {
  const document = server.swagger() as {
    paths?: Record<string, Record<string, { parameters?: unknown[]; responses?: Record<string, unknown> }>>;
  };
  for (const methods of Object.values(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      operation.responses = {
        ...operation.responses,
        default: {
          description: 'A refusal or failure in words: `code` names it, `params` fill its sentence.',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      };
      if (method === 'get') continue;
      operation.parameters = [...(operation.parameters ?? []), idempotencyKeyParameter, deviceParameter];
    }
  }
  return document as Record<string, unknown>;
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'params', 'reference'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    params: { type: 'object' },
    reference: { type: 'string' },
  },
};

const idempotencyKeyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  schema: { type: 'string', minLength: 8, maxLength: 200 },
  description: 'Chosen by the caller, one per act. A repeat gets the first answer again, for 90 days.',
};

const deviceParameter = {
  name: 'X-Device',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description: 'JSON about the device and its clock; see the glossary under “device envelope”.',
};
