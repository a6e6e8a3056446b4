/** Packs a winmail.dat as Outlook does (MS-OXTNEF): enough of it for what is read. */
export function makeTnef(mail: { html: string; attachments: { filename: string; bytes: Buffer }[] }): Buffer {
  const attributes = [
    attribute(1, 0x00069007, Buffer.concat([uint32(65_001), uint32(0)])),
    attribute(1, 0x00069003, properties([bytesProperty(0x1013_0102, Buffer.from(mail.html))])),
    ...mail.attachments.flatMap(({ filename, bytes }) => [
      attribute(2, 0x00069002, Buffer.alloc(14)),
      attribute(2, 0x00018010, Buffer.from('SHORT~1.TXT\0')),
      attribute(2, 0x0006800f, bytes),
      attribute(
        2,
        0x00069005,
        properties([
          Buffer.concat([tag(0x3705_0003), uint32(1)]),
          bytesProperty(0x3707_001f, Buffer.from(`${filename}\0`, 'utf16le')),
        ]),
      ),
    ]),
  ];
  return Buffer.concat([uint32(0x223e9f78), Buffer.from([1, 0]), ...attributes]);
}

function attribute(level: number, id: number, data: Buffer): Buffer {
  const sum = data.reduce((total, byte) => (total + byte) & 0xffff, 0);
  const checksum = Buffer.alloc(2);
  checksum.writeUInt16LE(sum);
  return Buffer.concat([Buffer.from([level]), uint32(id), uint32(data.length), data, checksum]);
}

function properties(list: Buffer[]): Buffer {
  return Buffer.concat([uint32(list.length), ...list]);
}

/** A property of variable length: one value, padded to four bytes. */
function bytesProperty(id: number, value: Buffer): Buffer {
  return Buffer.concat([
    tag(id),
    uint32(1),
    uint32(value.length),
    value,
    Buffer.alloc((4 - (value.length % 4)) % 4),
  ]);
}

/** The type stands in the lower half, and goes first. */
function tag(id: number): Buffer {
  return uint32(id);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
