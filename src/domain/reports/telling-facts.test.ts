import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canary, toldFirm, toldPage } from '#test/told-visit.ts';
import { canonicalJson } from './canonical-json.ts';
import { inkOf } from './ink.ts';
import { reportFacts as factsShape } from './report.ts';
import { contactsNamedIn, reportFacts } from './telling-facts.ts';

const now = '2026-11-22T08:30:00.000Z';
const facts = () => reportFacts(toldPage(), toldFirm, now);

test('R27 a report says what the customer may know, and no word that colleagues wrote for colleagues', () => {
  const page = toldPage();
  assert.ok(JSON.stringify(page).split(canary).length > 20, 'the canary sits everywhere inside');
  assert.ok(!JSON.stringify(reportFacts(page, toldFirm, now)).includes(canary));
});

test('facts are of their own strict shape, so that nothing slips in with a new field of a visit', () => {
  const page = toldPage();
  Object.assign(page.visit.log[0] as object, { cost: 3 });
  Object.assign(page.visit.findings[0] as object, { whom_it_touches: 'x' });
  assert.deepEqual(factsShape.parse(reportFacts(page, toldFirm, now)), reportFacts(page, toldFirm, now));
});

test('time is told by kind, line by line; what still runs has no end and counts until now', () => {
  const page = toldPage();
  const last = page.visit.log.at(-1);
  assert.ok(last);
  last.ended_at = null;
  const { work, minutes } = reportFacts(page, toldFirm, now);
  assert.deepEqual(
    minutes.map(({ kind, minutes: sum }) => [kind, sum]),
    [
      ['travel', 75],
      ['waiting', 45],
      ['work', 245],
      ['verification', 35],
      ['report', 65],
      ['out_of_contract', 10],
    ],
  );
  assert.deepEqual([work.at(-1)?.minutes, work.at(-1)?.ended_at, work[0]?.minutes], [null, null, 75]);
});

test('photos are numbered as they are printed; those of a line that the customer does not read stay inside', () => {
  const { work, findings } = facts();
  const printed = [...work, ...findings].flatMap(({ photos }) =>
    photos.map(({ n, caption }) => [n, caption]),
  );
  assert.deepEqual(printed, [
    [1, '2 号机背面网口，更换前'],
    [2, '更换后的跳线'],
    [3, '三台收银机同时结账'],
    [4, '服务启动类型，修改前'],
    [5, '修改后'],
  ]);
});

test('R27 findings come by risk, and each says when the customer heard of it, or that it is new', () => {
  assert.deepEqual(
    facts().findings.map(({ risk, heard_at }) => [risk, heard_at]),
    [
      ['high', '2026-11-22T07:50:00.000Z'],
      ['medium', null],
    ],
  );
});

test('R27 a wrap-up tells of a finding only where its words stand in it', () => {
  const page = toldPage();
  const [talk] = page.visit.wrap_ups;
  const found = page.visit.findings.find(({ risk }) => risk === 'high');
  assert.ok(talk && found);
  const heard = () => reportFacts(page, toldFirm, now).findings[0]?.heard_at;
  const cases: [what: string, problems: string, advice: string, isTold: boolean][] = [
    ['风扇不转', '', '', false],
    ['风扇不转', '· 网线没有标签', '· 配 UPS', false],
    ['风扇不转', '· 网线没有标签\n· 风扇不转', '', true],
    ['风扇不转', '', '· 风扇不转：尽快更换', true],
    ['风扇  不转\n外壳烫手', '· 风扇 不转 外壳烫手', '', true],
    ['风扇不转\n外壳烫手', '· 风扇不转', '', true],
    ['\n \n风扇不转', '· 网线没有标签', '', false],
  ];
  for (const [what, problems, advice, isTold] of cases) {
    Object.assign(found, { what });
    Object.assign(talk, { problems, advice });
    assert.equal(heard(), isTold ? talk.at : null, JSON.stringify([what, problems, advice]));
  }
  Object.assign(page.visit, { wrap_ups: [{ ...talk, problems: '· 别的事', advice: '' }] });
  page.visit.wrap_ups.push({ ...talk, problems: '· 风扇不转', at: '2026-11-23T07:50:00.000Z' });
  assert.equal(heard(), '2026-11-23T07:50:00.000Z', 'the first talk that has it');
});

