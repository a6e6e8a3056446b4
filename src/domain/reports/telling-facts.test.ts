import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canary, toldFirm, toldPage } from '#test/told-visit.ts';
import { canonicalJson } from './canonical-json.ts';
import { inkOf } from './ink.ts';
import { reportFacts as factsShape } from './report.ts';
import { reportFacts } from './telling-facts.ts';

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
