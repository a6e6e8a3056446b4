import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../scripts/mail.mjs', import.meta.url));
const data = fileURLToPath(new URL('../../shared/data/mail/', import.meta.url));
const hasData = existsSync(data);

function explain(args: string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'explain', ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return {
    status,
    stderr,
    lines: stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
}

type Expected = {
  subject: string;
  from: string;
  to: string[];
  cc: string[];
  date: string | null;
  text: string;
  html: string;
  attachments: { filename: string; size: number; sha256: string }[];
};

const skip =
  !hasData && process.env.REQUIRE_SHARED_DATA !== '1' ? 'the mails are not on this machine' : false;

test('R1 npm run mail -- explain finds in real mails what a parser must find', { skip }, () => {
  const names = readdirSync(join(data, 'eml')).filter((name) => name.endsWith('.eml'));
  const { status, lines, stderr } = explain(names.map((name) => join(data, 'eml', name)));
  assert.deepEqual([status, stderr, lines.length], [0, '', names.length]);
  assert.ok(names.length >= 50);
  for (const [index, name] of names.entries()) {
    const expected: Expected = JSON.parse(
      readFileSync(join(data, 'expected', name.replace(/eml$/, 'json')), 'utf8'),
    );
    const [found, wanted] = [comparable(lines[index]), comparable(expected)];
    for (const field of Object.keys(wanted) as (keyof Expected)[])
      assert.deepEqual(found[field], wanted[field], `${name}: ${field}`);
  }
});

/** HTML is cleaned, so only whether there is any; line breaks are not all the same in the expected texts. */
function comparable(mail: Expected) {
  const zoned = mail.date && /(Z|[+-]\d\d:\d\d)$/.test(mail.date) ? mail.date : mail.date && `${mail.date}Z`;
  return {
    subject: mail.subject,
    from: mail.from,
    to: mail.to,
    cc: mail.cc,
    date: zoned && Date.parse(zoned),
    text: mail.text.replaceAll('\r\n', '\n'),
    html: (mail.html ?? '').trim() !== '',
    attachments: mail.attachments.map(({ filename, size, sha256 }) => ({ filename, size, sha256 })),
  };
}

const reply = [
  'From: =?gb2312?B?1cXD9A==?= <zhangmin@hubin.example>',
  'To: support@fuwu.example',
  'Subject: Re: x [ref:abcdefghjkmnpqrstuvwxyz2]',
  'Message-ID: <2@hubin.example>',
  'In-Reply-To: <1@fuwu.example>',
  'Date: Fri, 20 Nov 2026 14:32:10 +0800',
  '',
  '好的。',
  '',
  '在 2026/11/20 14:30, 服务台 写道:',
  '> 可以吗？',
].join('\r\n');

test('R1 explain says what it made of a mail and why', () => {
  const { status, lines } = explain(['--own', 'support@fuwu.example', '-'], reply);
  assert.equal(status, 0);
  const { file, from, from_name, date, visible, kind, thread_key, why, problem_words } = lines[0];
  assert.deepEqual(
    { file, from, from_name, date, visible, kind, thread_key, why, problem_words },
    {
      file: '-',
      from: 'zhangmin@hubin.example',
      from_name: '张敏',
      date: '2026-11-20T06:32:10.000Z',
      visible: '好的。',
      kind: 'message',
      thread_key: 'abcdefghjkmnpqrstuvwxyz2',
      why: ['token_in_subject', 'quote_thunderbird'],
      problem_words: [],
    },
  );
});

test('R1 explain goes on behind a file that is not there, and says what was contained', () => {
  const { status, lines } = explain(['/nowhere/x.eml', '-'], 'Subject: x\r\nDate: yesterday\r\n\r\nx');
  assert.equal(status, 1);
  assert.deepEqual(lines[0], { file: '/nowhere/x.eml', error: 'ENOENT' });
  assert.deepEqual([lines[1].date, lines[1].problems], [null, ['no_sender', 'date_unreadable']]);
  assert.equal(lines[1].problem_words.length, 2);
  for (const sentence of lines[1].problem_words) assert.match(sentence, /^[A-Z].*\.$/);
});

test('R1 explain without a file says how it is used', () => {
  const { status, stderr } = explain([]);
  assert.equal(status, 2);
  assert.match(stderr, /npm run mail -- explain/);
});
