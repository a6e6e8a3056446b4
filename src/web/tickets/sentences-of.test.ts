import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentencesOf } from './sentences-of.ts';

const cases: [string, string[]][] = [
  ['今天先换网线。明天上午 10 点前我到店里！', ['今天先换网线。', '明天上午 10 点前我到店里！']],
  ['We replaced it. Version 3.5 follows tomorrow', ['We replaced it.', ' Version 3.5 follows tomorrow']],
  ['第一行\n第二行', ['第一行\n', '第二行']],
  ['她说“好的。”然后走了', ['她说“好的。”', '然后走了']],
];

test('a message is cut into its sentences and loses nothing', () => {
  for (const [text, sentences] of cases) {
    const pieces = sentencesOf(text);
    assert.deepEqual(
      pieces.filter((piece) => piece.isSentence).map((piece) => piece.text),
      sentences,
    );
    assert.equal(pieces.map((piece) => piece.text).join(''), text);
  }
});
