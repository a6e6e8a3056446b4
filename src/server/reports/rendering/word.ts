import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  type Table,
  TabStopType,
  TextRun,
} from 'docx';
import type { Paper } from './paper.ts';
import type { PaperPhoto } from './paper-parts.ts';
import type { ReportPicture } from './scaling.ts';
import { coverParts, glanceParts, signatureParts, workParts } from './word-body.ts';
import {
  cell,
  colourOf,
  grid,
  headed,
  line,
  noBorders,
  pairTable,
  pictureRun,
  runs,
  soft,
  textWidth,
  tintOf,
  wordFont,
} from './word-parts.ts';
import { coreProperties } from './word-properties.ts';

type Parts = (Paragraph | Table)[];

/** The report for Word: the same paper as the PDF, in parts that people can still edit. */
export async function printWord(order: {
  paper: Paper;
  pictures: ReportPicture[];
  /** Seconds since 1970. */
  made_at: number;
}): Promise<Buffer> {
  const { paper, pictures, made_at } = order;
  const document = new Document({
    styles: { default: { document: { run: { font: wordFont, size: 19 } } } },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 1_250, bottom: 1_100, left: 1_020, right: 1_020, header: 560, footer: 480 },
          },
        },
        headers: { default: headerOf(paper), first: new Header({ children: [new Paragraph({})] }) },
        footers: { default: footerOf(paper), first: footerOf(paper) },
        children: await bodyOf(paper, pictures),
      },
    ],
  });
  return Packer.toBuffer(document, undefined, [coreProperties(paper, new Date(made_at * 1_000))]);
}

function headerOf(paper: Paper): Header {
  return new Header({
    children: [
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
        border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: 'DFE3E9', space: 4 } },
        children: [
          ...runs(paper.firm, { size: 8.5, bold: true, color: colourOf(paper.accent) }),
          ...runs(`\t${paper.title} · ${paper.number} · ${paper.version}`, { size: 8, color: soft }),
        ],
      }),
    ],
  });
}

function footerOf(paper: Paper): Footer {
  const style = { font: wordFont, size: 16, color: soft };
  const fields: Record<string, string> = { '<page>': PageNumber.CURRENT, '<pages>': PageNumber.TOTAL_PAGES };
  const page = paper.page
    .split(/(<pages?>)/)
    .map((part) => new TextRun({ ...style, children: [fields[part] ?? part] as never }));
  const firm = [paper.firm, paper.phone].filter(Boolean).join(' · ');
  return new Footer({
    children: [
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
        border: { top: { style: BorderStyle.SINGLE, size: 4, color: 'DFE3E9', space: 4 } },
        children: [
          ...runs(`${firm}\t${paper.check}   `, { size: 8, color: soft }),
          ...page,
        ] as ParagraphChild[],
      }),
    ],
  });
}

async function bodyOf(paper: Paper, pictures: ReportPicture[]): Promise<Parts> {
  let count = 0;
  const section = (name: string, parts: Parts): Parts => {
    if (parts.length === 0) return [];
    count += 1;
    return [heading(`${count}  ${paper.sections[name]}`, paper), ...parts];
  };
  const said = ({ pairs, confirmed, read }: Paper['goal']): Parts => {
    if (pairs.length === 0) return [];
    return [...pairTable(pairs), stamp(confirmed, paper), ...pairTable(read)];
  };
  return [
    ...coverParts(paper, pictures),
    ...glanceParts(paper),
    ...section('people', peopleParts(paper)),
    ...section('goal', said(paper.goal)),
    ...section('kick_off', said(paper.kick_off)),
    ...section('work', workParts(paper)),
    ...section('photos', photoParts(paper.photos, { paper, pictures, width: textWidth })),
    ...section('findings', findingParts(paper, pictures)),
    ...section('promises', promiseParts(paper)),
    ...section(
      'wrap_ups',
      paper.wrap_ups.flatMap((talk) => [
        line(runs(talk.held, { bold: true }), { before: 100, keepNext: true }),
        ...pairTable(talk.pairs),
      ]),
    ),
    ...section('signature', await signatureParts(paper)),
    line(runs(`${paper.end.version} ${paper.end.zone}`, { size: 7, color: soft }), { before: 300, after: 0 }),
    line(runs(paper.end.hash, { size: 7, color: soft })),
  ];
}

