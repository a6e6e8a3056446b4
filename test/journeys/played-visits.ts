import { newId } from '#server/platform/ids.ts';
import { changeAfterYes, leaveUndecided, planUnclearVisit } from './visits-to-decide.ts';

type Who = 'engineer' | 'dispatcher';
type Api = (
  who: Who,
  path: string,
  data?: object,
) => Promise<{ id: string; contacts: Named[]; sites: Named[] }>;
type Named = { id: string; name: string };

/**
 * Visits of the engineer's at odd hours, as they stand on the phone in the middle of the work and after the talk, and at the
 * desk before anybody is sent off and where people have to decide.
 */
export async function playVisits(api: Api, at: { ticket: string; customer: string }) {
  const { contacts, sites } = await api('engineer', `/api/customers/${at.customer}`);
  const { id: engineer_id } = await api('engineer', '/api/me');
  const [contact] = contacts as [Named];
  const play = async (hour: number) => {
    const id = newId();
    const act = (who: Who, name: string, body: object = {}) => api(who, `/api/visits/${id}/${name}`, body);
    const from = Date.now() + 4 * 86_400_000 + hour * 3_600_000;
    await api('dispatcher', '/api/visits', {
      ...{ id, ticket_id: at.ticket, engineer_id, site_id: sites[0]?.id ?? null, kind: 'repair' },
      planned_from: new Date(from).toISOString(),
      planned_to: new Date(from + 3_600_000).toISOString(),
      goal: '三号台重新能打小票',
      done_when: '连续打 50 张不断',
      not_today: '不升级收银软件',
      interface_contact_id: contact.id,
    });
    for (const item of ['backup', 'way_back', 'kit', 'access'])
      await act('engineer', 'check_readiness', { item, state: 'ticked' });
    const waived = { item: 'offline_pack', state: 'waived', reason: '现场有网络' };
    await act('engineer', 'check_readiness', waived);
    const said_at = new Date(Date.now() - 86_400_000).toISOString();
    const column = { what: '更换打印头', hours: 3, night: false, verification: '', said_by: '苏倩', said_at };
    await act('dispatcher', 'set_scope', { id: newId(), party: 'sales', from: null, to: column });
    await act('dispatcher', 'dispatch', { override_reason: '客户中午要用' });
    for (const name of ['depart', 'arrive', 'start']) await act('engineer', name);
    await act('engineer', 'edit_kick_off', {
      id: newId(),
      changes: {
        our_people: { from: [], to: [{ name: '周明轩', duty: '更换和测试' }] },
        need: { from: '', to: '三号台能正常打小票' },
        plan: { from: '', to: '先备份，再换打印头' },
      },
    });
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    await act('engineer', 'log', {
      ...{ id: newId(), kind: 'work', started_at: minutesAgo(90), ended_at: minutesAgo(30) },
      ...{ line: '拆下的打印头有烧蚀痕迹', customer_line: '换好了三号台的打印头。' },
    });
    await act('engineer', 'log', {
      ...{ id: newId(), kind: 'waiting', started_at: minutesAgo(30), ended_at: minutesAgo(10) },
      ...{ waiting_for: '机房钥匙', waiting_on_contact_id: contact.id },
    });
    await act('engineer', 'find', {
      ...{ id: newId(), what: '配电盘没有接地', risk: 'high', standard: 'GB 50343', advice: '请电工接地' },
      ...{ reaction: 'later', reaction_words: '等月底预算' },
    });
    await act('engineer', 'promise', {
      id: newId(),
      words: '周五前把接地报价发过来',
      to_contact_id: contact.id,
    });
    return { id, act };
  };
  const visit = await play(0);
  const wrappedUp = await play(2);
  await wrappedUp.act('engineer', 'wrap_up', {
    ...{ id: newId(), rested_on: '三号台已恢复', problems: '', advice: '', support_needed: '', tomorrow: '' },
    ...{ reaction: '客户满意', promised_today: 'noted', minutes: 8 },
  });
  await changeAfterYes(api as never, { visit: wrappedUp.id, contact, act: wrappedUp.act });
  const undecided = await play(4);
  await changeAfterYes(api as never, { visit: undecided.id, contact, act: undecided.act });
  await leaveUndecided(api as never, { visit: undecided.id, contact, act: undecided.act });
  // The sample plans the same engineer's whole sixth day.
  const from = Date.now() + 5 * 86_400_000;
  const planned = await planUnclearVisit(api as never, {
    ...{ ticket_id: at.ticket, engineer_id, kind: 'repair', site_id: sites[0]?.id ?? null },
    planned_from: new Date(from).toISOString(),
    planned_to: new Date(from + 3_600_000).toISOString(),
  });
  return { visit: visit.id, wrappedUp: wrappedUp.id, undecided: undecided.id, planned };
}
