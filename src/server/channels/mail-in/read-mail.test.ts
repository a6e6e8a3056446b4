import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { encodeChinese } from '../../../../test/mail/chinese-bytes.ts';
import { makeTnef } from '../../../../test/mail/tnef.ts';
import { readMail } from './read-mail.ts';
import { readInThread } from './reading.ts';

const desk = { addresses: ['support@fuwu.example'], message_id_domains: ['fuwu.example'], mark: null };
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** A mail of pieces: texts as they are, and raw bytes. */
function read(...pieces: (string | Buffer)[]) {
  return readMail(
    Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))),
    desk,
  );
}

const gb = (text: string) => encodeChinese(text, 'gb18030');
const big5 = (text: string) => encodeChinese(text, 'big5');

const charsets: [name: string, pieces: (string | Buffer)[], text: string, problems: string[]][] = [
  [
    'GBK',
    ['From: a@b.c\nContent-Type: text/plain; charset=gbk\n\n', gb('门禁刷卡无反应')],
    '门禁刷卡无反应',
    [],
  ],
  [
    'GB2312 that is more',
    ['From: a@b.c\nContent-Type: text/plain; charset="gb2312"\n\n', gb('镕堃')],
    '镕堃',
    [],
  ],
  [
    'Big5',
    ['From: a@b.c\nContent-Type: text/plain; charset=big5\n\n', big5('印表機沒有反應')],
    '印表機沒有反應',
    [],
  ],
  ['cp936', ['From: a@b.c\nContent-Type: text/plain; charset=cp936\n\n', gb('好')], '好', []],
  [
    'GBK undeclared',
    ['From: a@b.c\n\n', gb('打印机无法连接，请帮忙看一下。')],
    '打印机无法连接，请帮忙看一下。',
    ['charset_guessed'],
  ],
  [
    'Big5 undeclared',
    ['From: a@b.c\n\n', big5('印表機無法連線，請幫忙看一下。')],
    '印表機無法連線，請幫忙看一下。',
    ['charset_guessed'],
  ],
  ['UTF-8 undeclared', ['From: a@b.c\n\n', '打印机'], '打印机', []],
  [
    'UTF-8 said, GBK sent',
    ['From: a@b.c\nContent-Type: text/plain; charset=utf-8\n\n', gb('打印机无法连接')],
    '打印机无法连接',
    ['charset_guessed'],
  ],
  [
    'GBK said, UTF-8 sent',
    ['From: a@b.c\nContent-Type: text/plain; charset=gbk\n\n', '打印机无法连接网络'],
    '打印机无法连接网络',
    ['charset_guessed'],
  ],
  [
    'what a broken program left over in ASCII, under an encoding that there is not',
    [
      `From: a@b.c\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: plain\n\n${'words '.repeat(100)}ì.`,
    ],
    `${'words '.repeat(100)}.`,
    ['undecodable_text'],
  ],
  [
    'letters under an encoding that there is not, however they are declared',
    [
      'From: a@b.c\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: plain\n\n打印机 words words',
    ],
    '打印机 words words',
    [],
  ],
  [
    'a few letters beyond ASCII under one that there is',
    [
      `From: a@b.c\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 8bit\n\n${'words '.repeat(100)}José`,
    ],
    `${'words '.repeat(100)}José`,
    [],
  ],
  [
    'a charset nobody knows',
    ['From: a@b.c\nContent-Type: text/plain; charset=x-mars\n\n', gb('请您重启服务器')],
    '请您重启服务器',
    ['charset_unknown'],
  ],
  [
    'Latin said, Chinese UTF-8 sent',
    ['From: a@b.c\nContent-Type: text/plain; charset=iso-8859-1\n\n', '打印机无法连接'],
    '打印机无法连接',
    ['charset_guessed'],
  ],
  [
    'ISO-8859-1 said, quotes of Windows sent',
    [
      'From: a@b.c\nContent-Type: text/plain; charset=iso-8859-1\n\n',
      Buffer.from('\x93caf\xe9\x94', 'latin1'),
    ],
    '“café”',
    [],
  ],
  [
    'ISO-8859-1 that could be UTF-8 but for its charset',
    ['From: a@b.c\nContent-Type: text/plain; charset=iso-8859-1\n\n', Buffer.from('n\xc2\xb0 4', 'latin1')],
    'nÂ° 4',
    [],
  ],
  [
    'one bad byte',
    ['From: a@b.c\nContent-Type: text/plain; charset=utf-8\n\n', '好', Buffer.from([0xff])],
    '好\ufffd',
    ['undecodable_text'],
  ],
];

for (const [name, pieces, text, problems] of charsets)
  test(`R1 a mail's text is read: ${name}`, () => {
    const { mail } = read(...pieces);
    assert.deepEqual([mail.text, mail.problems], [text, problems]);
  });

