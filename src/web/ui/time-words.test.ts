import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import i18next from 'i18next';
import { formatDuration, formatExact, formatLeft, formatTime, formatWorkTime } from './time-words.ts';

const textsIn = (language: string) =>
  JSON.parse(readFileSync(new URL(`../../../locales/${language}.json`, import.meta.url), 'utf8'));
const speaking = async (language: string) => {
  const i18n = i18next.createInstance();
  const resources = { [language]: { translation: textsIn(language) } };
  await i18n.init({ lng: language, resources, interpolation: { escapeValue: false } });
  return i18n.t;
};
const zone = 'Asia/Shanghai';
// A Sunday, 16:00 in Shanghai.
const now = '2026-11-22T08:00:00.000Z';

const times: [string, string, string][] = [
  ['2026-11-22T06:30:00.000Z', '今天 14:30', 'today, 14:30'],
  ['2026-11-21T17:00:00.000Z', '今天 01:00', 'today, 01:00'],
  ['2026-11-21T06:30:00.000Z', '昨天 14:30', 'yesterday, 14:30'],
  ['2026-11-23T01:00:00.000Z', '明天 09:00', 'tomorrow, 09:00'],
  ['2026-11-18T01:00:00.000Z', '周三 09:00', 'Wed, 09:00'],
  ['2026-11-25T01:00:00.000Z', '下周三 09:00', 'next Wed, 09:00'],
  ['2026-03-05T01:00:00.000Z', '3月5日 09:00', '5 Mar, 09:00'],
  ['2025-03-05T01:00:00.000Z', '2025年3月5日 09:00', '5 Mar 2025, 09:00'],
];

test('times are said as people say them, in both languages', async () => {
  const [zh, en] = [await speaking('zh-CN'), await speaking('en')];
  for (const [instant, chinese, english] of times) {
    assert.equal(formatTime(instant, { t: zh, zone, now }), chinese);
    assert.equal(formatTime(instant, { t: en, zone, now }), english);
  }
});

test('what is left of a clock comes in words, and so does what is over it', async () => {
  const t = await speaking('zh-CN');
  assert.equal(formatLeft('2026-11-22T08:42:00.000Z', { t, zone, now }), '还剩 42 分钟');
  assert.equal(formatLeft('2026-11-22T06:55:00.000Z', { t, zone, now }), '超时 1 小时 5 分');
  assert.equal(formatLeft('2026-11-22T07:59:50.000Z', { t, zone, now }), '超时 1 分钟');
  assert.equal(formatDuration(2 * 1440 + 180, t), '2 天 3 小时');
});

test('R23 time worked is hours and minutes however much it is, as the report prints it', async () => {
  const [zh, en] = [await speaking('zh-CN'), await speaking('en')];
  assert.equal(formatWorkTime(26 * 60 + 45, zh), '26 小时 45 分');
  assert.equal(formatWorkTime(48 * 60, zh), '48 小时');
  assert.equal(formatWorkTime(42.4, zh), '42 分钟');
  assert.equal(formatWorkTime(26 * 60 + 45, en), '26 h 45 min');
});

test('the exact time names its weekday and its zone', async () => {
  const t = await speaking('zh-CN');
  const exact = formatExact(now, { t, zone });
  assert.equal(exact, '2026年11月22日 周日 16:00（北京时间）');
  assert.match(formatExact(now, { t, zone: 'Pacific/Auckland' }), /Auckland/);
});
