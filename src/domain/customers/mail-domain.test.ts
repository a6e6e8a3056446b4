import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domainOf, mailDomain, refuseMailDomains } from './mail-domain.ts';

test('R1 a mail domain is read as people write it, and nothing else is one', () => {
  const read = (text: string) => mailDomain.safeParse(text).data ?? null;
  assert.equal(read(' @Luwei.Example '), 'luwei.example');
  assert.equal(read('shop.luwei.com.cn'), 'shop.luwei.com.cn');
  for (const wrong of [
    'luwei',
    'a b.example',
    'wu@luwei.example',
    '-luwei.example',
    `${'a'.repeat(64)}.example`,
    '',
  ])
    assert.equal(read(wrong), null, wrong);
});

test('R1 an address says its domain, and a public one makes nobody a customer’s', () => {
  assert.equal(domainOf('wu@Luwei.Example'), 'luwei.example');
  assert.equal(domainOf('nobody'), null);
  assert.equal(domainOf('@luwei.example'), null);
  assert.equal(refuseMailDomains(['luwei.example', 'qq.com'])?.code, 'customers.free_mail_domain');
  assert.equal(refuseMailDomains(['luwei.example']), null);
});