test('the scope is what the interface person said, else the customer’s contact, never what sales wrote', () => {
  const page = toldPage();
  const scope = () => reportFacts(page, toldFirm, now).scope?.what;
  assert.equal(scope(), '三台收银机与总店服务器之间的网络与数据库连接');
  page.visit.scope_interface = null;
  assert.equal(scope(), '与接口人所说不同的范围');
  page.visit.scope_customer = null;
  assert.equal(scope(), undefined);
});

test('equal facts have one text, whatever the order of their fields', () => {
  assert.equal(canonicalJson({ b: [1, { d: 'é', c: null }], a: undefined }), '{"b":[1,{"c":null,"d":"é"}]}');
  assert.equal(canonicalJson({ x: 1, a: 2 }), canonicalJson({ a: 2, x: 1 }));
  assert.equal(canonicalJson(JSON.parse(JSON.stringify(facts()))), canonicalJson(facts()));
});

test('the firm’s colour is darkened until it can be read on white paper', () => {
  for (const [accent, ink] of [
    ['#0f6e84', '#0f6e84'],
    ['#1F6FEB', '#1f6feb'],
    ['nonsense', '#1f6feb'],
  ] as const)
    assert.equal(inkOf(accent), ink);
  for (const light of ['#ffff00', '#ffffff', '#7fffd4']) assert.match(inkOf(light), /^#[0-9a-f]{6}$/);
  assert.equal(inkOf('#ffffff'), '#747474');
});

test('R22 R33 what was confirmed is told as it was read; what says something else by now is named, with what they had read', () => {
  const page = toldPage();
  const { today, kick_off } = reportFacts(page, toldFirm, now);
  assert.deepEqual([today.confirmed?.changed, kick_off?.acknowledged?.changed], [[], []]);
  const goal = page.visit.goal;
  page.visit.goal = '换一台收银机';
  page.visit.last_changed = { goal: { by_id: page.visit.engineer_id, by_name: '周敏', at: now } };
  page.visit.kick_off = { ...page.visit.kick_off, our_people: [], plan: '先换网线' };
  page.visit.interface_contact_id = null;
  const changed = reportFacts(page, toldFirm, now);
  assert.deepEqual(changed.today.confirmed, {
    ...{ name: '马建国', at: today.confirmed?.at },
    changed: [{ field: 'goal', read: goal, by_name: '周敏', at: now }],
  });
  assert.deepEqual(
    changed.kick_off?.acknowledged?.changed?.map(({ field, read, by_name }) => [field, read, by_name]),
    [
      ['our_people', '林海 · 现场实施与验证\n周敏 · 调度与远程支持', null],
      ['plan', '先查网络，再查数据库服务，最后一起验证。', null],
    ],
  );
  assert.deepEqual(factsShape.parse(changed), changed);
});

test('R33 where nobody kept what was read, a report does not claim that it was what it says', () => {
  const page = toldPage();
  const { read: _read, ...confirmed } = page.visit.today_confirmed ?? { read: null };
  page.visit.today_confirmed = confirmed as typeof page.visit.today_confirmed;
  const { today } = reportFacts(page, toldFirm, now);
  assert.deepEqual(Object.keys(today.confirmed ?? {}).sort(), ['at', 'name']);
});

test('R27 whom a report names is listed once, in whichever place of the visit they stand, and it needs nobody else', () => {
  const page = toldPage();
  const ids = ['interface', 'waited', 'promised'].map((place) => `id-${place}`) as [string, string, string];
  const { visit } = page;
  visit.interface_contact_id = ids[0];
  for (const entry of visit.log) if (entry.kind === 'waiting') entry.waiting_on_contact_id = ids[1];
  for (const promise of visit.promises) promise.to_contact_id = ids[2];
  assert.deepEqual(contactsNamedIn(visit), ids);
  page.about.contacts = contactsNamedIn(visit).map((id) => ({ id, name: `name of ${id}`, title: null }));
  const told = JSON.stringify(reportFacts(page, toldFirm, now));
  for (const id of ids) assert.ok(told.includes(`name of ${id}`), id);
  visit.interface_contact_id = null;
  visit.log = [];
  visit.promises = [];
  assert.deepEqual(contactsNamedIn(visit), []);
});
