import { type Insertable, type QueryCreator, sql } from 'kysely';
import type { Actor } from '#domain/ground/actor.ts';
import type { DeviceEnvelope } from '#domain/ground/device.ts';
import type { CorrectedTime } from '#domain/ground/device-time.ts';
import type { Instant } from '#domain/ground/instant.ts';
import type { Database } from './db/connect.ts';
import type { DB } from './db/schema.ts';
import { widened } from './db/transaction.ts';
import { newId } from './ids.ts';
import type { Settings } from './settings.ts';

/** What happened, as an action tells it; who, when and on which device are added by the context. */
export type EventNote = {
  name: string;
  subject: { kind: string; id: string };
  /** The larger thing it happened in, so that its timeline shows it: a promise in a ticket. */
  context?: { kind: string; id: string } | undefined;
  customer_id?: string | null | undefined;
  /** The contact whose own matter it is; one who sees only their own follows no other. */
  contact_id?: string | null | undefined;
  visible_to_customer?: boolean;
  data?: Record<string, unknown>;
  /** When a person states it for an act of the past (offline work); the context's time otherwise. */
  happened_at?: Instant;
};

export type EventRow = {
  id: string;
  name: string;
  subject_kind: string;
  subject_id: string;
  context_kind: string | null;
  context_id: string | null;
  customer_id: string | null;
  contact_id: string | null;
  visible_to_customer: boolean;
};

export type VerdictRow = Insertable<DB['verdicts']>;

type Job = { task: string; payload: unknown; run_at: Instant | null; key: string | null };

export type Listening = Map<string, { task: string }[]>;

/**
 * Everything an action may reach: the transaction, who acts, when, and the two ways to leave a trace
 * (record, enqueue). Nothing else goes in or out of an action.
 */
export class Context {
  readonly db: Database;
  readonly actor: Actor;
  /** When the server received it. */
  readonly now: Instant;
  /** When it happened by the device's corrected clock; equal to `now` for acts at a desk. */
  readonly happenedAt: Instant;
  readonly device: DeviceEnvelope | null;
  /** How the device's time was judged; null for acts at a desk. */
  readonly deviceTime: CorrectedTime | null;
  readonly requestId: string;
  /** The route's operation, e.g. `tickets.close`; empty for what is no request. */
  readonly operation: string;
  readonly settings: Settings;
  readonly headers: [string, string][] = [];
  readonly recorded: EventRow[] = [];
  private readonly listening: Listening;
  private readonly eventRows: Record<string, unknown>[] = [];
  private readonly jobs: Job[] = [];

  constructor(parts: {
    db: Database;
    actor: Actor;
    now: Instant;
    happenedAt?: Instant;
    device?: DeviceEnvelope | null;
    deviceTime?: CorrectedTime | null;
    requestId: string;
    operation?: string;
    settings: Settings;
    listening: Listening;
  }) {
    this.db = parts.db;
    this.actor = parts.actor;
    this.now = parts.now;
    this.device = parts.device ?? null;
    this.deviceTime = parts.deviceTime ?? null;
    this.happenedAt = parts.happenedAt ?? this.deviceTime?.happened_at ?? parts.now;
    this.requestId = parts.requestId;
    this.operation = parts.operation ?? '';
    this.settings = parts.settings;
    this.listening = parts.listening;
  }

  /** Notes an event; it is written with the transaction's last statements, its listeners' jobs with it. */
  record(note: EventNote): void {
    const row: EventRow = {
      id: newId(),
      name: note.name,
      subject_kind: note.subject.kind,
      subject_id: note.subject.id,
      context_kind: note.context?.kind ?? null,
      context_id: note.context?.id ?? null,
      customer_id: note.customer_id ?? null,
      contact_id: note.contact_id ?? null,
      visible_to_customer: note.visible_to_customer ?? false,
    };
    this.recorded.push(row);
    this.eventRows.push({
      ...row,
      actor_kind: this.actor.kind,
      actor_id: this.actor.id,
      actor_name: this.actor.name,
      data: JSON.stringify(note.data ?? {}),
      happened_at: note.happened_at ?? this.happenedAt,
      received_at: this.now,
      device_id: this.device?.device_id ?? null,
      device_seq: this.device?.seq ?? null,
      request_id: this.requestId,
      created_at: this.now,
    });
    for (const listener of this.listening.get(note.name) ?? []) {
      this.enqueue(listener.task, { event_id: row.id });
    }
  }

  /** A durable job, there if and only if the transaction commits. Handlers may run more than once. */
  enqueue(task: string, payload: unknown, options: { runAt?: Instant; key?: string } = {}): void {
    this.jobs.push({ task, payload, run_at: options.runAt ?? null, key: options.key ?? null });
  }

  /** Runs the consequences of a contact's act with the app's rights. For staff it changes nothing. */
  asApp<T>(work: () => Promise<T>): Promise<T> {
    return widened(this.db, this.actor, work);
  }

  /**
   * The same transaction for an act that somebody else did at a time of its own: what it records stands under their name,
   * and is written with everything else. How its time was judged when it came in goes on to count: `deviceTime` is null only
   * where no device was asked.
   */
  inTheNameOf(
    actor: Actor,
    act: { happenedAt: Instant; deviceTime: CorrectedTime | null; operation: string },
  ): Context {
    return Object.create(this, {
      actor: { value: actor },
      happenedAt: { value: act.happenedAt },
      deviceTime: { value: act.deviceTime },
      operation: { value: act.operation },
      device: { value: null },
    });
  }

  setHeader(name: string, value: string): void {
    this.headers.push([name, value]);
  }

  /**
   * Writes the noted events and jobs, and the verdict with them, in one statement. The caller has seen to it that the
   * app role is in force.
   */
  async flush(verdict?: VerdictRow): Promise<void> {
    let { db } = this as { db: QueryCreator<DB> };
    if (this.eventRows.length > 0) {
      db = db.with('noted', (make) => make.insertInto('events').values(this.eventRows as never));
    }
    if (this.jobs.length > 0) {
      if (verdict) db = db.with('decided', (make) => make.insertInto('verdicts').values(verdict));
      const jobs = sql<Job>`json_to_recordset(${JSON.stringify(this.jobs)}::json)`;
      await db
        .selectFrom(jobs.as<'job'>(sql`job(task text, payload json, run_at timestamptz, key text)`))
        .select(sql`enqueue_job(job.task, job.payload, job.run_at, job.key)`.as('queued'))
        .execute();
    } else if (verdict) await db.insertInto('verdicts').values(verdict).execute();
    else if (this.eventRows.length > 0) await db.selectNoFrom(sql`1`.as('done')).execute();
  }
}
