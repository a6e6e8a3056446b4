import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportFacts } from '#domain/reports/telling-facts.ts';
import { signingText } from '#domain/visits/signing-off.ts';
import { toldFirm, toldPage } from '#test/told-visit.ts';
import { hashOf } from '../actions/keep-version.ts';
import { paperOf, type ReportVersion } from './paper.ts';

const now = '2026-11-22T08:30:00.000Z';

function versionOf(page = toldPage(), at = now): ReportVersion {
  const facts = reportFacts(page, toldFirm, at);
  const made = { made_at: at, made_by_name: '林海', is_signed: false, counts_to: at };
  return { version: 3, facts, sha256: hashOf(facts), ...made };
}

test('an end on another day has its date: of work, of what the signer read, and of the plan', () => {
  const page = toldPage();
  const [entry] = page.visit.log;
  assert.ok(entry);
  Object.assign(entry, { started_at: '2026-11-22T14:00:00.000Z', ended_at: '2026-11-23T18:30:00.000Z' });
  Object.assign(page.visit, {
    arrived_at: null,
    planned_from: '2026-11-22T01:30:00.000Z',
    planned_to: '2026-11-24T08:00:00.000Z',
  });
  for (const signature of page.visit.signatures) signature.shown = signingText(page.visit);
  page.visit.goal = '别的目标';
  const paper = paperOf(versionOf(page), 'zh-CN');
  const times = paper.work.days.flatMap(({ lines }) => lines.map(({ from, to }) => `${from}–${to}`));
  assert.equal(times[0], '22:00–2026年11月24日 02:30');
  assert.equal(times[1], '09:50–11:20');
  const read = paper.signature.list[0]?.read.find(({ label }) => label === '做了什么');
  assert.match(read?.text ?? '', /^2026年11月22日 22:00 – 2026年11月24日 02:30 · /);
  assert.equal(
    paper.cover.find(({ label }) => label === '计划时间')?.text,
    '2026年11月22日 09:30 – 2026年11月24日 16:00',
  );
});

test('work that still runs is told with the minutes that the sums count of it, and until when', () => {
  const page = toldPage();
  const last = page.visit.log.at(-1);
  assert.ok(last);
  last.ended_at = null;
  const told = (version: ReportVersion, locale: 'zh-CN' | 'en') =>
    paperOf(version, locale).work.days.at(-1)?.lines.at(-1)?.minutes;
  const version = versionOf(page, '2026-11-22T07:58:00.000Z');
  assert.equal(told(version, 'zh-CN'), '进行中，至 15:58 计 33 分钟');
  assert.equal(told(version, 'en'), 'under way, 33 min until 15:58');
  assert.equal(
    told({ ...version, counts_to: '2026-11-22T16:25:00.000Z' }, 'en'),
    'under way, 9 h until 23 Nov 2026 00:25',
  );
});

test('a report without findings says that none were recorded, not that nothing is the matter', () => {
  const page = toldPage();
  page.visit.findings = [];
  const said = (locale: 'zh-CN' | 'en') => paperOf(versionOf(page), locale).glance.findings;
  assert.deepEqual([said('zh-CN'), said('en')], ['本次没有记录发现', 'No findings were recorded']);
});

test('the cover says when a visit was called off, and not why', () => {
  const page = toldPage();
  const cover = () => paperOf(versionOf(page), 'zh-CN').cover;
  assert.ok(!cover().some(({ label }) => label === '已取消'));
  const by = { by_id: page.visit.engineer_id, by_name: '周敏', at: now };
  Object.assign(page.visit, { state: 'cancelled', cancelled: { ...by, reason: '客户改期' } });
  assert.equal(cover().find(({ label }) => label === '已取消')?.text, '2026年11月22日 16:30');
  assert.ok(!JSON.stringify(paperOf(versionOf(page), 'zh-CN')).includes('客户改期'));
});

test('English speaks of one photo and of several, and asks how the work is verified', () => {
  const page = toldPage();
  const seen = () => {
    const { work } = paperOf(versionOf(page), 'en');
    return work.days.flatMap(({ lines }) => lines.map(({ photos }) => photos)).filter(Boolean);
  };
  assert.deepEqual(seen(), ['See photos 1–2', 'See photo 3']);
  assert.ok(paperOf(versionOf(page), 'en').goal.pairs.some(({ label }) => label === 'How it is verified'));
  const { work } = paperOf(versionOf(page), 'zh-CN');
  assert.equal(work.days[0]?.lines[1]?.photos, '见图 1–2');
});
