import { headerBlockAfter, headerBlockAt } from './header-block.ts';
import type { HeadingRule } from './heading.ts';

const dashes = /^-{3,8} ?(?:原始邮件|邮件原件|邮件原文|原始郵件|原始訊息|Original Message) ?-{3,8}$/i;
const rule = /^_{20,}$/;

/** Outlook: "-----原始邮件-----", a line of underscores, or at once the block with 发件人 / From and 发送时间 / Sent. */
export const outlookHeading: HeadingRule = (lines, at) => {
  const line = lines[at] as string;
  if (dashes.test(line)) {
    const block = headerBlockAfter(lines, { at: at + 1, blanks: 2 });
    return { reason: 'quote_outlook', lines: 1 + (block?.lines ?? 0), quote: 'rest' };
  }
  const above = rule.test(line) ? 1 : 0;
  const block = above ? headerBlockAfter(lines, { at: at + 1, blanks: 1 }) : headerBlockAt(lines, at);
  return block && { reason: 'quote_outlook', lines: above + block.lines, quote: 'rest' };
};
