import { useState } from 'react';

type Props = {
  label: string;
  value: string;
  /** Midnight at the end of the day may be written 24:00. */
  isEnd?: boolean;
  onChange: (value: string) => void;
};

/**
 * A time of day on the 24-hour clock. The browser's own time field follows the language of the browser, not of the
 * page, and knows no 24:00. Takes 9, 930, 9:30, 09:30; what is no time goes back to what it was.
 */
export function TimeOfDay({ label, value, isEnd = false, onChange }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const settle = () => {
    const time = draft === null ? null : timeIn(draft, isEnd);
    setDraft(null);
    if (time && time !== value) onChange(time);
  };
  return (
    <input
      type="text"
      inputMode="numeric"
      maxLength={5}
      aria-label={label}
      aria-invalid={(draft !== null && timeIn(draft, isEnd) === null) || undefined}
      value={draft ?? value}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        settle();
      }}
    />
  );
}

function timeIn(text: string, isEnd: boolean): string | null {
  const digits = text.trim().replace('：', ':');
  const found = /^(\d{1,2}):?(\d{2})?$/.exec(
    digits.length === 3 && !digits.includes(':') ? `0${digits}` : digits,
  );
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  const isMidnight = isEnd && hour === 24 && minute === 0;
  if ((hour > 23 && !isMidnight) || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
