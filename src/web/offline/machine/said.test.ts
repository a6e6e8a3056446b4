import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import i18next from 'i18next';
import { presentNetwork, reportKept, reportNetwork } from '../../ui/network-state.ts';
import { networkWords } from '../../ui/network-words.ts';
import { Said } from './said.ts';

const texts = JSON.parse(readFileSync(new URL('../../../../locales/zh-CN.json', import.meta.url), 'utf8'));
await i18next.init({ lng: 'zh-CN', resources: { 'zh-CN': { translation: texts } } });
const sentence = () => networkWords(presentNetwork(), i18next.t).text;

/** The sentences that are read while so many acts come through, `everyMs` apart. */
function readWhile(count: number, everyMs: number): string[] {
  let now = 1_000;
  const said = new Said(count, () => now);
  reportNetwork('up');
  reportKept({ is_known: true, waiting: count, sent: 0, sending_of: 0 });
  said.of(count);
  const read = [sentence()];
  for (let sent = 0; sent < count; sent += 1) {
    said.oneMore();
    if (sentence() !== read.at(-1)) read.push(sentence());
    now += everyMs;
  }
  return read;
}

test('R28 how many are up is said for each act that takes its time', () => {
  assert.deepEqual(readWhile(3, 400), [
    '正在上传，已完成 0 / 3 项',
    '正在上传，已完成 1 / 3 项',
    '正在上传，已完成 2 / 3 项',
    '正在上传，已完成 3 / 3 项',
  ]);
});

test('R28 two hundred acts in a second are said four times a second, not two hundred times, and each figure is true', () => {
  assert.deepEqual(
    readWhile(200, 5),
    [0, 1, 51, 101, 151].map((sent) => `正在上传，已完成 ${sent} / 200 项`),
  );
});

test('R28 what was added meanwhile counts as well: never more done than there is to do', () => {
  const said = new Said(2, () => 0);
  reportKept({ waiting: 5 });
  said.of(2);
  said.oneMore();
  said.oneMore();
  said.of(3);
  assert.equal(sentence(), '正在上传，已完成 2 / 5 项');
});
