import { isUtf8 } from 'node:buffer';
import type { MailProblem } from '#domain/channels/received-mail.ts';

export type Decoded = { text: string; problem: MailProblem | null };

// Names that mails use and the Encoding Standard does not list. gb18030 contains gb2312 and gbk.
const aliases: Record<string, string> = {
  cp936: 'gb18030',
  ms936: 'gb18030',
  'windows-936': 'gb18030',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  'gb18030-2000': 'gb18030',
  'euc-cn': 'gb18030',
  cp950: 'big5',
  'windows-950': 'big5',
  'big5-hkscs': 'big5',
  'x-big5': 'big5',
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  'ks_c_5601-1987': 'euc-kr',
  utf8mb4: 'utf-8',
  'utf-8-sig': 'utf-8',
};

// What says nothing: programs write it whatever the bytes are.
const undeclared = new Set([
  '',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  'unknown',
  'unknown-8bit',
  'x-unknown',
  'default',
  'none',
  '8bit',
  '7bit',
  'binary',
  'ansi',
]);

const latin1 = /^(?:iso[-_]?8859-1|latin-?1|l1)$/;

const common = new Set(
  '的一是在不了有和人这中大为上个我以要他时来用们到作于出就分对成会可主发年动同工也能下过子说产面而方后多定行学法所得经进等部度家电里如高自理起现加量都两体机当使点业本把好应开它合还因由其前外天日事全表间样与关重新线内数正心你明看原利或但第向变条只没结解问意建月公无系情者最立代想已通并提直题程员位入常文总次品式设及管特件长求统接知将组见计别期指几区被做先回任取据处给门即保请您谢复告价报单故障服务网络打印登录账号密码更换升级备份数据库系统邮件客户是否无法已经' +
    '這個為時來們說產發動過後學經進電裡現體機當點業應開還問題無員設統長見計別幾請謝覆單報價號碼網絡帳錄據庫郵戶處數與關線變條結' +
    '，。：；！？、（）“”《》【】',
);

/** Decodes text by what the mail declares; where that is nothing or wrong, by what the bytes look like. */
export function decodeText(bytes: Uint8Array, declared: string | null, hint: string | null = null): Decoded {
  const label = (declared ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  if (undeclared.has(label)) return isAscii(bytes) ? plainly(bytes) : guessed(bytes, hint);
  const decoder = decoderOf(label);
  if (!decoder)
    return isAscii(bytes) ? plainly(bytes) : { ...guessed(bytes, hint), problem: 'charset_unknown' };
  // Said to be Chinese or Western, and is UTF-8 all through: no such text of that length is UTF-8 by chance.
  if (/^(?:gb|big5|windows-125|iso-8859)/.test(decoder.encoding) && isLongUtf8(bytes))
    return { text: new TextDecoder().decode(bytes), problem: 'charset_guessed' };
  // Windows programs say ISO-8859-1 and mean windows-1252. Where all could be UTF-8 nothing speaks for that, and the
  // letters stay what was declared.
  if (latin1.test(label) && isUtf8(bytes)) return plainly(bytes);
  try {
    return { text: decoder.decode(bytes), problem: null };
  } catch {
    const other = guessed(bytes, null);
    // One bad byte in a long text is no reason to read it all in another way.
    if (other.problem === 'charset_guessed' && !other.text.includes('\ufffd')) return other;
    return { text: new TextDecoder(decoder.encoding).decode(bytes), problem: 'undecodable_text' };
  }
}

function decoderOf(label: string): TextDecoder | null {
  try {
    return new TextDecoder(aliases[label] ?? label.replace(/^(?:cs|x-)(?=\w)/, ''), { fatal: true });
  } catch {
    try {
      return new TextDecoder(label, { fatal: true });
    } catch {
      return null;
    }
  }
}

function isLongUtf8(bytes: Uint8Array): boolean {
  if (!isUtf8(bytes)) return false;
  let three = 0;
  for (const byte of bytes) if (byte >= 0xe0 && byte <= 0xef) three += 1;
  return three >= 3;
}

function isAscii(bytes: Uint8Array): boolean {
  return !bytes.some((byte) => byte > 0x7f);
}

function plainly(bytes: Uint8Array): Decoded {
  return {
    text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'),
    problem: null,
  };
}

/**
 * Decodes raw 8-bit bytes in a header, which declares no charset. Bytes that no UTF-8 and no Chinese charset
 * explains, and that the mail's own charset (`hint`) does not either, are left out: a wrong letter misleads more.
 */
export function decodeHeader(bytes: Uint8Array, hint: string | null): string {
  return isAscii(bytes) ? plainly(bytes).text : guessed(bytes, hint, false).text;
}

/** UTF-8 proves itself; between the Chinese charsets the one that yields more of the usual characters wins. */
function guessed(bytes: Uint8Array, hint: string | null, byLooks = true): Decoded {
  if (isUtf8(bytes)) return { text: new TextDecoder().decode(bytes), problem: null };
  const sample = bytes.subarray(0, 8_192);
  let best = { charset: '', score: 0.1 };
  for (const charset of ['gb18030', 'big5']) {
    const score =
      scoreOf(new TextDecoder(charset).decode(sample)) +
      (aliases[hint ?? ''] === charset || hint === charset ? 0.2 : 0);
    if (score > best.score) best = { charset, score };
  }
  if (best.charset !== '')
    return { text: new TextDecoder(best.charset).decode(bytes), problem: 'charset_guessed' };
  const western = westernOf(hint) ?? (byLooks && looksWestern(sample) ? 'windows-1252' : null);
  if (western) return { text: new TextDecoder(western).decode(bytes), problem: 'charset_guessed' };
  return { text: plainly(bytes.filter((byte) => byte < 0x80)).text, problem: 'undecodable_text' };
}

/** The hint, where it is a charset in which each byte is a letter of its own. */
function westernOf(hint: string | null): string | null {
  const encoding = hint === null || undeclared.has(hint) ? null : (decoderOf(hint)?.encoding ?? null);
  return encoding && /^(?:windows-125\d|iso-8859-|koi8|macintosh)/.test(encoding) ? encoding : null;
}

/** Whether most bytes beyond ASCII stand alone beside small letters, as the accented letters of words do. */
function looksWestern(bytes: Uint8Array): boolean {
  const isSmall = (byte: number | undefined) => byte !== undefined && byte >= 0x61 && byte <= 0x7a;
  let within = 0;
  let all = 0;
  for (const [at, byte] of bytes.entries()) {
    if (byte < 0x80) continue;
    all += 1;
    if (byte >= 0xc0 && isSmall(bytes[at - 1]) && isSmall(bytes[at + 1])) within += 1;
  }
  return within * 2 > all;
}

/** The share of usual Chinese characters among those beyond ASCII; what is no character at all counts against. */
function scoreOf(text: string): number {
  let usual = 0;
  let strange = 0;
  let all = 0;
  for (const char of text) {
    if (char < '\u0080') continue;
    all += 1;
    if (common.has(char)) usual += 1;
    else if (char === '\ufffd' || (char >= '\ue000' && char <= '\uf8ff')) strange += 1;
  }
  return all === 0 ? 0 : (usual - strange) / all;
}
