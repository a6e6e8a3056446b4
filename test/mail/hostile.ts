const head = 'From: a@kehu.example\r\nTo: support@fuwu.example\r\nSubject: hostile\r\nMIME-Version: 1.0\r\n';
const mixed = (body: string) => `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${body}`;
const plain = (text: string) => `${head}Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`;
const html = (text: string) => `${head}Content-Type: text/html; charset=utf-8\r\n\r\n${text}`;
const megabyte = 1024 * 1024;

/** Multiparts within multiparts, `depth` of them. */
function nested(depth: number): string {
  let body = 'innermost';
  for (let level = depth; level > 0; level--)
    body = `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n${body}\r\n--b${level}--`;
  return `${head}${body}`;
}

function attachedMails(depth: number): string {
  return `${`${head}Content-Type: message/rfc822\r\n\r\n`.repeat(depth)}${plain('innermost')}`;
}

/** Mails that are made to stall, fill or crash whoever reads them; `words`: what must still be shown of them. */
export const hostile: Record<string, { raw: () => string | Buffer; words?: string; problem?: string }> = {
  'ten thousand parts': {
    raw: () => mixed(`${'--b\r\n\r\nx\r\n'.repeat(10_000)}--b--`),
    problem: 'too_many_parts',
  },
  'ten thousand attachments': {
    raw: () =>
      mixed(`${'--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n'.repeat(10_000)}--b--`),
    problem: 'too_many_attachments',
  },
  'an attachment of 50 MB': {
    raw: () =>
      mixed(
        `--b\r\n\r\nsee attached\r\n--b\r\nContent-Type: application/zip; name=big.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${'QUJD'.repeat(19)}\r\n`.repeat(640_000)}--b--`,
      ),
    words: 'see attached',
  },
  'a text of 50 MB': { raw: () => plain('words '.repeat(8_700_000)), problem: 'text_cut' },
  'a hundred megabytes': { raw: () => Buffer.alloc(100 * megabyte, 'x'), problem: 'too_large' },
  'a header without end': {
    raw: () => `${head}${'X-Endless: x\r\n'.repeat(megabyte)}`,
    problem: 'headers_cut',
  },
  'one field of 20 MB': {
    raw: () => `${head}X-Long: ${'x'.repeat(20 * megabyte)}\r\n\r\nbody`,
    words: 'body',
    problem: 'headers_cut',
  },
  'a subject of 10 MB': {
    raw: () => `Subject: ${'题'.repeat(3 * megabyte)}\r\nFrom: a@kehu.example\r\n\r\nbody`,
    problem: 'headers_cut',
  },
  'a hundred thousand recipients': {
    raw: () => `${head}Cc: ${'x@kehu.example, '.repeat(100_000)}\r\n\r\nbody`,
    words: 'body',
    problem: 'too_many_addresses',
  },
  'recipients of brackets': { raw: () => `${head}Cc: ${'<"('.repeat(80_000)}\r\n\r\nbody`, words: 'body' },
  'recipients of signs': {
    raw: () => `${head}Cc: ${'<@'.repeat(100_000)} ${'@ . '.repeat(10_000)}\r\n\r\nbody`,
    words: 'body',
  },
  'comments within comments': {
    raw: () => `${head}Cc: ${'('.repeat(200_000)}\r\nDate: ${'('.repeat(50_000)}\r\n\r\nbody`,
    words: 'body',
  },
  'encoded words without end': {
    raw: () => `${head}Subject: ${'=?utf-8?B?'.repeat(20_000)}\r\n\r\nbody`,
    words: 'body',
  },
  'many encoded words': {
    raw: () => `Subject: ${'=?gbk?Q?=C4=E3?= '.repeat(10_000)}\r\nFrom: a@kehu.example\r\n\r\nbody`,
    words: 'body',
  },
  'folds without end': {
    raw: () =>
      `${head}Subject: x${'\r\n '.repeat(80_000)}y\r\nReferences:${'\r\n \r\n'.repeat(50_000)} x\r\n\r\nbody`,
  },
  'parameters without end': {
    raw: () =>
      `${head}Content-Type: text/plain; ${'name*0*=x; '.repeat(20_000)} ${'"\\'.repeat(50_000)}\r\n\r\nbody`,
  },
  'a thousand multiparts within one another': { raw: () => nested(1_000), problem: 'nested_too_deep' },
  'a thousand mails within one another': { raw: () => attachedMails(1_000), problem: 'nested_too_deep' },
  'boundaries that nearly match': { raw: () => mixed('--bb\r\n'.repeat(megabyte)) },
  'an empty boundary': {
    raw: () => `${head}Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n\r\nkept\r\n----`,
  },
  'base64 of junk': {
    raw: () => `${head}Content-Transfer-Encoding: base64\r\n\r\n${'!!!!=***\u0000'.repeat(200_000)}`,
    problem: 'undecodable_text',
  },
  'base64 padded everywhere': {
    raw: () => `${head}Content-Transfer-Encoding: base64\r\n\r\n${'QQ==\r\n'.repeat(500_000)}`,
  },
  'quoted-printable of equals signs': {
    raw: () =>
      `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${'='.repeat(megabyte)}${'= '.repeat(megabyte)}`,
  },
  'NUL everywhere': {
    raw: () => `${plain('a\u0000b').replace('hostile', 'x\u0000y')}`,
    words: 'ab',
    problem: 'control_characters',
  },
  'ten megabytes of tags within one another': {
    raw: () => html('<div>'.repeat(2 * megabyte)),
    problem: 'nested_too_deep',
  },
  'ten megabytes of tags that close nothing': {
    raw: () => html(`${'<b>'.repeat(300)}${'</i>'.repeat(2 * megabyte)}`),
    problem: 'html_cut',
  },
  'tags that seem to close within their attributes': {
    raw: () => html(`kept${'<b title="</b>">'.repeat(60_000)}${'</i>'.repeat(260_000)}`),
    problem: 'nested_too_deep',
  },
  'ten megabytes of opening brackets': {
    raw: () => html(`kept${'<'.repeat(10 * megabyte)}`),
    problem: 'html_cut',
  },
  'tags without end': { raw: () => html(`kept${'<a href="'.repeat(megabyte)}`), problem: 'html_cut' },
  'attributes without end': { raw: () => html(`<p ${'a=1 '.repeat(megabyte)}>kept</p>`) },
  'comments without end': { raw: () => html(`kept${'<!--'.repeat(megabyte)}`) },
  'entities without end': { raw: () => html(`kept ${'&amp'.repeat(megabyte)}`), problem: 'html_cut' },
  'blockquotes within one another': {
    raw: () => html(`${'<blockquote>'.repeat(50_000)}kept`),
    words: 'kept',
    problem: 'nested_too_deep',
  },
  'header injection': {
    raw: () =>
      'From: a@kehu.example\r\nSubject: =?utf-8?Q?x=0D=0ABcc=3A_all@kehu.example?=\r\nTo: =?utf-8?Q?b=0D=0AX-Evil=3A_1?= <b@kehu.example>\r\n\r\nbody',
    words: 'body',
  },
  'control characters by the back door': {
    raw: () =>
      `Subject: =?utf-8?B?AQIDBA==?= x\r\nFrom: \u0001a@kehu.example\r\nContent-ID: <\u0001>\r\nX-Failed-Recipients: \u0001@x.y\r\nContent-Type: text/html\r\n\r\n&#1;kept&#0;&#x7f;&#xd800;<p title="&#2;">`,
    problem: 'control_characters',
  },
  'nothing at all': { raw: () => '', problem: 'no_sender' },
  'a picture in place of a mail': {
    raw: () => Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 256)),
    problem: 'no_sender',
  },
  'a winmail.dat of junk': {
    raw: () =>
      mixed(
        `--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('789f3e22aaaaffffffffffffffffffffffffff', 'hex').toString('base64')}\r\n--b--`,
      ),
  },
};

