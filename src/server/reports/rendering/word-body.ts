import { BorderStyle, Paragraph, type Table } from 'docx';
import sharp from 'sharp';
import type { Paper } from './paper.ts';
import type { ReportPicture } from './scaling.ts';
import {
  cell,
  colourOf,
  grid,
  headed,
  line,
  pairTable,
  pictureRun,
  runs,
  soft,
  textWidth,
  tintOf,
} from './word-parts.ts';

type Parts = (Paragraph | Table)[];

/** Logo or name, title, and what it is about. */
export function coverParts(paper: Paper, pictures: ReportPicture[]): Parts {
  const accent = colourOf(paper.accent);
  const logo = pictures.find(({ name }) => name === 'logo');
  const half = textWidth / 2;
  const third = Math.floor(textWidth / 3);
  const facts = paper.cover.map((fact) =>
    cell({
      width: third,
      padding: 0,
      right: 120,
      children: [
        line(runs(fact.label, { size: 8, color: soft }), { after: 0 }),
        line(runs(fact.text, { size: 10 })),
      ],
    }),
  );
  while (facts.length % 3 !== 0) facts.push(cell({ width: third, children: [line([])] }));
  const rows = Array.from({ length: facts.length / 3 }, (_, row) => facts.slice(row * 3, row * 3 + 3));
  return [
    grid(
      [half, half],
      [
        [
          cell({
            width: half,
            padding: 0,
            children: [
              line(
                logo
                  ? [pictureRun(logo, { width: 70, height: 13 })]
                  : runs(paper.firm, { size: 15, bold: true, color: accent }),
              ),
            ],
          }),
          cell({
            width: half,
            padding: 0,
            children: [
              new Paragraph({
                alignment: 'right',
                children: [
                  ...(logo ? runs(`${paper.firm}\n`, { size: 10, bold: true }) : []),
                  ...runs(`${paper.number} · ${paper.version}`, { size: 8, color: soft }),
                ],
              }),
            ],
          }),
        ],
      ],
    ),
    new Paragraph({
      border: { bottom: { style: BorderStyle.SINGLE, size: 18, color: accent } },
      spacing: { after: 240 },
      children: [],
    }),
    line(runs(`${paper.title} · ${paper.kind}`, { size: 10, bold: true, color: accent }), { after: 40 }),
    line(runs(paper.headline, { size: 20, bold: true }), { after: 200 }),
    grid([third, third, third], rows),
  ];
}

/** The page at one glance: time as a bar, findings by risk, promises, signature, and what a leader must know. */
export function glanceParts(paper: Paper): Parts {
  const { glance } = paper;
  const third = Math.floor(textWidth / 3);
  const fill = tintOf(paper.accent, 0.06);
  const tile = (title: string, words: ReturnType<typeof runs>) =>
    cell({ width: third, fill, padding: 140, children: [line(runs(title, { bold: true })), line(words)] });
  const risks = glance.risks
    .filter(({ count }) => count > 0)
    .flatMap((risk) => runs(`■ ${risk.label} ${risk.count}   `, { bold: true, color: colourOf(risk.tone) }));
  // A line ends between two kinds, never within one.
  const whole = (text: string) => text.replaceAll(' ', '\u00a0');
  const legend = glance.parts.flatMap((part) => [
    ...runs('■\u00a0', { color: colourOf(part.tone) }),
    ...runs(whole(`${part.label} `)),
    ...runs(`${whole(part.words)}    `, { color: soft }),
  ]);
  return [
    line([...runs(`${glance.time}    `, { bold: true }), ...runs(glance.total, { color: soft })], {
      before: 280,
      keepNext: true,
    }),
    ...timeBar(paper),
    line(legend, { before: 80, after: 160 }),
    grid(
      [third, third, third],
      [
        [
          tile(glance.findings, risks),
          tile(glance.promises, runs([glance.owed, glance.due].filter(Boolean).join('\n'), { color: soft })),
          tile(
            glance.signed,
            runs([glance.signed_by, glance.signed_at].filter(Boolean).join('\n'), { color: soft }),
          ),
        ],
      ],
    ),
    ...(paper.summary.pairs.length > 0
      ? [
          line(runs(paper.summary.title, { size: 11, bold: true }), { before: 280, keepNext: true }),
          ...pairTable(paper.summary.pairs, { label: 2_400 }),
        ]
      : []),
  ];
}

function timeBar({ glance }: Paper): Parts {
  const total = glance.parts.reduce((sum, { minutes }) => sum + minutes, 0);
  if (total === 0) return [];
  // A kind of a few minutes still shows as a sliver.
  const widths = glance.parts.map(({ minutes }) =>
    Math.max(60, Math.floor((minutes / total) * (textWidth - 60 * glance.parts.length))),
  );
  const bar = glance.parts.map(({ tone }, at) =>
    cell({
      width: widths[at] as number,
      fill: colourOf(tone),
      padding: 0,
      children: [line([], { after: 0 })],
    }),
  );
  return [grid(widths, [bar], { height: 300 })];
}

