import { fromMs, type Instant, toMs } from '#domain/ground/instant.ts';
import type { VisitContact, VisitPage } from '#domain/visits/views.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { instantOfWall, wallOf } from '../ui/wall-time.ts';

/** Raise it when the day is kept in another form: one that an older app kept is then passed over. */
export const dayForm = 1;

/** What the day's screen says of a visit. */
export type DayPage = {
  visit: Pick<
    Visit,
    | 'id'
    | 'state'
    | 'is_emergency'
    | 'planned_from'
    | 'planned_to'
    | 'departed_at'
    | 'arrived_at'
    | 'goal'
    | 'clashes'
    | 'interface_contact_id'
  >;
  about: {
    customer: { name: string };
    ticket: { title: string };
    site: { name: string; address: string | null; city: string | null } | null;
    contacts: Pick<VisitContact, 'id' | 'name' | 'form_of_address' | 'phone'>[];
  };
};

/** The day's screen as it was last, with the few sentences and times it needs: kept as one small sealed record. */
export type Day = {
  form: number;
  language: string;
  texts: object;
  zone: string;
  /** What the clocks of the zone show when visits begin and end, and when its coming days begin. */
  walls: [Instant, string][];
  days: Instant[];
  pages: DayPage[];
};

const daysAhead = 30;

/** In the zone: the walls of what is planned, and the beginnings of the days around now. */
export function timesOf(pages: DayPage[], zone: string, now: Instant): Pick<Day, 'zone' | 'walls' | 'days'> {
  const instants = pages.flatMap(({ visit }) => [visit.planned_from, visit.planned_to]);
  const today = dateNumber(wallOf(now, zone));
  const dates = Array.from({ length: daysAhead }, (_, n) => fromMs((today + n) * dayMs).slice(0, 10));
  const days = dates.map((date) => instantOfWall(`${date}T00:00`, zone) as Instant);
  const walls = [...instants, ...days].map((at): [Instant, string] => [at, wallOf(at, zone)]);
  return { zone, walls, days };
}

const dayMs = 86_400_000;
const dateNumber = (wall: string) => Math.floor(toMs(`${wall.slice(0, 10)}T00:00:00Z`) / dayMs);

/** The beginning of the day that it is now, as far as the record reaches. */
export function dayNow({ days }: Day, now: Instant): Instant | null {
  const begun = days.filter((day) => day <= now);
  return begun.length === days.length ? null : (begun.at(-1) ?? null);
}

/**
 * Of which acts on this device the day knows. Orders only grow, and what was refused changes only by a refusal or a
 * person's decision: while these are so, no act has changed what the day says.
 */
export type ActsSeen = { last_order: number; refused: number[] };

export type DayRow = { sealed: { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }; seen: ActsSeen };

export const dayId = 'day';

/** Whether the day kept still says what stands in the outbox now. */
export function isDayTrue(kept: ActsSeen, now: ActsSeen): boolean {
  return now.last_order <= kept.last_order && String(now.refused) === String(kept.refused);
}

/** Of a visit's whole page that which the day's screen says. */
export function dayPageOf({ visit, about }: VisitPage): DayPage {
  const { id, state, is_emergency, planned_from, planned_to } = visit;
  const { departed_at, arrived_at, goal, clashes, interface_contact_id } = visit;
  return {
    visit: {
      id,
      state,
      is_emergency,
      planned_from,
      planned_to,
      departed_at,
      arrived_at,
      goal,
      clashes: clashes.filter(({ settled }) => settled === null),
      interface_contact_id,
    },
    about: {
      customer: { name: about.customer.name },
      ticket: { title: about.ticket.title },
      site: about.site && { name: about.site.name, address: about.site.address, city: about.site.city },
      contacts: about.contacts
        .filter(({ phone }) => phone)
        .map(({ id, name, form_of_address, phone }) => ({ id, name, form_of_address, phone })),
    },
  };
}

/** In the order in which they are planned. */
export function byPlan(a: DayPage, b: DayPage): number {
  return a.visit.planned_from + a.visit.id < b.visit.planned_from + b.visit.id ? -1 : 1;
}
