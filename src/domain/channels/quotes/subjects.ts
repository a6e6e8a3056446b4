const answers = /^\s*(?:re|回复|答复|回覆|答覆)\s*[:：]/i;
const forwards = /^\s*(?:fwd?|转发|轉寄|轉發)\s*[:：]/i;

/** Whether a subject begins as those of answers do. */
export function saysThatItAnswers(subject: string): boolean {
  return answers.test(subject.slice(0, 200));
}

/** Whether a subject begins as those of forwarded mails do; an answer to one does not. */
export function saysThatItForwards(subject: string): boolean {
  return forwards.test(subject.slice(0, 200));
}
