import { sql } from 'kysely';
import type { Actor, ContactActor } from '#domain/ground/actor.ts';
import type { Instant } from '#domain/ground/instant.ts';
import { Context } from '../platform/context.ts';
import type { Database } from '../platform/db/connect.ts';
import { newId } from '../platform/ids.ts';
import type { Settings } from '../platform/settings.ts';

/** What happened weeks ago is not mailed to anybody today. */
class PastContext extends Context {
  override enqueue(): void {}
}

/**
 * Where the sample's stories are played: the modules' ordinary actions, one after the other in one transaction,
 * each with its own person and its own moment in the past. Contacts act under the portal's row security.
 */
export class Stage {
  readonly #db: Database;
  readonly #settings: Settings;

  constructor(parts: { db: Database; settings: Settings }) {
    this.#db = parts.db;
    this.#settings = parts.settings;
  }

  async act<T>(actor: Actor, at: Instant, work: (ctx: Context) => Promise<T>): Promise<T> {
    const ctx = new PastContext({
      db: this.#db,
      settings: this.#settings,
      actor,
      now: at,
      requestId: newId(),
      listening: new Map(),
    });
    if (actor.kind === 'contact') await this.#narrow(actor);
    const result = await work(ctx);
    if (actor.kind === 'contact') await sql.raw('set local role copperpea_app').execute(this.#db);
    await ctx.flush();
    return result;
  }

  async #narrow(actor: ContactActor): Promise<void> {
    await sql`select set_config('copperpea.customer_id', ${actor.customer_id}, true),
      set_config('copperpea.contact_id', ${actor.contact_id}, true),
      set_config('copperpea.sees_all', ${String(actor.sees === 'all')}, true)`.execute(this.#db);
    await sql.raw('set local role copperpea_portal').execute(this.#db);
  }
}
