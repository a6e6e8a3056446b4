import { newId } from '#server/platform/ids.ts';
import { contacts, customers, people } from '#test/cast.ts';
import type { TestServer } from '#test/server.ts';
import { act, hours, logOf, signatureOf, succeed, visitIn, wrapUpOf } from '#test/visits.ts';
import type { Matter } from './desk.ts';

/** Parts of 小吴's visit, by fixed ids, so that wrong requests can name what is there. */
export const partsOfVisit = {
  entry: '01900000-0000-7000-8000-000000000601',
  finding: '01900000-0000-7000-8000-000000000602',
  edit: '01900000-0000-7000-8000-000000000603',
} as const;

/**
 * A visit on the open ticket of a matter, signed and reported, with all that colleagues wrote for each other, something that
 * clashed and something in quarantine. What the customer may read says `words`, all else says `internal`.
 */
export async function makeVisits(
  server: TestServer,
  matter: Matter,
  photo: string,
): Promise<{ ids: string[]; visit: string; quarantined: string; report: string }> {
  const { words, internal } = matter;
  const contact = contacts[matter.contact];
  const own = matter.contact === '小吴';
  const entry = own ? partsOfVisit.entry : newId();
  const finding = own ? partsOfVisit.finding : newId();
  const edit = own ? partsOfVisit.edit : newId();
  const { id } = await visitIn(server, 'working', {
    ticket_id: matter.openTicket,
    site_id: customers[contact.customer].site,
    interface_contact_id: contact.id,
    goal: words,
  });
  const does = (name: string, body: Record<string, unknown>) => act(server, '林海', id, name, body);
  const photos = [{ file_id: photo, caption: words }];
  await does('log', logOf({ id: entry, line: internal, customer_line: words, photos }));
  await does('log', logOf({ line: internal, customer_line: '' }));
  await does('find', {
    id: finding,
    what: words,
    risk: 'high',
    advice: words,
    obstacle: internal,
    reaction: 'later',
  });
  await does('note', { id: newId(), body: internal });
  await does('edit', { id: edit, changes: { goal: { from: '另一个目标', to: internal } } });
  const said = {
    what: internal,
    hours: 2,
    night: false,
    verification: '',
    said_by: internal,
    said_at: hours(-3),
  };
  await act(server, '周敏', id, 'set_scope', { id: newId(), party: 'sales', from: null, to: said });
  await does('wrap_up', wrapUpOf({ rested_on: words }));
  const signature = await signatureOf(server, id, { contact_id: contact.id, name: matter.contact });
  await does('sign', signature);
  const report = newId();
  await succeed(server.send('林海', `POST /api/visits/${id}/reports`, { id: report }));
  await act(server, '周敏', id, 'reassign', { engineer_id: people.赵工.id, engineer_name: '赵工' });
  await does('note', { id: newId(), body: internal });
  const kept = await server.get('周敏', `/api/visits/${id}/quarantined`);
  const [quarantined] = (kept.body as { items: { id: string }[] }).items.map((one) => one.id);
  return {
    ids: [id, entry, finding, signature.id, quarantined as string, report],
    visit: id,
    report,
    quarantined: quarantined as string,
  };
}
