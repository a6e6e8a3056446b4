import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import i18next from 'i18next';
import type { Kept, Network } from './network-state.ts';
import { networkWords } from './network-words.ts';

const { zh, en } = { zh: 'zh-CN', en: 'en' };
const texts = (language: string) => ({
  translation: JSON.parse(
    readFileSync(new URL(`../../../locales/${language}.json`, import.meta.url), 'utf8'),
  ),
});
await i18next.init({ lng: zh, resources: { [zh]: texts(zh), [en]: texts(en) } });

const nothing: Kept = {
  is_known: true,
  waiting: 0,
  sent: 0,
  sending_of: 0,
  refused: 0,
  storage: 'fine',
  signed_out: false,
};
const of = (state: Network['state'], kept: Partial<Kept> = {}, waiting = 0): Network => ({
  state,
  waiting,
  kept: { ...nothing, ...kept },
});

const cases: [string, Network, string, string][] = [
  ['all is up', of('up'), 'up', '已连接，内容都已保存'],
  ['nobody has looked yet', of('up', { is_known: false }), 'unknown', '正在打开本机保存的内容'],
  [
    'nobody has looked yet and there is no network',
    of('offline', { is_known: false }),
    'down',
    '没有网络。您写的内容保存在本机，联网后即可发送',
  ],
  ['acts wait without a network', of('offline', { waiting: 12 }), 'down', '离线，已存 12 项，联网后自动上传'],
  [
    'they are going up',
    of('up', { waiting: 9, sent: 3, sending_of: 12 }),
    'up',
    '正在上传，已完成 3 / 12 项',
  ],
  [
    'a hotel is in between',
    of('captive', { waiting: 2 }),
    'down',
    '当前网络要求先登录，已存 2 项，连通后自动上传',
  ],
  [
    'the session ended',
    of('up', { waiting: 2, signed_out: true }),
    'down',
    '登录已过期，已存 2 项，登录后自动上传',
  ],
  ['some were refused', of('up', { refused: 1 }), 'down', '有 1 项没有被接受，需要你处理'],
  [
    'what waits is said before what was refused',
    of('offline', { waiting: 1, refused: 1 }),
    'down',
    '离线，已存 1 项，联网后自动上传',
  ],
  [
    'nothing could be saved: said before all else',
    of('offline', { waiting: 3, storage: 'full' }),
    'down',
    '本机空间已满，新内容没有保存。请先清理出空间',
  ],
  [
    'something waits in the page alone',
    of('offline', { waiting: 3 }, 1),
    'down',
    '没有网络，4 项在等待，联网后自动发送。请先不要关闭页面',
  ],
];
for (const [name, network, look, text] of cases)
  test(`the state of the network in one sentence: ${name}`, () => {
    assert.deepEqual(networkWords(network, i18next.t), { look, text });
  });

test('every state has a sentence in both languages, with and without something waiting', () => {
  for (const language of [zh, en])
    for (const state of ['up', 'slow', 'offline', 'unreachable', 'database', 'disk', 'captive'] as const)
      for (const network of [
        of(state),
        of(state, { waiting: 2 }),
        of(state, {}, 1),
        of(state, { refused: 2 }),
      ]) {
        const { text } = networkWords(network, i18next.getFixedT(language));
        assert.doesNotMatch(text, /^(ui|offline)\.|\{\{/, `${language} ${state}: ${text}`);
      }
});
