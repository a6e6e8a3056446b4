import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '#domain/ground/actor.ts';
import type { Context } from '../context.ts';

export type Shape = {
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  result: z.ZodType;
};

type Parsed<S, K extends keyof Shape> = S extends { [P in K]: infer Z extends z.ZodType }
  ? z.output<Z>
  : undefined;

export type Input<S extends Shape> = {
  params: Parsed<S, 'params'>;
  query: Parsed<S, 'query'>;
  body: Parsed<S, 'body'>;
};

export type RouteOptions = {
  /** Success status; 200 unless said, 201 for what creates. */
  status?: 200 | 201;
  /** What is kept as the stored verdict where the answer holds a secret that is shown once. */
  keep?: (result: unknown) => unknown;
  /** Fields of the body that leave no trace in the stored verdict, not even in its hash: a password. */
  secrets?: readonly string[];
  /**
   * Staff whose roles do not allow it come to the action all the same, and it asks for the role itself: what they did before
   * they lost it is kept, not refused. Whose key lacks the scope comes nowhere.
   */
  asksForRole?: true;
};

export type Route = {
  kind: 'read' | 'write' | 'raw';
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  permission: string;
  shape: Shape | null;
  run: (ctx: Context, input: never) => Promise<unknown>;
  raw?: RawHandler;
  options: RouteOptions;
};

export type RawHandler = (call: {
  request: FastifyRequest;
  reply: FastifyReply;
  actor: Actor;
}) => Promise<unknown>;

/** A read: path · permission · shape · query. `{id}` in the path is a parameter. */
export function read<const S extends Shape>(
  line: string,
  permission: string,
  shape: S,
  run: (ctx: Context, input: Input<S>) => Promise<z.input<S['result']>>,
): Route {
  return { kind: 'read', ...split(line), permission, shape, run: run as Route['run'], options: {} };
}

/** A write: path · permission · shape · action; one transaction, one idempotency verdict. */
export function write<const S extends Shape>(
  line: string,
  permission: string,
  shape: S,
  run: (ctx: Context, input: Input<S>) => Promise<z.input<S['result']>>,
  options: RouteOptions = {},
): Route {
  return { kind: 'write', ...split(line), permission, shape, run: run as Route['run'], options };
}

/** What is no JSON: streams of bytes or of events. It gets the request itself, after the permission check. */
export function raw(line: string, permission: string, handler: RawHandler): Route {
  return {
    kind: 'raw',
    ...split(line),
    permission,
    shape: null,
    run: async () => undefined,
    raw: handler,
    options: {},
  };
}

function split(line: string): { method: Route['method']; path: string } {
  const [method, path] = line.trim().split(/\s+/) as [Route['method'], string];
  return { method, path };
}
