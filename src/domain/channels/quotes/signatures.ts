import type { Line } from './lines.ts';
import { plain } from './lines.ts';

// Lines that programs and phones add by themselves; the whole line must be just that.
const added = [
  /^(?:发自|来自|发送自)\s?我的\s?.{1,30}$/,
  /^(?:发自|来自)\s?.{0,12}(?:钉钉|网易邮箱|企业微信|QQ邮箱|新浪邮箱|Foxmail|Outlook|139邮箱|阿里邮箱).{0,20}$/i,
  /^(?:从|通过) ?.{0,20}(?:Windows|Outlook|邮件).{0,10} ?(?:邮件)?发送(?:<[^<>]{0,80}>)?$/i,
  /^获取 ?.{0,12}Outlook.{0,80}$/i,
  /^签名由 ?网易邮箱大师 ?定制$/,
  /^Sent from (?:my |Mail |Outlook|Yahoo|Samsung|Huawei|Proton).{0,40}$/i,
  /^Get Outlook for (?:iOS|Android).{0,80}$/i,
];

// Longer than that is no signature, but a text with dashes in it.
const longest = 15;
const contact = /@|https?:|www\.|\d{7}|电话|手机|地址|公司|部|Tel|Phone|Mobile|Fax|GmbH|Ltd|Inc|[-–] /i;

/**
 * Leaves out signatures at the end: what stands below "-- ", and lines such as 发自我的 iPhone.
 * A bare "--" counts only with something like a phone number below it: listings have such lines too.
 */
export function withoutSignature(lines: readonly Line[]): { lines: Line[]; cut: boolean } {
  let end = lengthOf(lines);
  const from = Math.max(1, end - longest - 1);
  for (let at = end - 1; at >= from; at--) {
    const { text } = lines[at] as Line;
    const below = lines.slice(at + 1, end);
    const isSign = text === '-- ' || text === '--\u00a0';
    if (isSign || (text.trim() === '--' && below.some((line) => contact.test(line.text.slice(0, 200))))) {
      end = at;
      break;
    }
  }
  end = lengthOf(lines.slice(0, end));
  while (end > 0 && isAdded((lines[end - 1] as Line).text)) end = lengthOf(lines.slice(0, end - 1));
  return { lines: lines.slice(0, end), cut: end < lengthOf(lines) };
}

function isAdded(text: string): boolean {
  if (text.length > 120) return false;
  const line = plain(text);
  return added.some((shape) => shape.test(line));
}

/** How many lines there are up to the last that is not blank. */
function lengthOf(lines: readonly Line[]): number {
  return lines.findLastIndex((line) => plain(line.text) !== '') + 1;
}
