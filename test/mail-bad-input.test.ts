import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { linesOf } from '#domain/channels/quotes/lines.ts';
import { visibleText } from '#domain/channels/quotes/visible-text.ts';
import { mailLimits, receivedMail } from '#domain/channels/received-mail.ts';
import { readMail } from '#server/channels/mail-in/read-mail.ts';
import { dearTexts, hostile } from './mail/hostile.ts';
import { mutated } from './mail/mutated.ts';

const desk = { addresses: ['support@fuwu.example'], message_id_domains: ['fuwu.example'], mark: 'here' };

/** Seconds of processor: a machine that does other things as well must not fail the test. */
function cpuSeconds(act: () => void): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

describe('R1 a hostile mail is contained', () => {
  for (const [name, { raw, words, problem }] of Object.entries(hostile))
    test(name, () => {
      const bytes = Buffer.from(raw());
      let read: ReturnType<typeof readMail> | undefined;
      const seconds = cpuSeconds(() => {
        read = readMail(bytes, desk);
      });
      assert.ok(read);
      const { mail } = read;
      assert.ok(seconds < 10, `${seconds} s`);
      expectContained(read);
      if (words !== undefined) assert.equal(mail.visible, words);
      if (problem !== undefined) assert.ok(mail.problems.includes(problem as never), mail.problems.join());
    });
});

function expectContained({ mail, attachmentBytes }: ReturnType<typeof readMail>) {
  receivedMail.parse(mail);
  assert.ok(!mail.problems.includes('unreadable'), 'a bug of ours was caught');
  assert.ok(mail.attachments.length <= mailLimits.attachments);
  assert.ok(
    mail.text.length <= mailLimits.text_chars && (mail.html ?? '').length <= mailLimits.html_chars * 6,
  );
  for (const text of [
    mail.subject,
    mail.from?.address ?? '',
    ...mail.to.map((to) => to.name),
    ...mail.references,
  ])
    assert.doesNotMatch(text, /[\r\n]/);
  for (const text of stringsIn(mail)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
    assert.doesNotMatch(text, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
    assert.ok(text.isWellFormed());
  }
  for (const [index, { size }] of mail.attachments.slice(0, 3).entries())
    assert.equal(attachmentBytes(index).length, size);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}

describe('R1 a megabyte that is dear for careless patterns takes less than a second', () => {
  for (const [name, text] of Object.entries(dearTexts))
    test(name, () => {
      const seconds = cpuSeconds(() =>
        visibleText(linesOf(`new words\n\n${text}`), { subject: 'Re: x', is_reply: true }),
      );
      assert.ok(seconds < 1, `${seconds} s`);
    });
});

test('R1 what was encoded to inject header fields stays text', () => {
  const { mail } = readMail(Buffer.from(hostile['header injection']!.raw()), desk);
  assert.equal(mail.subject, 'x Bcc: all@kehu.example');
  assert.deepEqual(mail.to, [{ name: 'b X-Evil: 1', address: 'b@kehu.example' }]);
});

test('R1 cleaned HTML holds nothing that runs, loads or covers the page', () => {
  const html = [
    '<p onclick="x()" style="position:fixed">kept</p><script>x()</script><img src="https://spy.example/a.png">',
    '<img src="cid:a@b" onerror="x()"><a href="javascript:x()">a</a><a href=" java\nscript:x()">b</a>',
    '<svg><script>x()</script></svg><math><mtext><style><img src=x onerror=x()></style></mtext></math>',
    '<iframe src="https://spy.example"></iframe><form action="https://spy.example"><input name="a"></form>',
    '<base href="https://spy.example"><link rel="stylesheet" href="https://spy.example"><meta http-equiv="refresh">',
  ].join('');
  const { mail } = readMail(Buffer.from(`Content-Type: text/html\r\n\r\n${html}`), desk);
  assert.doesNotMatch(
    mail.html!,
    /script|onerror|onclick|style|spy\.example|iframe|<form|<base|<link|<meta|<svg/i,
  );
  assert.match(mail.html!, /kept.*<img src="cid:a@b"/);
});

test('R1 mails broken at random are contained too', () => {
  const until = process.cpuUsage().user + 3_000_000;
  let count = 0;
  for (const raw of mutated()) {
    expectContained(readMail(raw, desk));
    count += 1;
    if (process.cpuUsage().user > until) break;
  }
  assert.ok(count > 20, `${count} mails`);
});
