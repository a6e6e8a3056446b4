import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { readMail } from '#server/channels/mail-in/read-mail.ts';
import { type MailCase, rawMailOf, readCases } from './mail/cases.ts';

const folder = new URL('./mail/', import.meta.url);
const desk = { addresses: ['support@fuwu.example'], message_id_domains: ['fuwu.example'], mark: null };
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

for (const file of files) {
  const cases = readCases(readFileSync(new URL(file, folder), 'utf8'));
  describe(`R1 the new words of replies from ${file.replace('.txt', '')}`, () => {
    test('there are at least five of them', () => assert.ok(cases.length >= 5, `${cases.length} cases`));
    for (const charset of ['utf-8', 'gb18030'] as const)
      for (const one of cases) test(`${one.name} (${charset})`, () => expectVisible(one, charset));
  });
}

function expectVisible(one: MailCase, charset: 'utf-8' | 'gb18030') {
  const { mail } = readMail(rawMailOf(one, charset), desk);
  assert.equal(mail.visible, one.visible, `why: ${mail.why.join(', ')}`);
  assert.deepEqual(mail.problems, []);
}