function heading(text: string, paper: Paper): Paragraph {
  return new Paragraph({
    heading: HeadingLevel.HEADING_1,
    keepNext: true,
    spacing: { before: 360, after: 140 },
    border: {
      left: { style: BorderStyle.SINGLE, size: 24, color: colourOf(paper.accent), space: 6 },
    },
    children: runs(text, { size: 13, bold: true }),
  });
}

function stamp(text: string, paper: Paper): Paragraph {
  return line(runs(text, { size: 8.5, bold: true, color: colourOf(paper.accent) }), { before: 80 });
}

function peopleParts(paper: Paper): Parts {
  const half = textWidth / 2;
  const side = ({ label, list }: Paper['people']['sides'][number]) =>
    cell({
      width: half,
      padding: 0,
      children: [
        line(runs(label, { bold: true, color: colourOf(paper.accent) })),
        ...pairTable(
          list.map(({ name, duty }) => ({ label: name, text: duty })),
          { width: half - 240, label: 1_500 },
        ),
        line([], { after: 0 }),
      ],
    });
  const { sides } = paper.people;
  return [
    grid(
      sides.map(() => half),
      [sides.map(side)],
    ),
  ];
}

type Within = { paper: Paper; pictures: ReportPicture[]; width: number };

function photoParts(photos: PaperPhoto[], { paper, pictures, width }: Within): Parts {
  if (photos.length === 0) return [];
  const half = Math.floor(width / 2);
  const frame = (photo: PaperPhoto | undefined) =>
    cell({ width: half, children: photo ? [shown(photo), caption(photo)] : [line([])] });
  const shown = (photo: PaperPhoto) => {
    const picture = pictures.find(({ name }) => name === photo.file_id);
    const content = picture
      ? [pictureRun(picture, { width: (half / 1_440) * 25.4 - 4, height: 54 })]
      : runs(paper.photo_missing, { color: soft });
    return new Paragraph({
      alignment: AlignmentType.CENTER,
      keepNext: true,
      spacing: { after: 40 },
      children: content,
    });
  };
  const caption = (photo: PaperPhoto) =>
    line([
      ...runs(`${photo.label}  `, { size: 8.5, bold: true, color: colourOf(paper.accent) }),
      ...runs(photo.caption, { size: 8.5 }),
    ]);
  const rows = [];
  for (let at = 0; at < photos.length; at += 2) rows.push([frame(photos[at]), frame(photos[at + 1])]);
  return [grid([half, half], rows, { whole: true })];
}

function findingParts(paper: Paper, pictures: ReportPicture[]): Parts {
  const width = textWidth - 100;
  return paper.findings.flatMap((finding) => {
    const tone = colourOf(finding.tone);
    const bar = { style: BorderStyle.SINGLE, size: 24, color: tone };
    return [
      line([], { after: 0, keepNext: true }),
      grid(
        [width],
        [
          [
            cell({
              width,
              padding: 160,
              borders: { ...noBorders, left: bar },
              children: [
                line([
                  ...runs(`${finding.n}  `, { size: 8.5, bold: true, color: soft }),
                  ...runs(`${finding.risk}  `, { size: 8.5, bold: true, color: tone }),
                  ...runs(finding.heard, { size: 8, color: finding.is_new ? '9A5B00' : soft }),
                ]),
                line(runs(finding.what, { size: 10.5, bold: true })),
                ...pairTable(finding.pairs, { width: width - 360, label: 1_400 }),
                line([], { after: 0 }),
              ],
            }),
          ],
        ],
      ),
      // Word joins tables that touch.
      line([], { after: 0 }),
      ...photoParts(finding.photos, { paper, pictures, width }),
    ];
  });
}

function promiseParts(paper: Paper): Parts {
  const { promises } = paper;
  if (promises.list.length === 0) return [];
  return [
    headed({
      widths: [4_766, 1_600, 2_300, 1_200],
      head: [promises.words, promises.to, promises.due, promises.state],
      fill: tintOf(paper.accent, 0.06),
      rows: promises.list.map((promise) => [
        [line(runs(promise.words))],
        [line(runs(promise.to))],
        [line(runs(promise.due))],
        [
          line(
            runs(promise.state, {
              bold: promise.is_open,
              color: promise.is_open ? colourOf(paper.accent) : soft,
            }),
          ),
        ],
      ]),
    }),
  ];
}
