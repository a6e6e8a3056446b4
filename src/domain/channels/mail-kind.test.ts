import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readBounce } from './bounces.ts';
import { judgeKind } from './mail-kind.ts';

const desk = { addresses: ['support@fuwu.example'], message_id_domains: ['fuwu.example'], mark: 'desk-7' };

type Given = {
  fields?: Record<string, string>;
  from?: string;
  subject?: string;
  report?: string;
  status?: string;
  text?: string;
  message_id?: string;
  attached?: string;
};

function mailOf({
  fields = {},
  from = 'li@kehu.example',
  subject = '打印机',
  report,
  status,
  text,
  ...ids
}: Given) {
  return {
    header: (name: string) => (name in fields ? [fields[name] as string] : []),
    from: { name: '', address: from },
    subject,
    report: report ?? null,
    status_text: status ?? null,
    text: text ?? '',
    attached_message_id: ids.attached ?? null,
    message_id: ids.message_id ?? null,
  };
}

const auto: [name: string, given: Given, why: string][] = [
  ['RFC 3834', { fields: { 'auto-submitted': 'auto-replied' } }, 'auto_submitted'],
  ['RFC 3834, generated', { fields: { 'auto-submitted': 'auto-generated (rejected)' } }, 'auto_submitted'],
  [
    'a receipt that calls itself generated',
    { fields: { 'auto-submitted': 'auto-generated', 'in-reply-to': '<1@fuwu.example>' } },
    'auto_submitted',
  ],
  [
    'one without the mail it answers to',
    { fields: { 'auto-submitted': 'auto-generated' }, subject: 'Re: 打印机' },
    'auto_submitted',
  ],
  [
    'a vacation note that calls itself generated',
    { fields: { 'auto-submitted': 'auto-generated' }, subject: '自动回复：打印机' },
    'auto_submitted',
  ],
  ['Precedence auto_reply', { fields: { precedence: 'auto_reply' } }, 'auto_precedence'],
  ['Precedence bulk without a list', { fields: { precedence: 'bulk' } }, 'auto_precedence'],
  ['X-Autoreply', { fields: { 'x-autoreply': 'yes' } }, 'auto_header'],
  ['X-Autorespond', { fields: { 'x-autorespond': '外出' } }, 'auto_header'],
  ['Exchange rule', { fields: { 'x-ms-exchange-inbox-rules-loop': 'li@kehu.example' } }, 'auto_header'],
  ['QQ', { subject: '自动回复:打印机' }, 'auto_subject'],
  ['163', { subject: '自动回复: Re: 打印机' }, 'auto_subject'],
  ['Exchange in Chinese', { subject: '自动答复: 打印机' }, 'auto_subject'],
  ['Exchange in English', { subject: 'Automatic reply: printer' }, 'auto_subject'],
  ['brackets', { subject: '[自动回复] 我在休假' }, 'auto_subject'],
  ['a null return path', { fields: { 'return-path': '<>' } }, 'null_return_path'],
  ['a read receipt', { report: 'disposition-notification' }, 'receipt_report'],
  [
    'a report of delivery',
    { report: 'delivery-status', status: 'Action: delivered\nStatus: 2.0.0' },
    'receipt_report',
  ],
];

const bounces: [name: string, given: Given, why: string][] = [
  ['RFC 3464', { report: 'delivery-status', status: 'Action: failed\nStatus: 5.1.1' }, 'bounce_report'],
  ['delay', { report: 'delivery-status', status: 'Action: delayed\nStatus: 4.4.1' }, 'bounce_report'],
  ['Exim', { fields: { 'x-failed-recipients': 'li@kehu.example' } }, 'bounce_report'],
  ['qmail', { from: 'MAILER-DAEMON@kehu.example', subject: 'failure notice' }, 'bounce_sender'],
  ['QQ', { from: 'PostMaster@qq.example', subject: '系统退信/Systems bounce' }, 'bounce_words'],
  ['163', { from: 'postmaster@163.example', subject: '系统退信' }, 'bounce_words'],
  [
    'Exchange in Chinese',
    { from: 'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@kehu.example', subject: '未送达: 打印机' },
    'bounce_words',
  ],
  [
    'Exchange in English',
    { fields: { 'return-path': '<>' }, from: 'x@kehu.example', subject: 'Undeliverable: printer' },
    'bounce_words',
  ],
];

