import type { HeadingRule } from './heading.ts';
import { wroteLineAt } from './wrote-line.ts';

// 在 2026/11/20 14:32, 服务台 写道:   在 2026年11月20日 14:32, 服务台 写道:   On 11/20/26 14:32, Service Desk wrote:
const date =
  /^(?:在|于|On) ?(?:\d{1,4}[/.-]\d\d?[/.-]\d{1,4}|\d{4}年\d\d?月\d\d?日)[, ]{1,2}(?:上午|下午)?\d\d?:\d\d/;

/** Thunderbird; its users like to answer below each quoted line. */
export const thunderbirdHeading: HeadingRule = (lines, at) => {
  const found = wroteLineAt(lines, at);
  if (!found || !date.test(found.line)) return null;
  return { reason: 'quote_thunderbird', lines: found.lines, quote: 'marks' };
};
