import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longestPassword, refusePassword } from './passwords.ts';

const about = ['沈知远', 'shen.zhiyuan@firm.example', 'Marta'];

const cases: [password: string, code: string | null][] = [
  ['', 'people.password_too_short'],
  ['ninechars', 'people.password_too_short'],
  ['密码密码密码密码密', 'people.password_too_short'],
  ['x'.repeat(longestPassword + 1), 'people.password_too_long'],
  ['lone \ud800 surrogate', 'people.password_too_long'],
  ['aaaaaaaaaaaa', 'people.password_too_common'],
  ['abababababab', 'people.password_too_common'],
  ['1234567890', 'people.password_too_common'],
  ['9876543210', 'people.password_too_common'],
  ['abcdefghij', 'people.password_too_common'],
  ['13800138000', 'people.password_too_common'],
  ['2026-11-22 08:00', 'people.password_too_common'],
  ['Password2026!', 'people.password_too_common'],
  ['P@ssw0rd2026', 'people.password_too_common'],
  ['qwertyuiop12', 'people.password_too_common'],
  ['Admin@123456', 'people.password_too_common'],
  ['woaini1314520', 'people.password_too_common'],
  ['shen.zhiyuan', 'people.password_is_you'],
  ['shen.zhiyuan1', 'people.password_is_you'],
  ['SHEN.ZHIYUAN@firm.example', 'people.password_is_you'],
  ['correct horse battery', null],
  ['海边 看日出 第三次', null],
  ['tigers in marta’s garden', null],
  ['x7#kQ2!mZp9', null],
  ['password for the old house', null],
  ['abc密码里有汉字也算', null],
  ['admin of the lighthouse', null],
];

test('R70 a password is refused for being short, long, common or oneself, and for nothing else', () => {
  for (const [password, code] of cases) {
    assert.equal(refusePassword(password, about)?.code ?? null, code, JSON.stringify(password));
  }
});
