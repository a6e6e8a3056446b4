import { parentPort } from 'node:worker_threads';
import type { OwnDesk } from '#domain/channels/own-mail.ts';
import type { ReceivedMail } from '#domain/channels/received-mail.ts';
import { readMail } from './read-mail.ts';

export type ReadOrder = {
  n: number;
  raw: Uint8Array;
  desk: OwnDesk;
  /** Of how many attachments the bytes are wanted, and how large one may be. */
  enclose: { most: number; most_bytes: number };
};
export type ReadAnswer = { n: number; mail: ReceivedMail; enclosed: { index: number; bytes: Uint8Array }[] };

parentPort?.on('message', ({ n, raw, desk, enclose }: ReadOrder) => {
  const { mail, attachmentBytes } = readMail(raw, desk);
  const wanted = mail.attachments
    .map(({ size }, index) => ({ size, index }))
    .filter(({ size }) => size > 0 && size <= enclose.most_bytes)
    .slice(0, enclose.most);
  // Copies of their own: a view into the raw mail cannot be handed over to another thread.
  const enclosed = wanted.map(({ index }) => ({ index, bytes: Uint8Array.from(attachmentBytes(index)) }));
  const answer: ReadAnswer = { n, mail, enclosed };
  parentPort?.postMessage(
    answer,
    enclosed.map(({ bytes }) => bytes.buffer as ArrayBuffer),
  );
});
