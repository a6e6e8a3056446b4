import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import i18next from 'i18next';
import { speakerOf } from './plain-texts.ts';

const textsIn = (language: string) =>
  JSON.parse(readFileSync(new URL(`../../../locales/${language}.json`, import.meta.url), 'utf8'));

const sentences: [string, Record<string, unknown>][] = [
  ['visits_today.title', {}],
  ['visits_today.card', { customer: '<b>听澜</b> {{name}}' }],
  ['visits_today.clashes', { count: 1 }],
  ['visits_today.clashes', { count: 2 }],
  ['offline.network.offline', { count: 1 }],
  ['offline.network.offline', { count: 21 }],
  ['offline.network.asking', { count: 3 }],
  ['ui.time.day_time', { day: '今天', time: '14:30' }],
  ['ui.page_title', { title: '今天', name: '$& 公司' }],
];

test('before i18next is loaded the same is said as by it', async () => {
  for (const language of ['zh-CN', 'en']) {
    const texts = textsIn(language);
    const i18n = i18next.createInstance();
    const resources = { [language]: { translation: texts } };
    await i18n.init({ lng: language, resources, interpolation: { escapeValue: false } });
    const say = speakerOf(texts, language);
    for (const [key, given] of sentences) {
      // What a person wrote is not read for braces again.
      const said = i18n.t(key, { ...given, interpolation: { skipOnVariables: true } });
      assert.equal(say(key, given), said, `${language} ${key}`);
    }
  }
});

test('a sentence that is not among the texts is never shown as its key', () => {
  const say = speakerOf({ ui: { close: '关闭' } }, 'zh-CN');
  assert.equal(say('ui.close'), '关闭');
  assert.equal(say('ui.zones.Asia', { defaultValue: '' }), '');
  assert.throws(() => say('ui.open'));
  assert.throws(() => say('ui'));
});
