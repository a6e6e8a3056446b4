import { headerBlockAfter, headerBlockAt } from './header-block.ts';
import type { HeadingRule } from './heading.ts';

const dashes = /^-{3} ?(?:Original|原始邮件) ?-{3}$/i;

/** WeCom mail (企业微信邮箱): "---Original---" from phones, or a block that says 发件时间. From a desk it writes as QQ Mail does. */
export const wecomHeading: HeadingRule = (lines, at) => {
  if (dashes.test(lines[at] as string)) {
    const block = headerBlockAfter(lines, { at: at + 1, blanks: 2 });
    return { reason: 'quote_wecom', lines: 1 + (block?.lines ?? 0), quote: 'rest' };
  }
  const block = headerBlockAt(lines, at);
  if (!block || !/发件时间/.test(block.date)) return null;
  return { reason: 'quote_wecom', lines: block.lines, quote: 'rest' };
};
