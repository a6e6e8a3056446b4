import { z } from 'zod';
import { instant } from '../ground/text.ts';
import { reaction, risk, workKind } from './visit.ts';

const words = z.string();
const signedText = z.object({
  number: z.number().int(),
  engineer: words,
  arrived_at: instant.nullable(),
  goal: words,
  done_when: words,
  not_today: words,
  work: z.array(
    z.object({
      kind: workKind,
      started_at: instant,
      ended_at: instant.nullable(),
      line: words,
      photos: z.number().int(),
    }),
  ),
  findings: z.array(z.object({ what: words, risk, advice: words, reaction: reaction.nullable() })),
  promises: z.array(
    z.object({ words, due_at: instant.nullable(), state: z.enum(['open', 'kept', 'declined']) }),
  ),
  wrap_up: z
    .object({
      rested_on: words,
      problems: words,
      advice: words,
      support_needed: words,
      tomorrow: words,
      reaction: words,
    })
    .optional(),
});
export type SignedText = z.output<typeof signedText>;

/** What `signingText` put into a text that somebody signed; null where it is no such text. */
export function readSignedText(text: string): SignedText | null {
  try {
    return signedText.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