/** Day by day, line by line. */
export function workParts({ work, accent }: Paper): Parts {
  if (work.days.length === 0) return [line(runs(work.none, { color: soft }))];
  return work.days.flatMap(({ day, lines }) => [
    line(runs(day, { bold: true }), { before: 120, keepNext: true }),
    headed({
      widths: [1_400, 1_700, 5_366, 1_400],
      head: [work.time, work.kind, work.what, work.minutes],
      fill: tintOf(accent, 0.06),
      rows: lines.map((entry) => [
        [line(runs([entry.from, entry.to].filter(Boolean).join('–')))],
        [line([...runs('■ ', { color: colourOf(entry.tone) }), ...runs(entry.kind)])],
        [
          ...(entry.text.trim() ? [line(runs(entry.text))] : []),
          ...(entry.waiting ? [line(runs(entry.waiting, { color: soft }))] : []),
          ...(entry.photos ? [line(runs(entry.photos, { size: 8.5, color: colourOf(accent) }))] : []),
          ...(entry.text.trim() || entry.waiting || entry.photos ? [] : [line([])]),
        ],
        [line(runs(entry.minutes))],
      ]),
    }),
  ]);
}

/** Each signature as it was drawn; where there is none, room for pen and stamp. */
export async function signatureParts({ signature }: Paper): Promise<Parts> {
  const { labels } = signature;
  const parts: Parts = [];
  for (const signed of signature.list) {
    const drawn = await drawStrokes(signed.strokes);
    const [left, right, stamp] = [4_000, textWidth - 6_000, 2_000];
    parts.push(
      grid(
        [left, right, stamp],
        [
          [
            cell({
              width: left,
              borders: frame,
              children: [line([pictureRun(drawn, { width: 64, height: 26 })])],
            }),
            cell({
              width: right,
              padding: 200,
              children: [
                ...pairTable(
                  [
                    { label: labels.name, text: signed.name },
                    { label: labels.role, text: signed.role },
                    { label: labels.at, text: signed.at },
                  ],
                  { width: right - 400, label: 1_200 },
                ),
                line([]),
              ],
            }),
            cell({
              width: stamp,
              borders: frame,
              children: [line(runs(labels.stamp, { size: 8, color: soft }))],
            }),
          ],
        ],
        { whole: true },
      ),
      line(runs(`${labels.hash}: ${signed.hash}`, { size: 7.5, color: soft }), { before: 100, after: 20 }),
      line(runs(signed.shown, { size: 8, color: soft }), { after: 160 }),
    );
    if (signed.read.length > 0)
      parts.push(
        line(runs(labels.read, { bold: true }), { keepNext: true }),
        ...pairTable(signed.read),
        apart(),
      );
  }
  if (signature.list.length === 0) parts.push(...roomToSign(labels));
  parts.push(line(runs(labels.note, { size: 8, color: soft }), { before: 120 }));
  return parts;
}

// Word joins tables that touch.
const apart = () => line([], { after: 0 });

const dashed = { style: BorderStyle.DASHED, size: 6, color: 'B9C1CC' };
const frame = { top: dashed, bottom: dashed, left: dashed, right: dashed } as never;

function roomToSign(labels: Paper['signature']['labels']): Parts {
  const third = Math.floor(textWidth / 3);
  const names = [labels.paper_name, labels.paper_role, labels.paper_date];
  return [
    line(runs(labels.paper, { size: 8, color: soft }), { keepNext: true }),
    grid([textWidth], [[cell({ width: textWidth, borders: frame, children: [line([])] })]], {
      height: 1_500,
    }),
    line([], { after: 0 }),
    grid(
      [third, third, third],
      [
        names.map((name) =>
          cell({
            width: third,
            children: [line(runs(`${name}:`, { size: 8.5, color: soft }), { before: 160 })],
          }),
        ),
      ],
    ),
  ];
}

async function drawStrokes(strokes: number[][]) {
  const paths = strokes.map((stroke) => {
    const points = stroke.flatMap((x, at) => (at % 2 === 0 ? [`${x},${stroke[at + 1] ?? 0}`] : []));
    return `<polyline points="${points.length === 1 ? `${points} ${points}` : points.join(' ')}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="400" viewBox="0 0 1000 400"
    fill="none" stroke="#14213d" stroke-width="16" stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</svg>`;
  const bytes = await sharp(Buffer.from(svg)).png().toBuffer();
  return { bytes, ending: 'png' as const, width: 1_000, height: 400 };
}
