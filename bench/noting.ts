import pg from 'pg';
import type { Statement } from './trace.ts';

/** Notes what this process's working connections send to PostgreSQL while `on`. */
export function noteStatements(noted: Statement[]): { on: boolean } {
  const noting = { on: false };
  const client = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const query = client.query;
  client.query = function (this: { connectionParameters: { application_name: string } }, ...args: unknown[]) {
    // Not the connection that tells other processes: it goes beside the call, not in it.
    if (noting.on && this.connectionParameters.application_name === 'copperpea')
      noted.push(statementOf(args));
    return query.apply(this, args);
  };
  return noting;
}

function statementOf([first, second]: unknown[]): Statement {
  if (typeof first === 'string') return { text: first, values: Array.isArray(second) ? second : null };
  const { text, values, name } = first as { text: string; values?: unknown[]; name?: string };
  return { text, values: values ?? (Array.isArray(second) ? second : null), ...(name ? { name } : {}) };
}
