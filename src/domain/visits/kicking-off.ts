import { Refusal } from '../ground/refusal.ts';
import type { Rule } from './by.ts';
import { mayConfirmToday, minutesOf, todayCardOf } from './confirming.ts';

/** The interface person has read the card of the day, in the words that the act brings along. */
export const confirmToday: Rule<'confirm_today'> = (visit, body, by) => {
  // Stored by an older app it has none, not even null.
  const { contact_id, name, read = null } = body;
  const card = read ?? todayCardOf(visit);
  if (card.goal.trim() === '' || card.done_when.trim() === '')
    return new Refusal('conflict', 'visits.today_card_empty');
  if (!mayConfirmToday(visit, contact_id))
    return new Refusal('conflict', 'visits.not_interface_person', { name });
  return { ...visit, today_confirmed: { contact_id, name, at: by.happened_at, read } };
};

/** R22: the customer acknowledges the minutes on the screen, in the words that the act brings along. */
export const acknowledgeKickOff: Rule<'acknowledge_kick_off'> = (visit, body, by) => {
  const { contact_id, name, read = null } = body;
  const said = read ?? minutesOf(visit.kick_off);
  if (said.need.trim() === '' && said.plan.trim() === '')
    return new Refusal('conflict', 'visits.kick_off_empty');
  return {
    ...visit,
    kick_off: { ...visit.kick_off, acknowledged: { contact_id, name, at: by.happened_at, read } },
  };
};
