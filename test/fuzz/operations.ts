import { z } from 'zod';
import { endpoints } from '#server/people/sign-in-endpoints.ts';
import type { CastName } from '#test/cast.ts';
import type { TestServer } from '#test/server.ts';

export type Schema = {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  additionalProperties?: boolean | Schema;
};

export type Operation = {
  id: string;
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  params: string[];
  query: { name: string; schema: Schema }[];
  body: Schema | null;
};

type Described = {
  operationId: string;
  parameters?: { in: string; name: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema: Schema }> };
};

// A stream has no answer to wait for; it has its own test.
const streams = new Set(['live.listen']);

/** Every operation that /api/openapi.json names, and the sign-in's own ones, which it hides. */
export async function listOperations(server: TestServer): Promise<Operation[]> {
  const document = (await server.get(null, '/api/openapi.json')).body as {
    paths: Record<string, Record<string, Described>>;
  };
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]): Operation => {
      const parameters = one.parameters ?? [];
      return {
        id: one.operationId,
        method: method.toUpperCase() as Operation['method'],
        path,
        params: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string),
        query: parameters
          .filter((parameter) => parameter.in === 'query')
          .map(({ name, schema }) => ({ name, schema: schema ?? {} })),
        body: one.requestBody?.content?.['application/json']?.schema ?? null,
      };
    }),
  );
  const signIn = Object.entries(endpoints).map(
    ([name, { body }]): Operation => ({
      id: `auth/${name}`,
      method: 'POST',
      path: `/api/auth/${name}`,
      params: [],
      query: [],
      body: z.toJSONSchema(body, { unrepresentable: 'any', io: 'input' }) as Schema,
    }),
  );
  return [...described.filter(({ id }) => !streams.has(id)), ...signIn];
}

/** Who of these may call what, as the server itself tells each of them. */
export async function readPermissions(
  server: TestServer,
  names: readonly CastName[],
): Promise<Map<CastName, Set<string>>> {
  const found = new Map<CastName, Set<string>>();
  for (const name of names) {
    const { body } = await server.get(name, '/api/me');
    found.set(name, new Set((body as { permissions: string[] }).permissions));
  }
  return found;
}
