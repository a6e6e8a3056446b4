import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import i18next from 'i18next';
import { z } from 'zod';
import { fieldActs, visitActs } from '#domain/visits/commands.ts';
import type { OutboxItem } from './outbox-item.ts';
import { refusedWords, wordsIn } from './refused-words.ts';

const speaking = async (language: string) => {
  const path = new URL(`../../../locales/${language}.json`, import.meta.url);
  const i18n = i18next.createInstance();
  const resources = { [language]: { translation: JSON.parse(readFileSync(path, 'utf8')) } };
  await i18n.init({ lng: language, resources, interpolation: { escapeValue: false } });
  return { t: i18n.t, zone: 'Asia/Shanghai' };
};

const sha256 = 'ab'.repeat(32);
const signed = (shown: string): OutboxItem => ({
  id: 'k',
  visit_id: 'v',
  happened_at: '2026-11-23T04:00:00.000Z',
  state: 'refused',
  problem: { code: 'visits.signer_not_entitled', params: { name: '小吴' } },
  photos: [],
  act: {
    name: 'sign',
    body: {
      ...{ id: 's', contact_id: 'c', name: '小吴', role: '收银主管', strokes: [[1, 2, 3, 4, 5, 6]] },
      ...{ shown, shown_sha256: sha256 },
    },
  },
});

test('R27 a refused signature kept as a note says who signed, in which role, when, and all of what was read with its hash', async () => {
  const shown = '{"visit":"v","goal":"三台都能结账"}';
  for (const [language, when] of [
    ['zh-CN', '12:00'],
    ['en', '12:00'],
  ] as const) {
    const lines = refusedWords(signed(shown), await speaking(language)).split('\n');
    assert.equal(lines.at(-1), shown, language);
    const said = lines.slice(0, -1).join('\n');
    for (const part of ['小吴', '收银主管', when, sha256])
      assert.ok(said.includes(part), `${language} ${part}`);
    assert.doesNotMatch(said, /\{\{|offline\./, language);
  }
});

test('what is too long for a note is cut and says so; who, when and hash stand before it', async () => {
  // Whatever stands before: once the cut falls between the two halves of a character.
  for (const before of ['', 'a']) {
    const note = refusedWords(signed(before + '🔧'.repeat(20_000)), await speaking('zh-CN'));
    assert.ok(note.length <= 20_000 && note.length >= 19_998, `${note.length}`);
    assert.ok(note.endsWith('🔧…') && note.isWellFormed());
    assert.ok(note.includes(sha256));
  }
});

test('another refused act says what was written in it, and nothing of its machinery', async () => {
  const { act: _act, ...item } = signed('');
  const act: OutboxItem['act'] = {
    name: 'leave',
    body: { promised_today: 'nothing', comes_back: false, no_wrap_up_reason: '客户下班' },
  };
  const note = refusedWords({ ...item, act }, await speaking('zh-CN'));
  assert.match(note, /^「离开现场」没有被接受/);
  assert.match(note, /客户下班$/);
});

const leftOut = /^(from|id|.*_ids?|item|party|state|keep|shown|shown_sha256|strokes|engineer_name)$/;

test('R28 whatever an engineer can write in an act stands in the note that is kept of it', async () => {
  const speaker = await speaking('zh-CN');
  const { act: _act, ...item } = signed('');
  for (const name of fieldActs.filter((one) => one !== 'sign')) {
    const { body, words } = written(visitActs[name]);
    const note = refusedWords({ ...item, act: { name, body } as OutboxItem['act'] }, speaker);
    for (const word of words) assert.ok(note.includes(word), `${name} ${word}`);
    assert.doesNotMatch(note, /\{\{|visits\.|visits_phone\.|offline\./, name);
  }
});

/** A body of the shape with a word of its own in every field that takes any words; and those words. */
function written(shape: z.ZodType): { body: unknown; words: string[] } {
  const words: string[] = [];
  const fill = (type: z.ZodType, name: string): unknown => {
    if (leftOut.test(name)) return 'x';
    if (type instanceof z.ZodObject)
      return Object.fromEntries(
        Object.entries(type.shape).map(([key, part]) => [key, fill(part as z.ZodType, key)]),
      );
    if (type instanceof z.ZodOptional || type instanceof z.ZodNullable || type instanceof z.ZodDefault)
      return fill(type.unwrap() as z.ZodType, name);
    if (type instanceof z.ZodArray) return [fill(type.element as z.ZodType, name)];
    const word = `${name} ${words.length} 字`;
    if (!type.safeParse(word).success) return null;
    words.push(word);
    return word;
  };
  return { body: fill(shape, ''), words };
}

test('R26 a refused wrap-up kept as a note keeps every word of it, and what was chosen in words', async () => {
  const { act: _act, ...item } = signed('');
  const body = {
    ...{ id: 'w', rested_on: '看过日志', problems: '', advice: '换线', support_needed: '', tomorrow: '' },
    ...{ reaction: '老板说先用着', promised_today: 'noted' as const, minutes: 7 },
  };
  const note = refusedWords({ ...item, act: { name: 'wrap_up', body } }, await speaking('zh-CN'));
  assert.deepEqual(note.split('\n').slice(1), [
    '我们的依据：看过日志',
    '建议：换线',
    '客户怎么说：老板说先用着',
    '今天答应过客户什么吗？：答应过，都记下了',
    '谈了几分钟：7',
  ]);
  assert.deepEqual(wordsIn(body), ['看过日志', '换线', '老板说先用着']);
});

test('R23 a refused entry kept as a note says of what kind it was, since when and until when', async () => {
  const { act: _act, ...item } = signed('');
  const body = {
    ...{ id: 'l', kind: 'work' as const, line: '', customer_line: '换了线', waiting_for: '', photos: [] },
    ...{
      started_at: '2026-11-23T04:00:00.000Z',
      ended_at: '2026-11-23T05:30:00.000Z',
      waiting_on_contact_id: null,
    },
  };
  const note = refusedWords({ ...item, act: { name: 'log', body } }, await speaking('zh-CN'));
  assert.match(note, /类型：工作\n.*换了线/s);
  assert.match(note, /从什么时候起：.*12:00/);
  assert.match(note, /到什么时候止：.*13:30/);
  assert.deepEqual(wordsIn(body), ['换了线']);
});

test('of a change it says the words that were meant, each once and without its margins; no reason is a sentence too', async () => {
  const { act: _act, ...item } = signed('');
  const changes = { line: { from: '旧线', to: ' 换了新线\n' }, kind: { from: 'work', to: 'travel' } };
  const act = { name: 'edit_log', body: { id: 'e-1', entry_id: 'l-1', changes } } as OutboxItem['act'];
  const note = refusedWords({ ...item, act, problem: null }, await speaking('zh-CN'));
  const [head, ...said] = note.split('\n');
  assert.match(head ?? '', /^「修改工作记录」没有被接受.*这一步现在不能做/);
  assert.deepEqual(said, ['内部说明：换了新线', '类型：路途']);
});
