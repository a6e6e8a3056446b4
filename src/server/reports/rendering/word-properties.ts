import type { Paper } from './paper.ts';

/**
 * What an office program shows of the file itself: by the firm, when the version was made. The library knows no time but
 * that of printing, and names nobody as the last who changed it; so it is written here.
 */
export function coreProperties(paper: Paper, madeAt: Date): { path: string; data: string } {
  const firm = escaped(paper.firm);
  const time = (name: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${madeAt.toISOString().slice(0, 19)}Z</dcterms:${name}>`;
  const data = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escaped(`${paper.title} ${paper.number}`)}</dc:title>`,
    `<dc:creator>${firm}</dc:creator><cp:lastModifiedBy>${firm}</cp:lastModifiedBy>`,
    `<cp:revision>1</cp:revision>${time('created')}${time('modified')}`,
    '</cp:coreProperties>',
  ].join('');
  return { path: 'docProps/core.xml', data };
}

/** As XML text; control signs, which XML cannot hold, are left out. */
function escaped(text: string): string {
  const held = [...text].filter((sign) => sign >= ' ').join('');
  return held.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
