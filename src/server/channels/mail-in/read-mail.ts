import type { OwnDesk } from '#domain/channels/own-mail.ts';
import type { ReceivedMail } from '#domain/channels/received-mail.ts';

export type ReadMail = {
  mail: ReceivedMail;
  /** The decoded bytes of `mail.attachments[index]`; decoded when asked for, so that a big mail is not in memory twice. */
  attachmentBytes: (index: number) => Uint8Array;
};

/**
 * Reads a raw mail. Never throws on account of what is in it: what cannot be read is named in `mail.problems`, in the
 * worst case (`unreadable`) of a mail that is empty but for them. Bounded in time and memory by `mailLimits`.
 */
export async function readMail(_raw: Uint8Array, _desk: OwnDesk): Promise<ReadMail> {
  throw new Error('not yet');
}
