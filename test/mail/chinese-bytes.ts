const tables = new Map<string, Map<string, Buffer>>();

/** Node decodes these charsets and does not encode them: the table is made by decoding every pair of bytes. */
function tableOf(charset: 'gb18030' | 'big5'): Map<string, Buffer> {
  const known = tables.get(charset);
  if (known) return known;
  const table = new Map<string, Buffer>();
  const decoder = new TextDecoder(charset);
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const pair = Buffer.from([lead, trail]);
      const text = decoder.decode(pair);
      if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, pair);
    }
  tables.set(charset, table);
  return table;
}

export function encodeChinese(text: string, charset: 'gb18030' | 'big5'): Buffer {
  const table = tableOf(charset);
  return Buffer.concat(
    [...text].map((char) => {
      if (char < '\u0080') return Buffer.from(char);
      const pair = table.get(char);
      if (!pair) throw new Error(`${charset} has no ${char}`);
      return pair;
    }),
  );
}
