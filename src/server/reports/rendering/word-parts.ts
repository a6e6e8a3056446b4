import {
  BorderStyle,
  type IBorderOptions,
  ImageRun,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { Pair } from './paper-parts.ts';
import type { ReportPicture } from './scaling.ts';

// Letters that every office program has or finds a near one for; Word embeds none.
export const wordFont = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: 'Microsoft YaHei', cs: 'Arial' };
export const soft = '5D6878';
export const ink = '1C2430';
const hair: IBorderOptions = { style: BorderStyle.SINGLE, size: 4, color: 'DFE3E9' };
const none: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' };
export const noBorders = { top: none, bottom: none, left: none, right: none } as const;

/** Twentieths of a point between the margins of A4. */
export const textWidth = 9_866;

export const colourOf = (hex: string) => hex.replace('#', '').toUpperCase();

/** A colour mixed with white; `share` of it stays. */
export function tintOf(hex: string, share: number): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return parts
    .map((value) =>
      Math.round(value * share + 255 * (1 - share))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')
    .toUpperCase();
}

export type Style = { size?: number; bold?: boolean; color?: string };

/** What people wrote, line by line, as text runs: whatever looks like markup in it is only ever text. `size` in points. */
export function runs(text: string, style: Style = {}): TextRun[] {
  const { size = 9.5, bold = false, color = ink } = style;
  return text.split(/\r\n|\r|\n/).map(
    (line, at) =>
      new TextRun({
        text: line,
        font: wordFont,
        size: Math.round(size * 2),
        bold,
        color,
        ...(at > 0 ? { break: 1 } : {}),
      }),
  );
}

export type Spacing = { before?: number; after?: number; keepNext?: boolean };

export function line(children: (TextRun | ImageRun)[], spacing: Spacing = {}): Paragraph {
  const { before = 0, after = 60, keepNext = false } = spacing;
  // Without its rule LibreOffice takes the height for fixed: it cut pictures off and laid large letters over the line above.
  return new Paragraph({ children, spacing: { before, after, line: 288, lineRule: 'auto' }, keepNext });
}

export type Cell = {
  children: (Paragraph | Table)[];
  width: number;
  fill?: string;
  borders?: Partial<typeof noBorders>;
  padding?: number;
  /** Room to the right, where it is other than `padding`: words must not touch those of the next cell. */
  right?: number;
};

export function cell({
  children,
  width,
  fill,
  borders = {},
  padding = 70,
  right = padding,
}: Cell): TableCell {
  return new TableCell({
    children,
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.TOP,
    margins: { top: 50, bottom: 50, left: padding, right },
    borders: { ...noBorders, ...borders },
    ...(fill ? { shading: { type: ShadingType.CLEAR, fill, color: 'auto' } } : {}),
  });
}

/**
 * Rows of cells. `whole` rows go over to the next page as they are; only rows that are shorter than a page may be so, since
 * Word cuts off what a page does not hold. A head and rows of a fixed height are.
 */
export function grid(
  widths: number[],
  rows: TableCell[][],
  { header = false, whole = false, height }: { header?: boolean; whole?: boolean; height?: number } = {},
): Table {
  return new Table({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { ...noBorders, insideHorizontal: none, insideVertical: none },
    rows: rows.map(
      (children, at) =>
        new TableRow({
          children,
          ...(whole || height || (header && at === 0) ? { cantSplit: true } : {}),
          tableHeader: header && at === 0,
          ...(height ? { height: { value: height, rule: 'exact' } } : {}),
        }),
    ),
  });
}

/** A table with a tinted head that is repeated on each page. */
export function headed(table: {
  widths: number[];
  head: string[];
  rows: Paragraph[][][];
  fill: string;
}): Table {
  const { widths, head, rows, fill } = table;
  const at = (column: number) => widths[column] as number;
  return grid(
    widths,
    [
      head.map((text, column) =>
        cell({ width: at(column), fill, children: [line(runs(text, { size: 8, color: soft }))] }),
      ),
      ...rows.map((row) =>
        row.map((children, column) => cell({ width: at(column), children, borders: { bottom: hair } })),
      ),
    ],
    { header: true },
  );
}

/** Labels beside what was said; of no pairs no table. */
export function pairTable(pairs: Pair[], options: { width?: number; label?: number } = {}): Table[] {
  const { width = textWidth, label = 1_800 } = options;
  if (pairs.length === 0) return [];
  const table = grid(
    [label, width - label],
    pairs.map((pair) => [
      cell({
        width: label,
        padding: 0,
        right: 120,
        borders: { bottom: hair },
        children: [line(runs(pair.label, { color: soft }))],
      }),
      cell({ width: width - label, borders: { bottom: hair }, children: [line(runs(pair.text))] }),
    ]),
  );
  return [table];
}

/** A picture no larger than the box, in millimetres. */
export function pictureRun(
  picture: Pick<ReportPicture, 'bytes' | 'ending' | 'width' | 'height'>,
  box: { width: number; height: number },
): ImageRun {
  const pixels = { width: (box.width / 25.4) * 96, height: (box.height / 25.4) * 96 };
  const scale = Math.min(pixels.width / picture.width, pixels.height / picture.height);
  return new ImageRun({
    type: picture.ending,
    data: picture.bytes,
    transformation: {
      width: Math.max(1, Math.round(picture.width * scale)),
      height: Math.max(1, Math.round(picture.height * scale)),
    },
  });
}
