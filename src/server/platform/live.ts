import pg from 'pg';
import type { ContactActor, StaffActor } from '#domain/ground/actor.ts';
import type { EventRow } from './context.ts';
import { newId } from './ids.ts';
import type { Log } from './log.ts';

/** What a screen is told: something happened to this subject; it asks again by its ordinary reads. */
export type Hint = {
  name: string;
  subject: { kind: string; id: string };
  context: { kind: string; id: string } | null;
};

type Subscriber = { actor: StaffActor | ContactActor; send: (hint: Hint) => void };

const channel = 'copperpea_live';
const batchMs = 50;
// PostgreSQL refuses a notification of 8,000 bytes; one hint needs about 300.
const batchSize = 20;

/**
 * Live updates over several processes. Hints go out after the commit and beside it, never inside a
 * transaction (NOTIFY there would put all commits in a row). A hint may get lost with a killed process or a
 * broken connection; screens therefore ask afresh when they reconnect.
 */
export class LiveHub {
  private readonly origin = newId();
  private readonly subscribers = new Set<Subscriber>();
  private waiting: EventRow[] = [];
  private timer: NodeJS.Timeout | null = null;
  private telling: Promise<void> = Promise.resolve();
  private client: pg.Client | null = null;
  private closed = false;
  private readonly url: string;
  private readonly log: Log;

  constructor(options: { url: string; log: Log }) {
    this.url = options.url;
    this.log = options.log;
  }

  get size(): number {
    return this.subscribers.size;
  }

  subscribe(actor: StaffActor | ContactActor, send: (hint: Hint) => void): () => void {
    const subscriber = { actor, send };
    this.subscribers.add(subscriber);
    return () => this.subscribers.delete(subscriber);
  }

  /** Tells this process's subscribers at once and the other processes within a moment. */
  publish(events: readonly EventRow[]): void {
    if (events.length === 0 || this.closed) return;
    this.deliver(events);
    this.waiting.push(...events);
    this.timer ??= setTimeout(() => this.tellOthers(), batchMs);
  }

  /** Listens for the other processes; keeps trying while the database is away. */
  async listen(): Promise<void> {
    if (this.closed) return;
    const client = new pg.Client({ connectionString: this.url, application_name: 'copperpea live' });
    client.on('error', () => {});
    client.on('end', () => {
      if (this.client === client) this.client = null;
      if (!this.closed) setTimeout(() => void this.listen(), 1_000).unref();
    });
    client.on('notification', (message) => this.receive(message.payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      this.client = client;
    } catch (error) {
      this.log.warn({ err: error }, 'live updates between processes wait for the database');
      await client.end().catch(() => {});
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    await this.client?.end().catch(() => {});
  }

  private receive(payload: string): void {
    const message = JSON.parse(payload) as { origin: string; events: EventRow[] };
    if (message.origin !== this.origin) this.deliver(message.events);
  }

  private deliver(events: readonly EventRow[]): void {
    for (const subscriber of this.subscribers) {
      for (const event of events) {
        if (mayHear(subscriber.actor, event)) subscriber.send(hintOf(event));
      }
    }
  }

  private tellOthers(): void {
    this.timer = null;
    const events = this.waiting;
    this.waiting = [];
    // One after the other: a connection takes the next statement when it has answered the last.
    this.telling = this.telling.then(() => this.tell(events));
  }

  private async tell(events: readonly EventRow[]): Promise<void> {
    for (let start = 0; start < events.length && this.client; start += batchSize) {
      const payload = JSON.stringify({ origin: this.origin, events: events.slice(start, start + batchSize) });
      try {
        await this.client.query('select pg_notify($1, $2)', [channel, payload]);
      } catch (error) {
        this.log.warn({ err: error }, 'a live update did not reach the other processes');
      }
    }
  }
}

/** Staff hear everything; a contact hears what their customer may see and, by setting, only their own. */
export function mayHear(actor: StaffActor | ContactActor, event: EventRow): boolean {
  if (actor.kind === 'staff') return true;
  if (!event.visible_to_customer || event.customer_id !== actor.customer_id) return false;
  return actor.sees === 'all' || event.contact_id === actor.contact_id;
}

function hintOf(event: EventRow): Hint {
  return {
    name: event.name,
    subject: { kind: event.subject_kind, id: event.subject_id },
    context: event.context_id ? { kind: event.context_kind as string, id: event.context_id } : null,
  };
}
