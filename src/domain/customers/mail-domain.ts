import { z } from 'zod';
import { Refusal } from '../ground/refusal.ts';

/** The part behind the @, as people write it: in lower case, without the sign itself. */
export const mailDomain = z
  .string()
  .trim()
  .max(253)
  .transform((text) => text.toLowerCase().replace(/^@/, ''))
  .pipe(
    z
      .string()
      .regex(/^(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/),
  );

/** Where anybody gets an address: such a domain says nothing about whose somebody is. */
const freeDomains = new Set([
  'qq.com',
  'foxmail.com',
  'vip.qq.com',
  '163.com',
  'vip.163.com',
  '126.com',
  'vip.126.com',
  'yeah.net',
  '188.com',
  'sina.com',
  'sina.cn',
  'vip.sina.com',
  'sohu.com',
  'tom.com',
  '21cn.com',
  '139.com',
  '189.cn',
  'wo.cn',
  'aliyun.com',
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'outlook.cn',
  'hotmail.com',
  'live.com',
  'live.cn',
  'msn.com',
  'yahoo.com',
  'yahoo.cn',
  'yahoo.com.cn',
  'yahoo.co.jp',
  'icloud.com',
  'me.com',
  'mac.com',
  'aol.com',
  'gmx.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  'mail.ru',
  'yandex.ru',
  'yandex.com',
  'proton.me',
  'protonmail.com',
  'zoho.com',
  'naver.com',
]);

export function isFreeMailDomain(domain: string): boolean {
  return freeDomains.has(domain.toLowerCase());
}

/** The domain of an address in lower case, or null where there is none. */
export function domainOf(address: string): string | null {
  const at = address.lastIndexOf('@');
  return at > 0 && at < address.length - 1 ? address.slice(at + 1).toLowerCase() : null;
}

/** A customer is never known by a domain that anybody may have (`customers.free_mail_domain`). */
export function refuseMailDomains(domains: readonly string[]): Refusal | null {
  const free = domains.find(isFreeMailDomain);
  return free ? new Refusal('invalid', 'customers.free_mail_domain', { domain: free }) : null;
}
