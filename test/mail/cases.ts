import { encodeChinese } from './chinese-bytes.ts';

export type MailCase = { name: string; subject: string; text: string; html: string; visible: string };

/** Reads a file of cases, see README.md beside it. */
export function readCases(file: string): MailCase[] {
  return file
    .split(/^%% case /m)
    .slice(1)
    .map((part) => {
      const [name = '', ...lines] = part.split('\n');
      const one: MailCase = { name, subject: '', text: '', html: '', visible: '' };
      let section: keyof MailCase = 'text';
      for (const line of lines) {
        const begin = /^%% (subject|text|html|visible)(?: (.*))?$/.exec(line);
        if (begin?.[1] === 'subject') one.subject = begin[2] ?? '';
        else if (begin) section = begin[1] as keyof MailCase;
        else one[section] += `${line}\n`;
      }
      return { ...one, visible: one.visible.trimEnd() };
    });
}

/** The case as a mail program would send it: one part, or text and HTML as alternatives. */
export function rawMailOf(one: MailCase, charset: 'utf-8' | 'gb18030'): Buffer {
  const encode = (text: string) =>
    charset === 'utf-8' ? Buffer.from(text) : encodeChinese(text.replaceAll('\ufeff', ''), 'gb18030');
  const word = (text: string) => `=?${charset}?B?${encode(text).toString('base64')}?=`;
  const part = (type: string, text: string) =>
    [
      `Content-Type: ${type}; charset=${charset}`,
      'Content-Transfer-Encoding: base64',
      '',
      encode(text.replaceAll('\n', '\r\n')).toString('base64').replace(/.{76}/g, '$&\r\n'),
      '',
    ].join('\r\n');
  const head = [
    `From: ${word('客户')} <customer@kehu.example>`,
    'To: support@fuwu.example',
    `Subject: ${word(one.subject)}`,
    'Date: Fri, 20 Nov 2026 15:00:00 +0800',
    'Message-ID: <case.1@kehu.example>',
    'In-Reply-To: <1.1@fuwu.example>',
    'MIME-Version: 1.0',
  ].join('\r\n');
  if (one.html === '') return Buffer.from(`${head}\r\n${part('text/plain', one.text)}`);
  if (one.text === '') return Buffer.from(`${head}\r\n${part('text/html', one.html)}`);
  const parts = [part('text/plain', one.text), part('text/html', one.html)].map((text) => `--b1\r\n${text}`);
  return Buffer.from(
    `${head}\r\nContent-Type: multipart/alternative; boundary=b1\r\n\r\n${parts.join('\r\n')}\r\n--b1--\r\n`,
  );
}
