import { headerBlockAfter } from './header-block.ts';
import type { HeadingRule } from './heading.ts';
import { wroteLineAt } from './wrote-line.ts';

const replied = /^-{2,6} ?(?:回复的原邮件|回覆的原郵件|原邮件|Replied Message) ?-{2,6}$/i;
// With seconds, which only NetEase writes: 在 2026-11-20 14:32:10，"服务台" <…> 写道：
const wrote = /^(?:在|At) ?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ?[,，]/;
const wroteOnPhone = /^在 ?\d{4}年\d\d?月\d\d?日 \d\d?:\d\d[,，][^<]{1,200}</;

/** 163, 126 and yeah.net: 在 …，"…"<…> 写道： in the browser, "---- 回复的原邮件 ----" with a table from the phone. */
export const neteaseHeading: HeadingRule = (lines, at) => {
  if (replied.test(lines[at] as string)) {
    const block = headerBlockAfter(lines, { at: at + 1, blanks: 2 });
    return { reason: 'quote_netease', lines: 1 + (block?.lines ?? 0), quote: 'rest' };
  }
  const found = wroteLineAt(lines, at);
  if (!found || !(wrote.test(found.line) || wroteOnPhone.test(found.line))) return null;
  return { reason: 'quote_netease', lines: found.lines, quote: 'marks' };
};
