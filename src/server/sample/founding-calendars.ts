import { fromMs, toMs } from '#domain/ground/instant.ts';
import { createCalendar } from '../calendar/actions/calendars.ts';
import { importKnownHolidays } from '../calendar/actions/first-calendar.ts';
import { sampleCalendars } from './calendars.ts';
import { foundedAt, staffActor } from './founding.ts';
import type { Stage } from './stage.ts';

/** Working time of the firm and of its customers, with the holidays that were announced. */
export async function addCalendars(parts: {
  stage: Stage;
  id: (name: string) => string;
  now: string;
}): Promise<void> {
  const { stage, id, now } = parts;
  const administrator = staffActor('shen', id);
  await stage.act(administrator, foundedAt(now), importKnownHolidays);
  for (const [index, { key, name, holidays, ...hours }] of sampleCalendars.entries()) {
    // One after the other: the first made is the firm's own.
    const at = fromMs(toMs(foundedAt(now)) + (index + 1) * 1_000);
    await stage.act(administrator, at, async (ctx) => {
      const plan = { ...hours, off: [], workdays: {}, region: holidays ? 'CN' : null };
      await createCalendar(ctx, { body: { id: id(`calendar ${key}`), name, plan } });
    });
  }
}