test('R1 raw Chinese bytes in the header are read, with the charset of the text as a hint', () => {
  const body = ['Content-Type: text/plain; charset=gbk\r\n\r\n', gb('见附件')];
  const { mail } = read(
    'Subject: ',
    gb('打印机无法连接'),
    '\r\nFrom: "',
    gb('张敏'),
    '" <z@hubin.example>\r\n',
    ...body,
  );
  assert.deepEqual(
    [mail.subject, mail.from],
    ['打印机无法连接', { name: '张敏', address: 'z@hubin.example' }],
  );
  const { mail: traditional } = read('Subject: ', big5('請協助處理'), '\r\nFrom: a@b.c\r\n\r\nx');
  assert.equal(traditional.subject, '請協助處理');
});

test('R1 a character that two encoded words share is put together', () => {
  const bytes = gb('打印机').toString('base64');
  const [first, second] = [gb('打印机').subarray(0, 3), gb('打印机').subarray(3)].map((half) =>
    half.toString('base64'),
  );
  const { mail } = read(
    `Subject: =?gb2312?B?${first}?=\r\n =?gb2312?B?${second}?= / =?gbk?B?${bytes}?=\r\nFrom: a@b.c\r\n\r\nx`,
  );
  assert.equal(mail.subject, '打印机 / 打印机');
});

const names: [name: string, field: string | Buffer, filename: string][] = [
  ['RFC 2231', "attachment; filename*=gb18030''%B1%A8%B1%ED.xlsx", '报表.xlsx'],
  [
    'RFC 2231 in pieces, a character cut',
    "attachment; filename*0*=utf-8''%E6%8A; filename*1*=%A5%E8%A1%A8; filename*2=.xlsx",
    '报表.xlsx',
  ],
  [
    'an encoded word in quotes',
    `attachment; filename="=?GB2312?B?${gb('报表.xlsx').toString('base64')}?="`,
    '报表.xlsx',
  ],
  ['raw bytes', gb('attachment; filename="故障报告及处理情况.docx"'), '故障报告及处理情况.docx'],
  ['a path', 'attachment; filename="C:\\\\Users\\\\li\\\\..\\\\x.txt"', 'x.txt'],
  ['a name turned round', 'attachment; filename="photo\u202egpj.exe"', 'photogpj.exe'],
];

for (const [name, field, filename] of names)
  test(`R1 the name of an attachment is read: ${name}`, () => {
    const { mail } = read(
      'From: a@b.c\r\nContent-Type: application/octet-stream\r\nContent-Disposition: ',
      field as string,
      '\r\n\r\nx',
    );
    assert.equal(mail.attachments[0]?.filename, filename);
  });

const picture = Buffer.from('89504e470d0a1a0a', 'hex');

test('R1 a picture within the text is an inline attachment that the cleaned HTML points to', () => {
  const { mail, attachmentBytes } = read(
    'From: a@b.c\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n',
    '<p>截图：<img src="cid:p1@x" width=10></p>\r\n--r\r\nContent-Type: image/png\r\nContent-ID: <p1@x>\r\n',
    `Content-Transfer-Encoding: base64\r\n\r\n${picture.toString('base64')}\r\n--r--\r\n`,
  );
  assert.equal(mail.html, '<p>截图：<img src="cid:p1@x" width="10" /></p>');
  assert.equal(mail.visible, '截图：');
  assert.deepEqual(mail.attachments, [
    {
      filename: '',
      content_type: 'image/png',
      size: 8,
      sha256: sha256(picture),
      inline: true,
      content_id: 'p1@x',
    },
  ]);
  assert.deepEqual(Buffer.from(attachmentBytes(0)), picture);
});

test('R1 a mail attached to a mail is an attachment; its text and its attachments are found, what is visible is not its', () => {
  const inner =
    'From: c@d.e\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\ninner words\r\n--i\r\nContent-Disposition: attachment; filename=log.txt\r\n\r\nlog\r\n--i--\r\n';
  const { mail } = read(
    'From: a@b.c\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nsee attached\r\n--o\r\n',
    `Content-Type: message/rfc822; name=fwd.eml\r\n\r\n${inner}\r\n--o--\r\n`,
  );
  assert.deepEqual([mail.text, mail.visible], ['see attachedinner words', 'see attached']);
  assert.deepEqual(
    mail.attachments.map(({ filename, content_type }) => [filename, content_type]),
    [
      ['fwd.eml', 'message/rfc822'],
      ['log.txt', 'text/plain'],
    ],
  );
});

test('R1 an attached mail becomes a file: line ends of files, folded long fields, its words and bytes as they came', () => {
  const long = `X-Trace: ${Array.from({ length: 12 }, (_, index) => `relay-${index}.example;`).join(' ')}`;
  const inner = `From: c@d.e\r\n${long}\r\nX-Empty: \r\nTo: a@b.c, \r\n\td@e.f\r\n\r\n${'w '.repeat(60)}\r\nend`;
  const { attachmentBytes } = read(`From: a@b.c\r\nContent-Type: message/rfc822\r\n\r\n${inner}`);
  const file = Buffer.from(attachmentBytes(0)).toString();
  const [header, body] = file.split('\n\n') as [string, string];
  assert.equal(body, `${'w '.repeat(60)}\nend\n`);
  assert.ok(header.split('\n').every((line) => line.length <= 78 && !line.endsWith('; ')));
  assert.equal(header.replace(/\n(?= relay)/g, ''), `From: c@d.e\n${long}\nX-Empty: \nTo: a@b.c,\n\td@e.f`);
  const binary = Buffer.from('From: c@d.e\r\n\r\n\x00\r\n', 'latin1');
  const kept = read('From: a@b.c\r\nContent-Type: message/rfc822\r\n\r\n', binary).attachmentBytes(0);
  assert.deepEqual(Buffer.from(kept), binary);
});

