/** `element`: the element is a quote. `onwards`: it and all behind it. `signature`: it is a signature. */
export type HtmlMark = 'element' | 'onwards' | 'signature';

type Rule = { mark: HtmlMark; tag?: string; id?: RegExp; class?: RegExp };

// Only what mail programs set by themselves; a plain blockquote is counted as depth, like `>`.
const rules: Rule[] = [
  // Gmail: answers between the quoted lines stand within its div.gmail_quote, so that is no mark.
  { mark: 'element', tag: 'blockquote', class: /(?:^| )gmail_quote(?: |$)/ },
  { mark: 'element', tag: 'div', class: /(?:^| )gmail_attr(?: |$)/ },
  { mark: 'signature', class: /(?:^| )gmail_signature(?:_prefix)?(?: |$)/ },
  // Outlook on the web and on phones, Outlook for Mac.
  { mark: 'onwards', tag: 'div', id: /^(?:x_)*(?:divRplyFwdMsg|appendonsend)$/ },
  { mark: 'element', tag: 'div', id: /^(?:x_)*mail-editor-reference-message-container$/ },
  { mark: 'element', tag: 'div', class: /(?:^| )ms-outlook-mobile-reference-message(?: |$)/ },
  { mark: 'signature', tag: 'div', id: /^(?:x_)*ms-outlook-mobile-signature$/ },
  { mark: 'element', tag: 'span', id: /^(?:x_)*OLK_SRC_BODY_SECTION$/ },
  // 163.
  { mark: 'element', id: /^isReplyContent$/ },
  // DingTalk, Aliyun.
  { mark: 'element', class: /(?:^| )__aliyun_previous_history_wrap(?: |$)/ },
  // QQ Mail and WeCom mail.
  { mark: 'onwards', class: /(?:^| )xm_mail_oringinal_describe(?: |$)/ },
  { mark: 'signature', tag: 'div', id: /^QQMailSignature$/ },
  { mark: 'signature', class: /(?:^| )xmail_sign(?: |$)/ },
  // Thunderbird, Yahoo, Proton, Feishu.
  { mark: 'element', tag: 'div', class: /(?:^| )moz-cite-prefix(?: |$)/ },
  { mark: 'signature', class: /(?:^| )moz-signature(?: |$)/ },
  { mark: 'element', class: /(?:^| )(?:yahoo_quoted|protonmail_quote|history-quote-wrapper)(?: |$)/ },
];

/** What an element says about the text in it, or null. Attributes are cut before they are looked at. */
export function htmlMarkOf(tag: string, attributes: Readonly<Record<string, string>>): HtmlMark | null {
  const id = attributes.id?.slice(0, 100) ?? '';
  const classes = attributes.class?.slice(0, 200) ?? '';
  if (tag === 'blockquote' && attributes.type === 'cite') return 'element';
  if (id === '' && classes === '') return null;
  const found = rules.find(
    (rule) =>
      (rule.tag === undefined || rule.tag === tag) && (rule.id?.test(id) || rule.class?.test(classes)),
  );
  return found?.mark ?? null;
}
