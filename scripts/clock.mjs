import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { compileCalendar } from '../src/domain/calendar/compiled-calendar.ts';
import { calendarDefinition } from '../src/domain/calendar/definition.ts';
import { dueWithSpans } from '../src/domain/calendar/working-time.ts';
import { fromMs, toMs } from '../src/domain/ground/instant.ts';
import { Refusal } from '../src/domain/ground/refusal.ts';

const help = `npm run clock -- FILE      When is it due? One answer a line.

FILE holds one JSON object a line (JSON Lines), "-" reads standard input:
  {"calendar": {"zone": "Asia/Shanghai",
                "hours": {"mon": [["09:00","12:00"],["13:30","18:00"]], "sat": [["22:00","06:00"]]},
                "off": ["2026-10-01"], "workdays": {"2026-10-10": "fri"}, "restAnyway": false},
   "from": "2026-09-30T17:00:00+08:00", "minutes": 240}
For each line it prints {"due":INSTANT,"spans":[[INSTANT,INSTANT],...]}: the earliest instant at which that many
working minutes have passed, and the working time used up until then. A line that cannot be answered prints
{"error":...,"line":N}. Empty lines are passed over.

Exit code: 0 all answered, 1 some line could not be answered, 2 FILE is missing or cannot be read.`;

const question = z.strictObject({
  calendar: calendarDefinition,
  from: z.iso.datetime({ offset: true }),
  minutes: z.number().min(0).max(20_000_000),
});

const sentences = {
  zone: 'not a time zone known here',
  time_of_day: 'not a time of day such as 09:00',
  'calendar.no_working_time': 'the calendar has no working time at all',
  'calendar.beyond_horizon': 'not due within 50 years',
  'calendar.out_of_range': 'only instants from 1900 to 2199 can be reckoned with',
};

/** Files usually ask about few calendars many times; finding the days' shifts is the dear part. */
const compiled = new Map();

function compileOnce(definition) {
  const key = JSON.stringify(definition);
  let calendar = compiled.get(key);
  if (!calendar) {
    if (compiled.size >= 200) compiled.clear();
    calendar = compileCalendar(definition);
    compiled.set(key, calendar);
  }
  return calendar;
}

function answer(line) {
  let json;
  try {
    json = JSON.parse(line);
  } catch {
    return { error: 'not a JSON object' };
  }
  const asked = question.safeParse(json);
  if (!asked.success) {
    const [issue] = asked.error.issues;
    return {
      error: [issue.path.join('.'), sentences[issue.message] ?? issue.message].filter(Boolean).join(': '),
    };
  }
  const { calendar, from, minutes } = asked.data;
  const result = dueWithSpans({ calendar: compileOnce(calendar), from: fromMs(toMs(from)), minutes });
  return result instanceof Refusal ? { error: sentences[result.code] ?? result.code } : result;
}

async function run(file) {
  const input = file === '-' ? process.stdin : createReadStream(resolve(process.env.INIT_CWD ?? '.', file));
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (text.trim() === '') continue;
    const result = answer(text);
    if ('error' in result) {
      result.line = number;
      process.exitCode = 1;
    }
    if (!process.stdout.write(`${JSON.stringify(result)}\n`)) {
      await new Promise((drained) => process.stdout.once('drain', drained));
    }
  }
}

// Piped into `head`: who reads no further is not an error.
process.stdout.on('error', () => process.exit());

const [file] = process.argv.slice(2);
if (file === '--help' || file === '-h') {
  console.log(help);
} else if (file === undefined) {
  console.error(help);
  process.exitCode = 2;
} else {
  try {
    await run(file);
  } catch (error) {
    console.error(
      `${file} cannot be read: ${error.code ?? error.message}. Give the path of a file of JSON lines.`,
    );
    process.exitCode = 2;
  }
}
