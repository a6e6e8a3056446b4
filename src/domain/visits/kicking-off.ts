import { Refusal } from '../ground/refusal.ts';
import type { Rule } from './by.ts';

/** R33: the interface person has read the card of the day. */
export const confirmToday: Rule<'confirm_today'> = (visit, body, by) => {
  if (visit.goal.trim() === '' || visit.done_when.trim() === '')
    return new Refusal('conflict', 'visits.today_card_empty');
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
