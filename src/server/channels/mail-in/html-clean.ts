import sanitizeHtml from 'sanitize-html';

// A program's longest thread of quotes nests a few hundred deep; what is beyond is meant to stall parsers.
const deepest = 400;
const implied = new Set(['p', 'li', 'td', 'th', 'tr', 'dt', 'dd', 'option']);
const empty = new Set([
  'br',
  'hr',
  'img',
  'meta',
  'link',
  'input',
  'col',
  'area',
  'base',
  'wbr',
  'source',
  'embed',
]);

/** Whether tags nest so deep that parsing them costs more than their length. Linear, and rough: nothing is parsed here. */
export function nestsTooDeep(html: string): boolean {
  const open: string[] = [];
  for (const found of html.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9:]{0,30})/g)) {
    const tag = (found[2] as string).toLowerCase();
    if (found[1] === '/') {
      const at = open.lastIndexOf(tag);
      if (at >= 0) open.length = at;
    } else if (!empty.has(tag) && !(implied.has(tag) && open.at(-1) === tag)) {
      open.push(tag);
      if (open.length > deepest) return true;
    }
  }
  return false;
}

const rules: sanitizeHtml.IOptions = {
  allowedTags: [
    ...[
      'p',
      'div',
      'span',
      'br',
      'hr',
      'h1',
      'h2',
      'h3',
      'h4',
      'h5',
      'h6',
      'blockquote',
      'pre',
      'code',
      'center',
    ],
    ...[
      'b',
      'strong',
      'i',
      'em',
      'u',
      's',
      'strike',
      'del',
      'ins',
      'sub',
      'sup',
      'small',
      'big',
      'font',
      'mark',
      'tt',
    ],
    ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'a', 'img', 'caption', 'colgroup', 'col'],
    ...['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th'],
  ],
  allowedAttributes: {
    a: ['href', 'title', 'rel', 'target'],
    // No address on the network: a picture that is fetched tells its sender who read the mail, and when.
    img: ['src', 'alt', 'title', 'width', 'height'],
    td: ['colspan', 'rowspan', 'align', 'valign'],
    th: ['colspan', 'rowspan', 'align', 'valign'],
    font: ['color'],
    ol: ['start', 'type'],
    '*': ['dir', 'lang'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['cid', 'data'] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'template', 'xml'],
  parseStyleAttributes: false,
  nestingLimit: deepest,
  transformTags: {
    a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer nofollow', target: '_blank' }),
  },
};

/** HTML that may be shown within a page: known tags and attributes alone, nothing that runs, loads or covers. */
export function cleanHtml(html: string): string {
  return sanitizeHtml(html, rules).trim();
}
