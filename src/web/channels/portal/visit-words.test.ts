import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import i18next from 'i18next';
import type { PortalVisitRow } from '#domain/channels/commands.ts';
import { wordsOf } from '../../ui/words.ts';
import { stageWords } from './visit-words.ts';

const zone = 'Asia/Shanghai';
const visit: PortalVisitRow = {
  id: 'visit',
  ticket_id: 'ticket',
  ticket_title: '收银机开不了机',
  kind: 'repair',
  stage: 'planned',
  engineer_name: '李工',
  site_name: null,
  zone,
  planned_from: '2026-11-21T01:00:00.000Z',
  planned_to: '2026-11-21T09:00:00.000Z',
  arrived_at: null,
  left_at: null,
};

async function saidAt(now: string, language = 'zh-CN'): Promise<string> {
  const file = new URL(`../../../../locales/${language}.json`, import.meta.url);
  const i18n = i18next.createInstance();
  const resources = { [language]: { translation: JSON.parse(readFileSync(file, 'utf8')) } };
  await i18n.init({ lng: language, resources, interpolation: { escapeValue: false } });
  return stageWords(visit, wordsOf({ t: i18n.t, zone, now }));
}

test('R53 a visit ahead is told as one that will be, also while its hours run', async () => {
  assert.equal(await saidAt('2026-11-20T08:00:00.000Z'), '李工会在明天 09:00–17:00 上门');
  assert.equal(await saidAt('2026-11-21T08:00:00.000Z'), '李工会在今天 09:00–17:00 上门');
});

test('R53 once its hours have passed, it is owned up that nobody has heard of its beginning', async () => {
  const now = '2026-11-22T00:00:00.000Z';
  assert.equal(await saidAt(now), '李工原定昨天 09:00–17:00 上门，我们还没有收到出发的消息');
  assert.match(await saidAt(now, 'en'), /was to come: yesterday, 09:00–17:00\. We have not heard/);
});
