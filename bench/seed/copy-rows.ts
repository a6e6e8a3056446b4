import { once } from 'node:events';
import type pg from 'pg';

export type Cell = string | number | boolean | null | readonly string[];

const chunkBytes = 1 << 20;

/** COPYs rows into a table as PostgreSQL's text format; the driver itself knows the protocol but has no call for it. */
export async function copyRows(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const copying = new Copying(`copy ${table} (${columns.join(', ')}) from stdin`);
  client.query(copying as never);
  const connection = await copying.ready;
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(encode).join('\t')}\n`;
    if (chunk.length < chunkBytes) continue;
    connection.sendCopyFromChunk(Buffer.from(chunk));
    chunk = '';
    if (connection.stream.writableNeedDrain)
      await Promise.race([once(connection.stream, 'drain'), copying.done]);
  }
  connection.sendCopyFromChunk(Buffer.from(chunk));
  connection.endCopyFrom();
  await copying.done;
}

function encode(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'object') return `{${cell.join(',')}}`;
  return typeof cell === 'string' ? cell.replace(/[\\\t\n\r]/g, escaped) : String(cell);
}

function escaped(sign: string): string {
  return { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }[sign] as string;
}

type Connection = {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  stream: import('node:net').Socket;
};

/** What the driver calls a submittable: it is handed the connection and told what the server answers. */
class Copying {
  readonly ready: Promise<Connection>;
  readonly done: Promise<void>;
  private readonly text: string;
  private open: (connection: Connection) => void = () => {};
  private end: (error?: Error) => void = () => {};
  private failure: Error | undefined;

  constructor(text: string) {
    this.text = text;
    const opened = Promise.withResolvers<Connection>();
    const ended = Promise.withResolvers<void>();
    this.ready = opened.promise;
    this.done = ended.promise;
    this.done.catch(() => {});
    this.open = opened.resolve;
    this.end = (error) => {
      if (!error) return ended.resolve();
      opened.reject(error);
      ended.reject(error);
    };
  }

  submit(connection: Connection): void {
    connection.query(this.text);
  }

  handleCopyInResponse(connection: Connection): void {
    this.open(connection);
  }

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.failure = error;
    this.end(error);
  }

  handleReadyForQuery(): void {
    this.end(this.failure);
  }
}
