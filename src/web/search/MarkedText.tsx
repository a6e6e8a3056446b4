import type { Marked } from '#domain/search/highlighting.ts';
import style from './search.module.css';

/** A text with what was found in it set off. */
export function MarkedText({ text, marks }: Marked) {
  const pieces = marks.flatMap(([start, end], index) => [
    text.slice(marks[index - 1]?.[1] ?? 0, start),
    <mark key={start} className={style.mark}>
      {text.slice(start, end)}
    </mark>,
  ]);
  return (
    <>
      {pieces}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  );
}
