import type { MantineColorsTuple } from '@mantine/core';

type Rgb = [number, number, number];

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb =>
  from.map((part, index) => Math.round(part + (to[index]! - part) * share)) as Rgb;
const hex = (rgb: Rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
// White text on the button and the colour as a link on white both need 4.5 : 1 (WCAG AA).
const leastContrast = 4.6;

/**
 * Ten shades of a firm's own colour `#rrggbb`. The sixth, that of buttons, is darkened until white text on it can
 * be read; a firm may choose any colour and its customers can still read every word.
 */
export function shadesOf(color: string): MantineColorsTuple {
  const own = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as Rgb;
  let strong = own;
  while (1.05 / (luminance(strong) + 0.05) < leastContrast) strong = mix(strong, black, 0.06);
  const lighter = [0.93, 0.85, 0.68, 0.5, 0.36, 0.2].map((share) => hex(mix(strong, white, share)));
  const darker = [0.16, 0.32, 0.46].map((share) => hex(mix(strong, black, share)));
  return [...lighter, hex(strong), ...darker] as unknown as MantineColorsTuple;
}
