/** What mail programs put before a subject when one answers or passes on. */
const before =
  /^\s*(?:(?:re|aw|sv|antw|fwd?|wg|tr|回复|回覆|答复|答覆|转发|轉寄|转寄|自动回复)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]|\[#\d{1,12}\]|\[ref:[a-z2-9]{24}\])\s*/i;
const numberMark = /\[#(\d{1,12})\]/;
const marks = /\s*\[(?:#\d{1,12}|ref:[a-z2-9]{24})\]\s*/gi;
// A subject of more answers than this is nobody's writing.
const mostAnswers = 40;

/** A subject without “Re:”, “转发：” and our own marks: what it was when somebody thought of it. At most 200 characters. */
export function plainSubject(subject: string): string {
  let rest = subject.slice(0, 1_000);
  for (let round = 0; round < mostAnswers && before.test(rest); round += 1) rest = rest.replace(before, '');
  const plain = rest.replace(marks, ' ').replace(/\s+/g, ' ').trim();
  return [...plain]
    .slice(0, 200)
    .join('')
    .slice(0, 200)
    .toWellFormed()
    .replace(/\ufffd$/, '');
}

/** The ticket's number that a subject claims, `[#1043]`: a hint and no proof, anybody can write it. */
export function numberInSubject(subject: string): number | null {
  const digits = numberMark.exec(subject.slice(0, 1_000))?.[1];
  return digits ? Number(digits) : null;
}

/** The subject that all our mails of a thread bear, so that mail programs keep them together. */
export function threadSubject(subject: string, number: number): string {
  return `Re: ${subject} [#${number}]`;
}
