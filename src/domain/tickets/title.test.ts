import assert from 'node:assert/strict';
import { test } from 'node:test';
import { titleFromWords } from './title.ts';

const cases: [string, string][] = [
  ['收银机很慢，还会死机。\n重启也没用', '收银机很慢，还会死机'],
  ['The till is slow. It freezes at noon.', 'The till is slow'],
  ['  开不了单！急  ', '开不了单！'],
  ['版本 3.2 升级后打不开', '版本 3.2 升级后打不开'],
  ['。。。', '。。。'],
];
for (const [words, title] of cases) {
  test(`a title from “${words.slice(0, 20)}”`, () => assert.equal(titleFromWords(words), title));
}

test('a long sentence is cut at a sign and marked', () => {
  const title = titleFromWords(`${'今天早上九点开始三号收银台的扫码枪一直没有反应，'.repeat(4)}怎么办`);
  assert.ok([...title].length <= 61 && title.endsWith('…'));
});
