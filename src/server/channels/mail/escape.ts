const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] as string);
}

/** Black or white, whichever reads better on a colour `#rrggbb` (WCAG relative luminance). */
export function readableOn(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Contrast with white is 1.05 / (l + 0.05), with black (l + 0.05) / 0.05; they meet at 0.179.
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
