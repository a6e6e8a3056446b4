import { readdirSync, readFileSync } from 'node:fs';
import { rawMailOf, readCases } from './cases.ts';

/** Mails broken in the ways that programs break them, the same each time; without end. */
export function* mutated(): Generator<Buffer> {
  const folder = new URL('./', import.meta.url);
  const cases = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) => readCases(readFileSync(new URL(name, folder), 'utf8')));
  const seeds = cases.flatMap((one) => [rawMailOf(one, 'utf-8'), rawMailOf(one, 'gb18030')]);
  const random = randomFrom(4);
  for (let round = 0; ; round++) {
    let raw = seeds[round % seeds.length] as Buffer;
    for (let change = random(6); change >= 0; change--) raw = changed(raw, random);
    yield raw;
  }
}

const pieces = [
  ...[
    '\r\n',
    '\n\n',
    '\r',
    '\0',
    '--b1',
    '--b1--\r\n',
    '=?gbk?B?',
    '?=',
    '=?utf-8?Q?=',
    '"',
    '<',
    '>',
    '(',
    ';',
    ':',
  ],
  ...[
    'Content-Type: multipart/mixed; boundary=b1\r\n',
    'Content-Transfer-Encoding: quoted-printable\r\n',
    'charset=x',
  ],
  ...[
    'Content-Type: message/rfc822\r\n\r\n',
    'Content-Type: application/ms-tnef\r\n',
    "name*0*=gbk''%C4%",
    '发件人：',
  ],
  ...['Content-Type: message/delivery-status\r\n\r\n', '\ufffd\ufeff', '\r\n\r\n', '> > ', '写道：'],
].map((text) => Buffer.from(text));

function changed(raw: Buffer, random: (below: number) => number): Buffer {
  const at = random(raw.length + 1);
  const length = random(60);
  switch (random(5)) {
    case 0:
      return Buffer.concat([raw.subarray(0, at), pieces[random(pieces.length)]!, raw.subarray(at)]);
    case 1:
      return Buffer.concat([raw.subarray(0, at), raw.subarray(at + length)]);
    case 2:
      return Buffer.concat([
        raw.subarray(0, at),
        raw.subarray(random(raw.length), random(raw.length)),
        raw.subarray(at),
      ]);
    case 3:
      return raw.subarray(0, at);
    default: {
      const copy = Buffer.from(raw);
      for (let index = 0; index < 8 && raw.length > 0; index++) copy[random(raw.length)] = random(256);
      return copy;
    }
  }
}

/** mulberry32: the same numbers from the same seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
