import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, uploadVerdictOf, type Verdict, verdictOf } from './verdict.ts';

const key = '0192f000-0000-7000-8000-000000000001';
const acted = { outcome: 'done', version: 7, happened_at: '2026-11-22T06:00:00.000Z' };
const ours: Answer = {
  status: 200,
  redirected: false,
  content_type: 'application/json; charset=utf-8',
  echoed_key: key,
  is_ours: true,
  retry_after_seconds: null,
  body: JSON.stringify(acted),
};
const page = '<!doctype html><title>Welcome to the hotel</title>';
const portal: Answer = { ...ours, content_type: 'text/html', echoed_key: null, is_ours: false, body: page };
const problem = (status: number, code: string, params = {}): Answer => ({
  ...ours,
  status,
  content_type: 'application/problem+json',
  body: JSON.stringify({ type: `urn:problem:${code}`, title: code, status, code, params, reference: 'r' }),
});

const aboutBlank = JSON.stringify({ type: 'about:blank', code: 'about' });

const summary = (verdict: Verdict) =>
  verdict.kind === 'again'
    ? `again ${verdict.who}`
    : verdict.kind === 'refused'
      ? `refused ${verdict.code}`
      : verdict.kind;

const cases: [string, Answer, string][] = [
  ['our 200 with our key', ours, 'done'],
  ['a conflict is done too', { ...ours, body: JSON.stringify({ ...acted, outcome: 'conflict' }) }, 'done'],
  [
    'what is kept in quarantine is done too',
    { ...ours, body: JSON.stringify({ ...acted, outcome: 'quarantined' }) },
    'done',
  ],
  ['a page of a hotel that answers 200', portal, 'again captive'],
  ['a page of a hotel that answers 404', { ...portal, status: 404 }, 'again captive'],
  ['a page of a hotel that answers 403', { ...portal, status: 403 }, 'again captive'],
  [
    'a hotel that says JSON',
    { ...portal, content_type: 'application/json', body: '{"version":1}' },
    'again captive',
  ],
  [
    'a redirect to a sign-in elsewhere',
    { ...portal, status: 0, redirected: true, body: '' },
    'again captive',
  ],
  ['a 200 that echoes another key', { ...ours, echoed_key: 'another' }, 'again captive'],
  ['a 200 of ours that was cut off', { ...ours, body: '{"outcome":"do' }, 'again captive'],
  ['a redirect that ends at our own answer', { ...ours, redirected: true }, 'again captive'],
  ['somebody else who gives our key back', { ...ours, is_ours: false }, 'again captive'],
  ['somebody else’s server that broke', { ...portal, status: 500 }, 'again away'],
  ['a refusal in a form that is not ours', { ...problem(409, 'about'), body: aboutBlank }, 'again captive'],
  ['a gateway without a server', { ...portal, status: 502 }, 'again away'],
  ['a gateway that waited too long', { ...portal, status: 504 }, 'again away'],
  ['a bug', problem(500, 'ground.bug'), 'again failing'],
  ['no database', problem(503, 'ground.database_gone'), 'again lacking'],
  ['a full disk of the server', problem(503, 'ground.disk_full'), 'again lacking'],
  ['too much at once', problem(429, 'ground.too_many'), 'again lacking'],
  ['nobody signed in', problem(401, 'ground.sign_in'), 'signed_out'],
  ['somebody else signed in', problem(401, 'ground.signed_in_as_another'), 'signed_out'],
  ['permission withdrawn', problem(403, 'ground.forbidden'), 'refused ground.forbidden'],
  ['a rule said no', problem(409, 'visits.not_arrived'), 'refused visits.not_arrived'],
  ['it cannot be read', problem(422, 'ground.invalid'), 'refused ground.invalid'],
  ['a 409 that is no problem document', { ...ours, status: 409, body: '{}' }, 'again captive'],
];

for (const [name, answer, expected] of cases)
  test(`R28 the verdict on an act: ${name} is ${expected}`, () => {
    assert.equal(summary(verdictOf(answer, key)), expected);
  });

test('R28 what a refusal says is kept with the act', () => {
  const verdict = verdictOf(problem(409, 'visits.signer_not_entitled', { name: '王丽娟' }), key);
  assert.deepEqual(verdict, {
    kind: 'refused',
    code: 'visits.signer_not_entitled',
    params: { name: '王丽娟' },
  });
});

test('R28 the server says how long to wait', () => {
  const verdict = verdictOf({ ...problem(429, 'ground.too_many'), retry_after_seconds: 30 }, key);
  assert.equal(verdict.kind === 'again' && verdict.after_ms, 30_000);
});

const photoId = '0192f000-0000-7000-8000-000000000002';
const uploads: [string, Answer, string][] = [
  [
    'the server names the photo',
    { ...ours, status: 201, echoed_key: null, body: JSON.stringify({ id: photoId }) },
    'done',
  ],
  [
    'the server has had it for a while',
    { ...ours, echoed_key: null, body: JSON.stringify({ id: photoId }) },
    'done',
  ],
  [
    'a redirect that ends at our own answer',
    { ...ours, redirected: true, body: JSON.stringify({ id: photoId }) },
    'again captive',
  ],
  [
    'somebody else names the photo',
    { ...ours, is_ours: false, body: JSON.stringify({ id: photoId }) },
    'again captive',
  ],
  ['the server names another photo', { ...ours, status: 201, body: '{"id":"other"}' }, 'again captive'],
  ['a page of a hotel', portal, 'again captive'],
  ['the bytes broke off', problem(422, 'files.cut_off'), 'again away'],
  ['no picture that can be shown', problem(422, 'files.too_many_pixels'), 'refused files.too_many_pixels'],
  ['too many wait to be claimed', problem(429, 'files.too_many_waiting'), 'again lacking'],
];
for (const [name, answer, expected] of uploads)
  test(`R28 the verdict on a photo: ${name} is ${expected}`, () => {
    assert.equal(summary(uploadVerdictOf(answer, photoId)), expected);
  });
