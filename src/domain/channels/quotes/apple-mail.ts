import type { HeadingRule } from './heading.ts';
import { wroteLineAt } from './wrote-line.ts';

// 2026年11月20日 14:32，服务台 <…> 写道： and, before 2022, 在 2026年11月20日，下午2:32，…
const inChinese =
  /^(?:在 ?)?\d{4}年\d\d?月\d\d?日[ ,，]{1,2}(?:上午|下午|中午|晚上|凌晨|早上)?\d\d?:\d\d[,，]/;
// On Nov 20, 2026, at 2:32 PM, … wrote:  and  On 20 Nov 2026, at 14:32, … wrote:
const inEnglish = /^On (?:[A-Z][a-z]{2,8} \d\d?|\d\d? [A-Z][a-z]{2,8}),? \d{4}, at \d\d?:\d\d/;

/** Apple Mail on Mac, iPhone and iPad; the line above the quote is often marked like the quote itself. */
export const appleMailHeading: HeadingRule = (lines, at) => {
  const found = wroteLineAt(lines, at);
  if (!found || !(inChinese.test(found.line) || inEnglish.test(found.line))) return null;
  return { reason: 'quote_apple', lines: found.lines, quote: 'marks' };
};
