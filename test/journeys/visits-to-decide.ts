import { createHash } from 'node:crypto';
import { minutesOf, todayCardOf } from '#domain/visits/confirming.ts';
import { signingText } from '#domain/visits/signing-off.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { newId } from '#server/platform/ids.ts';

type Who = 'engineer' | 'dispatcher';
type Call = (who: Who, path: string, data?: object) => Promise<Record<string, unknown>>;
type Act = (who: Who, name: string, body?: object) => Promise<unknown>;

/** A visit that nobody can be sent off to yet: two of three columns, far apart, and nothing ready. */
export async function planUnclearVisit(call: Call, plan: object): Promise<string> {
  const id = newId();
  await call('dispatcher', '/api/visits', { ...plan, id });
  const said_at = new Date(Date.now() - 3_600_000).toISOString();
  const columns = {
    sales: { what: '更换打印头', hours: 2, night: false, verification: '', said_by: '苏倩', said_at },
    customer: {
      ...{
        what: '把三台打印机都看一遍',
        hours: 6,
        night: true,
        verification: '',
        said_by: '王丽娟',
        said_at,
      },
    },
  };
  for (const [party, to] of Object.entries(columns))
    await call('dispatcher', `/api/visits/${id}/set_scope`, { id: newId(), party, from: null, to });
  return id;
}

/**
 * A visit on which people have to decide: signed, its goal changed by two at once, given to a colleague, and a note and a
 * signature that came from the engineer before.
 */
export async function leaveUndecided(
  call: Call,
  { visit, contact, act }: { visit: string; contact: { id: string; name: string }; act: Act },
): Promise<void> {
  const page = (await call('engineer', `/api/visits/${visit}`)) as { visit: Visit };
  const shown = signingText(page.visit);
  const signed = () => ({
    ...{ id: newId(), contact_id: contact.id, name: contact.name, role: '接口人' },
    strokes: [[100, 200, 300, 80, 500, 320, 700, 120, 900, 240]],
    ...{ shown, shown_sha256: createHash('sha256').update(shown).digest('hex') },
  });
  await act('engineer', 'sign', signed());
  const from = page.visit.goal;
  const goal = (to: string) => ({ id: newId(), changes: { goal: { from, to } } });
  await act('engineer', 'edit', goal('三号台打小票，另外教会店员换纸'));
  await act('dispatcher', 'edit', goal('三号台打小票，顺便清点旧设备'));
  const { items } = (await call('dispatcher', '/api/people?limit=100')) as {
    items: { id: string; name: string; roles: string[] }[];
  };
  const colleague = items.find(
    ({ id, roles }) => roles.includes('engineer') && id !== page.visit.engineer_id,
  )!;
  const to = { engineer_id: colleague.id, engineer_name: colleague.name };
  await act('dispatcher', 'reassign', to);
  await act('engineer', 'note', { id: newId(), body: '钥匙还在门卫那里' });
  await act('engineer', 'sign', signed());
}

/** The customer said yes to the card and the minutes; then the desk changed a word of each. */
export async function changeAfterYes(
  call: Call,
  { visit: id, contact, act }: { visit: string; contact: { id: string; name: string }; act: Act },
): Promise<void> {
  const { visit } = (await call('engineer', `/api/visits/${id}`)) as { visit: Visit };
  const yes = { contact_id: contact.id, name: contact.name };
  await act('engineer', 'confirm_today', { ...yes, read: todayCardOf(visit) });
  await act('engineer', 'acknowledge_kick_off', { ...yes, read: minutesOf(visit.kick_off) });
  const change = (name: string, from: string, to: string) => ({
    id: newId(),
    changes: { [name]: { from, to } },
  });
  await act('dispatcher', 'edit', change('done_when', visit.done_when, '连续打 100 张不断'));
  await act('dispatcher', 'edit_kick_off', change('plan', visit.kick_off.plan, '先换打印头，晚上再备份'));
}
