import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '#server/platform/ids.ts';
import { contacts, cookieOf, customers } from '#test/cast.ts';
import type { RealServer } from './real-server.ts';

export type Acknowledged = { key: string; act: 'create' | 'reply'; ticket: string; message: string | null };

/** What people were answered while something was broken: status and code, each with how often. */
export type Answers = Map<string, number>;

const patienceMs = 90_000;

/**
 * Eight people who write, each one thing after the other, and who send the same thing under the same key until it is
 * acknowledged, as the outbox does.
 */
export class Writers {
  readonly acknowledged: Acknowledged[] = [];
  readonly answers: Answers = new Map();
  private readonly server: RealServer;
  private readonly loops: Promise<void>[];
  private stopping = false;

  constructor(server: RealServer, count = 8) {
    this.server = server;
    this.loops = Array.from({ length: count }, () => this.write());
  }

  /** Lets everybody finish what they are at. Throws when somebody got an answer that nobody should get. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.loops);
  }

  private async write(): Promise<void> {
    let ticket: string | null = null;
    while (!this.stopping) {
      const key = newId();
      if (ticket === null) {
        const id = newId();
        await this.insist('POST /api/tickets', key, newTicket(id));
        this.acknowledged.push({ key, act: 'create', ticket: id, message: null });
        ticket = id;
      } else {
        const message = newId();
        await this.insist(`POST /api/tickets/${ticket}/reply`, key, {
          id: message,
          body: '我们在看，马上回您。',
        });
        this.acknowledged.push({ key, act: 'reply', ticket, message });
        if (Math.random() < 0.5) ticket = null;
      }
    }
  }

  private async insist(line: string, key: string, body: object): Promise<void> {
    const [method, path] = line.split(' ') as [string, string];
    const end = Date.now() + patienceMs;
    while (Date.now() < end) {
      const answer = await fetch(`${this.server.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'idempotency-key': key, cookie: cookieOf('林海') },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(20_000),
      }).then(
        async (response) => ({ status: response.status, body: await response.json().catch(() => null) }),
        () => null,
      );
      const said = answer === null ? 'nobody answers' : `${answer.status} ${answer.body?.code ?? ''}`.trim();
      this.answers.set(said, (this.answers.get(said) ?? 0) + 1);
      if (answer !== null && answer.status < 300) return;
      if (answer !== null && answer.status !== 503) throw new Error(`${line}: ${said}\n${this.server.log}`);
      await sleep(50 + Math.random() * 100);
    }
    throw new Error(`${line} was not acknowledged within ${patienceMs} ms\n${this.server.log}`);
  }
}

function newTicket(id: string) {
  return {
    id,
    customer_id: customers.鲁味餐饮.id,
    requester_id: contacts.小吴.id,
    kind: 'incident',
    title: '收银机卡住',
    body: '扫码之后等很久。',
    impact: 2,
    urgency: 2,
  };
}

/** Every acknowledged write stands once, with its words, its event and its verdict; and nothing stands beside them. */
export async function assertEachStandsOnce(
  server: RealServer,
  acknowledged: readonly Acknowledged[],
): Promise<void> {
  assert.ok(acknowledged.length > 50, `only ${acknowledged.length} writes were made`);
  await server.withDatabase(async ({ db }) => {
    const creates = acknowledged.filter(({ act }) => act === 'create');
    const replies = acknowledged.filter(({ act }) => act === 'reply');
    const tickets = await db.selectFrom('tickets').select(['id', 'number']).execute();
    assert.deepEqual(tickets.map(({ id }) => id).sort(), creates.map(({ ticket }) => ticket).sort());
    assert.equal(new Set(tickets.map(({ number }) => number)).size, tickets.length);

    const messages = await db.selectFrom('messages').select(['id', 'ticket_id', 'author_kind']).execute();
    const ours = messages.filter(({ author_kind }) => author_kind === 'staff');
    assert.deepEqual(ours.map(({ id }) => id).sort(), replies.map(({ message }) => message).sort());
    // The first words of a ticket get their id on the server: here a doubled write would show.
    assert.equal(messages.length - ours.length, creates.length);

    const clocks = await db.selectFrom('ticket_clocks').select('ticket_id').execute();
    assert.equal(clocks.length, creates.length * 3);
    const events = await db
      .selectFrom('events')
      .select(['name', 'subject_id'])
      .where('name', 'in', ['ticket.created', 'ticket.replied'])
      .execute();
    assert.equal(events.filter(({ name }) => name === 'ticket.created').length, creates.length);
    assert.equal(events.filter(({ name }) => name === 'ticket.replied').length, replies.length);
    const verdicts = await db.selectFrom('verdicts').select('key').execute();
    assert.deepEqual(verdicts.map(({ key }) => key).sort(), acknowledged.map(({ key }) => key).sort());
  });
}

/** Besides success, people heard only what has a plain sentence: nobody there, or 503 with one of these codes. */
export function assertPlainAnswers(answers: Answers, codes: readonly string[]): void {
  const allowed = ['201', '200', 'nobody answers', ...codes.map((code) => `503 ${code}`)];
  assert.deepEqual(
    [...answers.keys()].filter((said) => !allowed.includes(said)),
    [],
  );
}
