import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findThread } from './mail-thread.ts';
import { isOwnAddress, isOwnMessageId } from './own-mail.ts';
import { findTokenInAddress, findTokenInSubject, tokenForSubject, tokenIntoAddress } from './thread-token.ts';

const token = 'abcdefghjkmnpqrstuvwxyz2';
const mail = { subject: '', addresses: [], message_id: null, in_reply_to: [], references: [] };

const cases: [
  name: string,
  mail: Partial<Parameters<typeof findThread>[0]>,
  key: string | null,
  how: string,
][] = [
  ['the token in the address', { addresses: [`Support+REF-${token}@fuwu.example`] }, token, 'token'],
  ['the token in the subject', { subject: `Re: x [ref:${token}]` }, token, 'token'],
  ['the token in a reference', { references: ['a@b', `ref-${token}.7@fuwu.example`] }, token, 'token'],
  ['the token before references', { subject: `[ref:${token}]`, references: ['a@b'] }, token, 'token'],
  [
    'the first reference',
    { references: ['first@b', 'second@b'], in_reply_to: ['second@b'] },
    'first@b',
    'references',
  ],
  ['what it answers', { in_reply_to: ['second@b'], message_id: 'own@b' }, 'second@b', 'references'],
  ['itself', { message_id: 'own@b' }, 'own@b', 'message_id'],
  ['nothing', {}, null, 'none'],
  ['no token of another length', { subject: `[ref:${token}a]`, message_id: 'own@b' }, 'own@b', 'message_id'],
];

for (const [name, given, key, how] of cases)
  test(`R1 a mail's thread is told by ${name}`, () => {
    const { thread } = findThread({ ...mail, ...given });
    assert.deepEqual(thread, { key, token: how === 'token' ? token : null, how });
  });

test('R1 a token is found where it was written', () => {
  assert.equal(findTokenInSubject(`Re: x ${tokenForSubject(token)}`), token);
  assert.equal(findTokenInAddress(tokenIntoAddress('support@fuwu.example', token)), token);
});

test('R1 the desk knows its own addresses and Message-IDs, and no others of its domain', () => {
  const desk = { addresses: ['Support@fuwu.example'], message_id_domains: ['fuwu.example'], mark: null };
  const id = '01930000-0000-7000-8000-000000000001';
  assert.ok(isOwnAddress('support+ref-x@FUWU.example', desk));
  assert.ok(!isOwnAddress('li@fuwu.example', desk));
  assert.ok(isOwnMessageId(`mail.${id}@fuwu.example`, desk));
  assert.ok(!isOwnMessageId(`mail.${id}@other.example`, desk));
  assert.ok(!isOwnMessageId('abc@fuwu.example', desk));
});
