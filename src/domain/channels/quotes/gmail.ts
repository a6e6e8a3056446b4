import type { HeadingRule } from './heading.ts';
import { wroteLineAt } from './wrote-line.ts';

// … 于2026年11月20日周五 14:32写道：
const inChinese = / ?[于於] ?\d{4}年\d\d?月\d\d?日/;
// On Fri, Nov 20, 2026 at 2:32 PM … wrote:   and from phones   On Fri, Nov 20, 2026, 2:32 PM … wrote:
const inEnglish =
  /^On (?:[A-Z][a-z]{2}, )?(?:[A-Z][a-z]{2,8} \d\d?|\d\d? [A-Z][a-z]{2,8}),? \d{4}(?: at|,) \d\d?:\d\d/;

/** Gmail: 服务台 <…> 于2026年…写道： and On …, 2026 at … wrote:, both often wrapped. */
export const gmailHeading: HeadingRule = (lines, at) => {
  const found = wroteLineAt(lines, at);
  if (!found || !(inChinese.test(found.line) || inEnglish.test(found.line))) return null;
  return { reason: 'quote_gmail', lines: found.lines, quote: 'marks' };
};