const messages: [name: string, given: Given, why: string[]][] = [
  ['nothing at all', {}, []],
  ['Auto-Submitted: no', { fields: { 'auto-submitted': 'no' } }, []],
  ['a question about automatic replies', { subject: '自动回复功能怎么设置' }, []],
  ['an answer to an automatic reply', { subject: '回复：自动回复: 打印机' }, []],
  ['a question about bounces', { subject: '退信怎么处理' }, []],
  ['a postmaster who writes', { from: 'postmaster@kehu.example', subject: 'MX 记录变更' }, []],
  ['a list', { fields: { precedence: 'list', 'list-id': '<it.kehu.example>' } }, ['list_mail']],
  ['an old list', { fields: { precedence: 'bulk', 'list-id': '<it.kehu.example>' } }, ['list_mail']],
  [
    'Outlook’s wish for silence',
    { fields: { 'x-auto-response-suppress': 'OOF, AutoReply' } },
    ['asks_for_silence'],
  ],
  ['a form that writes as us', { from: 'support@fuwu.example' }, ['from_own_address']],
  ['an alert', { fields: { 'auto-submitted': 'auto-generated' } }, ['auto_generated']],
  [
    'cron, in bulk and without a return path',
    { fields: { 'auto-submitted': 'auto-generated', precedence: 'bulk', 'return-path': '<>' } },
    ['auto_generated'],
  ],
  ['another desk of the same make', { fields: { 'x-desk-origin': 'desk-8' } }, []],
];

const loops: [name: string, given: Given, why: string][] = [
  ['our mark', { fields: { 'x-desk-origin': 'desk-7', 'auto-submitted': 'auto-replied' } }, 'own_mark'],
  [
    'our Message-ID',
    { message_id: 'mail.01930000-0000-7000-8000-000000000001@fuwu.example' },
    'own_message_id',
  ],
];

describe('R1 what kind of mail it is', () => {
  const table: [kind: string, name: string, given: Given, why: string[]][] = [
    ...auto.map(
      ([name, given, why]) => ['auto_reply', name, given, [why]] as [string, string, Given, string[]],
    ),
    ...bounces.map(
      ([name, given, why]) => ['bounce', name, given, [why]] as [string, string, Given, string[]],
    ),
    ...messages.map(
      ([name, given, why]) => ['message', name, given, why] as [string, string, Given, string[]],
    ),
    ...loops.map(
      ([name, given, why]) => ['own_loop', name, given, [why]] as [string, string, Given, string[]],
    ),
  ];
  for (const [kind, name, given, why] of table)
    test(`${kind}: ${name}`, () => assert.deepEqual(judgeKind(mailOf(given), desk), { kind, why }));
});

describe('R1 what a bounce says', () => {
  const table: [
    name: string,
    given: Given,
    status: string | null,
    recipient: string | null,
    about: string | null,
  ][] = [
    [
      'RFC 3464',
      {
        status:
          'Reporting-MTA: dns; mx.kehu.example\n\nFinal-Recipient: rfc822; wang@kehu.example\nAction: failed\nStatus: 5.1.1',
        attached: '1@fuwu.example',
      },
      '5.1.1',
      'wang@kehu.example',
      '1@fuwu.example',
    ],
    [
      'QQ',
      {
        text: '抱歉，您的邮件被退回来了……\n原邮件信息：\n收件人 wang@qq.example\n退信原因：550 Mailbox not found',
      },
      '5.0.0',
      'wang@qq.example',
      null,
    ],
    [
      'Exchange',
      {
        text: '未能向这些收件人或组传递邮件:\nwang@kehu.example\n#550 5.1.10 RESOLVER.ADR.RecipientNotFound\nMessage-ID: <1@fuwu.example>',
      },
      '5.1.10',
      'wang@kehu.example',
      '1@fuwu.example',
    ],
    ['qmail', { text: '<wang@kehu.example>:\nuser unknown' }, null, 'wang@kehu.example', null],
    ['nothing', {}, null, null, null],
  ];
  for (const [name, given, status, recipient, about_message_id] of table)
    test(name, () => assert.deepEqual(readBounce(mailOf(given)), { status, recipient, about_message_id }));
});
