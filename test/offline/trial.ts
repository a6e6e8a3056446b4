import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Figure, Played } from './figure.ts';
import { playSeed } from './play-seed.ts';
import { prepareStages } from './stage.ts';

const help = `npm run offline-trial -- --seed N --runs M [--resume FILE] [--side-by-side K]

Plays M runs, seeds N to N+M-1. In each, two phones and a dispatcher work on one visit, with 60 acts and 10 photos or more:
the phones through the real screens in real Chromium profiles, behind wires that are cut, slow and lying; the dispatcher
through the server's doors. Browsers are killed while they write, the server is killed, answers are lost after the commit, sessions expire, permission is
withdrawn, clocks are wrong. Afterwards every act that a screen confirmed must stand exactly once.

  --seed N       the first seed (1)
  --runs M       how many seeds (1)
  --resume FILE  appends each line to FILE, and leaves out the seeds that stand there without complaints
  --side-by-side K
                 K runs at a time, each with a server, a database and browsers of its own (1): each takes longer, all
                 together less; lines come as runs end
  --say          tells on standard error what is done, step by step
  --help         this text

Prints one JSON line a run:
  {"figure":"offline.trial","seed":…,"operations":…,"photos":…,"kills":…,"lost":0,"doubled":0,
   "conflicts_shown":…,"refused_shown":…,"clocks_wrong":0,…}
seconds: of the run; the sample company that all runs begin with is filled once before them. operations: acts at screens
and by the dispatcher; kills: of browsers and of the server; clocks_wrong: acts whose time on
the server is more than 30 s from when they were done. What is wrong stands in "complaints", act by act, and on standard
error; a run that breaks off has a line, too.
DATABASE: a throw-away PostgreSQL is started; TEST_POSTGRES_URL names another.
Exit code: 0 all well, 1 something was lost, doubled, hidden or wrong, 64 wrong options.`;

const options = readOptions();
const done = seedsIn(options.resume);
const all = Array.from({ length: options.runs }, (_, index) => options.seed + index);
const waiting = all.filter((seed) => !done.has(seed));
let wrong = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
if (waiting.length > 0) await prepareStages();
await Promise.all(Array.from({ length: options.sideBySide }, playNext));
process.exit(wrong > 0 ? 1 : 0);

async function playNext(): Promise<void> {
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
    const of = `seed ${seed}: `;
    const tell = options.say ? (said: string) => console.error(of + said) : () => {};
    const line = await playSeed(seed, tell).then(lineOf, (error): Line => {
      console.error(of, error);
      return { figure: 'offline.trial', seed, complaints: [`it broke off: ${(error as Error).message}`] };
    });
    console.log(JSON.stringify(line));
    for (const complaint of line.complaints ?? []) console.error(of + complaint);
    if (line.complaints) wrong += 1;
    if (options.resume) appendFileSync(options.resume, `${JSON.stringify(line)}\n`);
  }
}

/** A run as it is printed and written down; `complaints` only where there were any. */
type Line = (Figure | Pick<Figure, 'figure' | 'seed'>) & { complaints?: string[] };

function lineOf({ figure, complaints }: Played): Line {
  return complaints.length === 0 ? figure : { ...figure, complaints };
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string', default: '1' },
        runs: { type: 'string', default: '1' },
        resume: { type: 'string' },
        'side-by-side': { type: 'string', default: '1' },
        say: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      console.log(help);
      process.exit(0);
    }
    const numbers = [values.seed, values.runs, values['side-by-side']].map(Number);
    const [seed, runs, sideBySide] = numbers as [number, number, number];
    if (!numbers.every(Number.isInteger) || seed < 0 || runs < 1 || sideBySide < 1)
      throw new Error('--seed, --runs and --side-by-side are whole numbers');
    return { seed, runs, sideBySide, resume: values.resume, say: values.say };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return process.exit(64);
  }
}

/** Of what is written down, the seeds that were played without a complaint: the others are played again, and both lines stay. */
function seedsIn(file: string | undefined): Set<number> {
  if (!file || !existsSync(file)) return new Set();
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const well = lines.map((line) => JSON.parse(line) as Line).filter(({ complaints }) => !complaints);
  return new Set(well.map(({ seed }) => seed));
}
