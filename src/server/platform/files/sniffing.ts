import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';

// Enough to see what a text begins with; the rest of a file is judged by its first bytes too.
const headBytes = 64 * 1024;

/** Pictures that browsers show and that are decoded here. Everything else only ever leaves as a download. */
export const shownPictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** What a file really is, by its bytes. Its name and what the sender says of it have no part in it. */
export async function sniff(path: string): Promise<string> {
  // A file made to break the parser is a file of no known kind.
  const found = await fileTypeFromFile(path).catch(() => undefined);
  if (found && found.mime !== 'application/xml') return found.mime;
  const head = await readHead(path);
  return textType(head) ?? found?.mime ?? 'application/octet-stream';
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function textType(head: Buffer): string | null {
  const text = decode(head);
  if (text === null) return null;
  if (/<svg[\s>:]/i.test(text)) return 'image/svg+xml';
  if (/^\s*<\?xml/i.test(text)) return 'application/xml';
  if (
    /<(!doctype\s+html|html|head|body|script|iframe|style|title|a\s|img\s|div|p|table|br|h1)[\s>/]/i.test(
      text,
    )
  )
    return 'text/html';
  return 'text/plain';
}

/** The text, or null for bytes that are none. Logs from Chinese Windows come in GB18030. */
function decode(head: Buffer): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      // `stream` forgives a character that the end of the head cuts in two.
      const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
      if (!/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)) return text;
    } catch {}
  }
  return null;
}
