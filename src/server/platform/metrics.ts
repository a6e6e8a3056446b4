import type { FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What /metrics tells, in Prometheus's text form. Routes are labelled by operation, never by path or id. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests: Histogram<'operation' | 'status'>;
  private readonly jobs: Histogram<'task' | 'outcome'>;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Histogram({
      name: 'http_request_seconds',
      help: 'Time to answer, by operation and status',
      labelNames: ['operation', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers: [this.registry],
    });
    this.jobs = new Histogram({
      name: 'job_seconds',
      help: 'Time a job took, by task and outcome',
      labelNames: ['task', 'outcome'],
      buckets: [0.01, 0.05, 0.25, 1, 5, 30],
      registers: [this.registry],
    });
  }

  observe(request: FastifyRequest, reply: FastifyReply): void {
    const operation = request.routeOptions.config.route?.permission ?? 'static';
    this.requests.observe({ operation, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  }

  observeJob(task: string, outcome: 'done' | 'failed', seconds: number): void {
    this.jobs.observe({ task, outcome }, seconds);
  }

  /** A number that a module keeps in the database, read when asked; what cannot be read is not told. */
  watchNumber(number: { name: string; help: string; read: () => Promise<number> }): void {
    new Gauge({
      name: number.name,
      help: number.help,
      registers: [this.registry],
      async collect() {
        this.reset();
        await number.read().then(
          (value) => this.set(value),
          () => {},
        );
      },
    });
  }

  /** Connections in use, idle and waited for, read when asked. */
  watchPool(pool: pg.Pool): void {
    new Gauge({
      name: 'database_connections',
      help: 'Database connections by state',
      labelNames: ['state'],
      registers: [this.registry],
      collect() {
        this.set({ state: 'open' }, pool.totalCount);
        this.set({ state: 'idle' }, pool.idleCount);
        this.set({ state: 'waited_for' }, pool.waitingCount);
      },
    });
  }
}
