// Control characters, and the ones that turn or hide text: they make `gpj.exe` read as `exe.jpg`.
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

const longest = 255;

/**
 * The name under which a file is shown and saved: no folders, no control or direction characters, no dots or
 * blanks at its ends, at most 255 UTF-16 units with its ending kept.
 */
export function cleanFileName(given: string | undefined): string {
  const last = (given ?? '').toWellFormed().normalize('NFC').split(/[\\/]/).at(-1) as string;
  const clean = last
    .replace(unseen, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (clean === '') return 'file';
  if (clean.length <= longest) return clean;
  const ending = /\.[\p{L}\p{N}]{1,16}$/u.exec(clean)?.[0] ?? '';
  return (
    clean
      .slice(0, longest - ending.length)
      .toWellFormed()
      .replace(/\ufffd$/, '') + ending
  );
}

/** `Content-Disposition` with the name in plain ASCII for old readers and exactly as it is (RFC 5987) for others. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
