const labels = {
  from: /^[|* ]*(?:发 ?件 ?人|发信人|寄件者|寄件人|From)[* ]*[:：|]/i,
  date: /^[|* ]*(?:发送时间|发送日期|发件时间|发件日期|发信时间|寄件日期|日 ?期|时 ?间|Sent|Date|Send Time|Sent Time)[* ]*[:：|]/i,
  to: /^[|* ]*(?:收 ?件 ?人|收件者|收信人|To)[* ]*[:：|]/i,
  subject: /^[|* ]*(?:主 ?题|主 ?旨|标 ?题|Subject)[* ]*[:：|]/i,
  other:
    /^[|* ]*(?:抄 ?送|密 ?送|副本|Cc|Bcc|重要性|Importance|附 ?件|Attachments?|回复|Reply-To)[* ]*[:：|]/i,
};

export type HeaderBlock = { lines: number; date: string };

/**
 * The block of sender, time, recipients and subject that programs put above a quote. Three of these in a row are needed,
 * the sender first: a customer may well write "发件人：…" about something else.
 */
export function headerBlockAt(lines: readonly string[], at: number): HeaderBlock | null {
  if (!labels.from.test(lines[at] ?? '')) return null;
  const found = new Set(['from']);
  let date = '';
  let last = at;
  // Long lists of recipients are wrapped; a blank line within the block is some programs' habit.
  for (let next = at + 1, strange = 0; next < lines.length && next <= at + 16 && strange < 3; next++) {
    const line = lines[next] as string;
    const label = labelOf(line);
    // A block has one sender; a list of senders is something else.
    if (label === 'from') break;
    if (!label) {
      if (line === '' && found.has('subject')) break;
      strange += 1;
      continue;
    }
    strange = 0;
    found.add(label);
    last = next;
    if (label === 'date') date = line;
  }
  const whole = found.size >= 3 && (found.has('date') || found.has('to'));
  return whole ? { lines: last - at + 1, date } : null;
}

function labelOf(line: string): string | null {
  if (!/[:：|]/.test(line)) return null;
  for (const [name, label] of Object.entries(labels)) if (label.test(line)) return name;
  return null;
}

/** The block at a line or behind at most `blanks` blank ones; `lines` counts from `at`. */
export function headerBlockAfter(
  lines: readonly string[],
  { at, blanks }: { at: number; blanks: number },
): HeaderBlock | null {
  let first = at;
  while (first < at + blanks && lines[first] === '') first += 1;
  const block = headerBlockAt(lines, first);
  return block && { ...block, lines: block.lines + first - at };
}
