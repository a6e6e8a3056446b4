const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** Relative luminance of `#rrggbb` by WCAG 2, 0 to 1. */
function luminance(hex: string): number {
  const [r, g, b] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// 4.5 : 1 against white paper.
const darkest = 1.05 / 4.5 - 0.05;

/** The firm's colour, dark enough to be read as text on white and as ground under white text. */
export function inkOf(accent: string): string {
  let ink = /^#[0-9a-f]{6}$/i.test(accent) ? accent.toLowerCase() : '#1f6feb';
  while (luminance(ink) > darkest)
    ink = `#${channels(ink)
      .map((value) =>
        Math.floor(value * 0.92)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`;
  return ink;
}
