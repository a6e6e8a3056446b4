import { headerBlockAfter } from './header-block.ts';
import type { HeadingRule } from './heading.ts';

const dashes = /^-{9,40} ?(?:原始邮件|原始郵件|Original) ?-{9,40}$/i;

/** QQ Mail: 原始邮件 between eighteen dashes on either side, mostly with the block below. */
export const qqHeading: HeadingRule = (lines, at) => {
  if (!dashes.test(lines[at] as string)) return null;
  const block = headerBlockAfter(lines, { at: at + 1, blanks: 2 });
  return { reason: 'quote_qq', lines: 1 + (block?.lines ?? 0), quote: 'rest' };
};
