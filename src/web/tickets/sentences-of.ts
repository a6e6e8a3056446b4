/** A piece of a message: a sentence with its own ending, or the white space between two. */
export type Piece = { text: string; isSentence: boolean };

// Chinese and Latin full stops, question and exclamation marks, semicolons, and line breaks end a sentence; a dot
// inside a number or an address (3.5, pos.local) does not.
const sentence = /[^。！？；;!?\n]*?(?:[。！？；;!?]+[”』」）)]*|\.(?=\s|$)|\n|$)/gu;

/** Cuts a message into sentences so that each can be picked; joined again they are the message. */
export function sentencesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const [found] of text.matchAll(sentence)) {
    if (found !== '') pieces.push({ text: found, isSentence: /[\p{L}\p{N}]/u.test(found) });
  }
  return pieces;
}