test('R1 flowed text is shown as it was written, and its quote is still one', () => {
  const { mail } = read(
    'From: a@b.c\nSubject: Re: x\nIn-Reply-To: <1@b.c>\nContent-Type: text/plain; format=Flowed; delsp=yes\n\n打印机从今天 \n早上起很慢。\n\n',
    'On Fri, 20 Nov 2026 at 14:30, the people of the service desk \n<support@fuwu.example> wrote:\n> 可以 \n> 吗？\n',
  );
  assert.equal(mail.visible, '打印机从今天早上起很慢。');
  assert.match(mail.text, /今天 \n早上/);
});

test('R1 a title that is never closed swallows no words', () => {
  const { mail } = read(
    'From: a@b.c\nContent-Type: text/html\n\n<title>a</title><TITLE lang=en>Nobody can log in<p>Help',
  );
  assert.deepEqual([mail.visible, mail.html], ['Nobody can log in\nHelp', 'Nobody can log in<p>Help</p>']);
});

const senders: [field: string, address: string, written: string | null][] = [
  ['Li Min li@kehu.example', 'li@kehu.example', 'Li Min li@kehu.example'],
  ['li@kehu.example boss@bank.example', 'li@kehu.example', 'li@kehu.example boss@bank.example'],
  ['Li Min <li@kehu.example>', 'li@kehu.example', null],
  ['li@kehu.example (Li Min)', 'li@kehu.example', null],
  ['  li@kehu.example ', 'li@kehu.example', null],
];

for (const [field, address, written] of senders)
  test(`R1 a sender is read, and whether the field was in proper form: ${field}`, () => {
    const { mail } = read(`From: ${field}\n\nx`);
    assert.deepEqual(
      [mail.from?.address, mail.from_written, mail.problems],
      [address, written, written ? ['sender_malformed'] : []],
    );
  });

test('R1 a winmail.dat is unpacked: words, names in Chinese, bytes', () => {
  const packed = makeTnef({
    html: '<p>请看<b>附件</b></p>',
    attachments: [{ filename: '日志.txt', bytes: Buffer.from('log') }],
  });
  const { mail, attachmentBytes } = read(
    'From: a@b.c\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n',
    `Content-Transfer-Encoding: base64\r\n\r\n${packed.toString('base64')}\r\n--o--\r\n`,
  );
  assert.equal(mail.visible, '请看附件');
  assert.deepEqual(
    mail.attachments.map(({ filename, size }) => [filename, size]),
    [['日志.txt', 3]],
  );
  assert.equal(Buffer.from(attachmentBytes(0)).toString(), 'log');
  assert.deepEqual(mail.problems, []);
});

test('R1 a broken winmail.dat stays an attachment', () => {
  const { mail } = read('From: a@b.c\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\nno tnef');
  assert.deepEqual([mail.attachments[0]?.filename, mail.problems], ['winmail.dat', ['tnef_unreadable']]);
});

test('R1 a bounce tells whom it did not reach and which mail it was', () => {
  const { mail } = read(
    'From: MAILER-DAEMON@mx.kehu.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=o\r\n\r\n',
    '--o\r\n\r\nYour mail came back.\r\n--o\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.kehu.example\r\n\r\n',
    'Final-Recipient: rfc822; wang@kehu.example\r\nAction: failed\r\nStatus: 5.1.1\r\n--o\r\nContent-Type: text/rfc822-headers\r\n\r\n',
    'Message-ID: <mail.1@fuwu.example>\r\nSubject: x\r\n--o--\r\n',
  );
  assert.equal(mail.kind, 'bounce');
  assert.deepEqual(mail.bounce, {
    status: '5.1.1',
    recipient: 'wang@kehu.example',
    about_message_id: 'mail.1@fuwu.example',
  });
});

test('R1 a mail is read apart as it is read here, with the bytes that are wanted; one that takes too long is given up', async () => {
  const packed = makeTnef({
    html: '请看附件',
    attachments: [{ filename: '日志.txt', bytes: Buffer.from('log') }],
  });
  const raw = Buffer.from(
    `From: a@b.c\r\nContent-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\n${packed.toString('base64')}`,
  );
  const enclose = { most: 5, most_bytes: 3 };
  await assert.rejects(readInThread({ raw, desk, enclose }, 1), /took longer than 1 ms/);
  const { mail, enclosed } = await readInThread({ raw, desk, enclose });
  assert.deepEqual(mail, readMail(raw, desk).mail);
  assert.deepEqual(
    enclosed.map(({ index, bytes }) => [index, Buffer.from(bytes).toString()]),
    [[0, 'log']],
  );
  const { enclosed: none } = await readInThread({ raw, desk, enclose: { most: 5, most_bytes: 2 } });
  assert.deepEqual(none, []);
});