/** Texts of a megabyte that are dear for careless patterns; each stands where a quote is looked for. */
export const dearTexts: Record<string, string> = {
  dashes: '-'.repeat(megabyte),
  'lines of dashes': '-----\n'.repeat(megabyte / 6),
  'dashes and blanks': '- '.repeat(megabyte / 2),
  underscores: `${'_'.repeat(300)}\n`.repeat(megabyte / 301),
  marks: '>'.repeat(megabyte),
  'marks and blanks': '> '.repeat(megabyte / 2),
  'lines of marks': '>\n'.repeat(megabyte / 2),
  'senders in a row': '发件人: x\n'.repeat(megabyte / 14),
  'senders and times': '发件人: x\n发送时间: y\n'.repeat(megabyte / 32),
  'From in a row': 'From: x\n'.repeat(megabyte / 8),
  'On without wrote': 'On Fri, Nov 20, 2026 at 2:32 PM x\n'.repeat(megabyte / 34),
  'one long On': `On ${'1 '.repeat(megabyte / 2)}wrote:`,
  'wrote in a row': 'x wrote:\n'.repeat(megabyte / 9),
  于: '于2026年1月1日'.repeat(megabyte / 20),
  blanks: ' '.repeat(megabyte),
  'blank lines': '\n'.repeat(megabyte),
  'blanks then a word': `${' '.repeat(megabyte)}x`,
  'hard spaces': '&nbsp;'.repeat(megabyte / 6),
  'signature marks': '-- \n'.repeat(megabyte / 4),
  'brackets of addresses': '<x@y '.repeat(megabyte / 5),
  digits: '5.1.1'.repeat(megabyte / 5),
  'recipients of bounces': '收件人 '.repeat(megabyte / 10),
};
