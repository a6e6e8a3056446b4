import { headerBlockAt } from './header-block.ts';
import type { HeadingRule } from './heading.ts';

/** DingTalk mail (and Aliyun's, which it is made of): a long line of dashes with the block right below it. */
export const dingtalkHeading: HeadingRule = (lines, at) => {
  if (!/^-{40,}$/.test(lines[at] as string)) return null;
  const block = headerBlockAt(lines, at + 1);
  return block && { reason: 'quote_dingtalk', lines: 1 + block.lines, quote: 'rest' };
};
