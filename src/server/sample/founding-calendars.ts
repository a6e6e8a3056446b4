import { sampleCalendars } from './calendars.ts';
import { foundedAt, staffActor } from './founding.ts';
import type { Stage } from './stage.ts';

/** Working time of the firm and of its customers. */
export async function addCalendars(parts: {
  stage: Stage;
  id: (name: string) => string;
  now: string;
}): Promise<void> {
  const { stage, id, now } = parts;
  const administrator = staffActor('shen', id);
  for (const [index, { key, name, holidays: _, ...definition }] of sampleCalendars.entries()) {
    await stage.act(administrator, foundedAt(now), async (ctx) => {
      const created_at = new Date(Date.parse(ctx.now) + index).toISOString();
      await ctx.db
        .insertInto('calendars')
        .values({ id: id(`calendar ${key}`), name, created_at })
        .execute();
      await ctx.db
        .insertInto('calendar_versions')
        .values({
          id: id(`calendar version ${key}`),
          calendar_id: id(`calendar ${key}`),
          version: 1,
          definition: JSON.stringify({ off: [], workdays: {}, ...definition }),
          effective_at: ctx.now,
          created_at: ctx.now,
        })
        .execute();
    });
  }
}
