import { Refusal } from '../ground/refusal.ts';
import type { Rule } from './by.ts';
import type { Visit } from './visit.ts';

/** R33: the card of the day is the interface person's to confirm; while nobody is named, anybody's of the customer. */
export function mayConfirmToday(visit: Pick<Visit, 'interface_contact_id'>, contactId: string): boolean {
  const { interface_contact_id: named } = visit;
  // An id may be written in capitals.
  return named === null || named.toLowerCase() === contactId.toLowerCase();
}

/** The interface person has read the card of the day. */
export const confirmToday: Rule<'confirm_today'> = (visit, body, by) => {
  if (visit.goal.trim() === '' || visit.done_when.trim() === '')
    return new Refusal('conflict', 'visits.today_card_empty');
  if (!mayConfirmToday(visit, body.contact_id))
    return new Refusal('conflict', 'visits.not_interface_person', { name: body.name });
  return {
    ...visit,
    today_confirmed: { contact_id: body.contact_id, name: body.name, at: by.happened_at },
  };
};

/** R22: the customer acknowledges the minutes on the screen, as they stand now. */
export const acknowledgeKickOff: Rule<'acknowledge_kick_off'> = (visit, body, by) => {
  if (visit.kick_off.need.trim() === '' && visit.kick_off.plan.trim() === '')
    return new Refusal('conflict', 'visits.kick_off_empty');
  const acknowledged = { contact_id: body.contact_id, name: body.name, at: by.happened_at };
  return { ...visit, kick_off: { ...visit.kick_off, acknowledged } };
};
