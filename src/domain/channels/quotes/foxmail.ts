import { headerBlockAfter, headerBlockAt } from './header-block.ts';
import type { HeadingRule } from './heading.ts';

const dashes = /^-{9,20}原始邮件-{9,20}$/;
// 2026-11-20 14:32, without a weekday: nobody else writes the time so.
const date = /[:：] ?\d{4}-\d\d?-\d\d? \d\d?:\d\d$/;

/** Foxmail: the block with a time such as 2026-11-20 14:32, seldom with dashes around 原始邮件 above it. */
export const foxmailHeading: HeadingRule = (lines, at) => {
  const above = dashes.test(lines[at] as string) ? 1 : 0;
  const block = above ? headerBlockAfter(lines, { at: at + 1, blanks: 1 }) : headerBlockAt(lines, at);
  if (!block || !date.test(block.date)) return null;
  return { reason: 'quote_foxmail', lines: above + block.lines, quote: 'rest' };
};
