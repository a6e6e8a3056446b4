import type { Network } from './cutting-proxy.ts';
import { randomFrom } from './random-acts.ts';

export const deedKinds = [
  'log',
  'log',
  'find',
  'promise',
  'note',
  'edit_log',
  'edit_finding',
  'edit_kick_off',
  'edit_kick_off',
] as const;
export type DeedKind = (typeof deedKinds)[number];
export const kickOffParts = ['need', 'plan', 'cautions'] as const;
export type KickOffPart = (typeof kickOffParts)[number];

/** What happens to a phone before or while it does something. */
export type Trouble = {
  network: Network | null;
  /** Answers to its writes that it will not hear. */
  answersToLose: number;
  /** `while_writing`: so many ms after the tap on save. `after_saved`: at once when the screen says that it is saved. */
  kill: { when: 'while_writing'; afterMs: number } | { when: 'after_saved' } | null;
  /** The page is loaded anew first. */
  reload: boolean;
};
export type Step = { kind: DeedKind; part: KickOffPart; photo: boolean; trouble: Trouble };

/** What a colleague at the desk does between the steps of the phones. */
export type DeskStep = {
  kind: 'edit_kick_off' | 'edit_log' | 'note' | 'settle';
  part: KickOffPart;
  pauseMs: number;
};

export type Plan = {
  /** `same`: one engineer with two devices. `handover`: the second phone is a colleague's, who gets the visit in the middle. */
  cast: 'same' | 'handover';
  clocksOffMs: [number, number];
  steps: [Step[], Step[]];
  desk: DeskStep[];
  /** Before which of the first phone's steps: the server is killed, the session ends, permission goes and comes back. */
  serverKillsAt: number[];
  sessionEndsAt: number;
  withdrawnAt: number | null;
  givenBackAt: number | null;
  handoverAt: number | null;
};

const firstSteps = 27;
const secondSteps = 27;
// Once the visit is the colleague's, the first phone can do no more.
const colleaguesSteps = 34;
const deskSteps = 22;
const photos = 10;

/** All that is random in a run, decided before it begins: the same seed is the same run, apart from the machine's own pace. */
export function planOf(seed: number): Plan {
  const random = randomFrom(seed);
  const isHandover = seed % 3 === 0;
  const isWithdrawn = seed % 4 === 1;
  // Without permission some steps can't be taken.
  const more = isWithdrawn ? 12 : 0;
  const steps: [Step[], Step[]] = [
    stepsOf(firstSteps + more, random),
    stepsOf((isHandover ? colleaguesSteps : secondSteps) + more, random),
  ];
  // Not what the first phone may come too late for.
  const carriers = [...steps[0].slice(0, 8), ...steps[1]];
  for (let count = 0; count < photos + more / 2; count += 1) {
    const free = carriers.filter(({ photo }) => !photo);
    const fit = free.filter(({ kind }) => kind === 'log' || kind === 'find');
    const step = random.pick(fit.length > 0 ? fit : free);
    step.photo = true;
    if (step.kind !== 'find') step.kind = 'log';
  }
  const withdrawn = isWithdrawn ? 6 + random.below(8) : null;
  return {
    cast: isHandover ? 'handover' : 'same',
    clocksOffMs: random.pick([
      [-2 * 86_400_000, 3 * 3_600_000],
      [3 * 3_600_000, 0],
      [0, -2 * 86_400_000],
    ]),
    steps,
    desk: Array.from({ length: deskSteps }, () => ({
      kind: random.pick(['edit_kick_off', 'edit_kick_off', 'edit_log', 'note', 'settle'] as const),
      part: random.pick(kickOffParts),
      pauseMs: 500 + random.below(2_000),
    })),
    serverKillsAt: [4 + random.below(6), 14 + random.below(6)],
    sessionEndsAt: 8 + random.below(10),
    withdrawnAt: withdrawn,
    givenBackAt: withdrawn === null ? null : withdrawn + 4,
    handoverAt: isHandover ? 8 + random.below(3) : null,
  };
}

type Random = ReturnType<typeof randomFrom>;

function stepsOf(count: number, random: Random): Step[] {
  const killsAt = new Set([3 + random.below(5), 9 + random.below(5), 15 + random.below(4)]);
  return Array.from({ length: count }, (_, index) => ({
    // The first makes something, so that there is something to edit.
    kind: index === 0 ? 'log' : index === 1 ? 'find' : random.pick(deedKinds),
    part: random.pick(kickOffParts),
    photo: false,
    trouble: {
      network: random.maybe(0.3) ? networkOf(random) : null,
      answersToLose: random.maybe(0.2) ? 1 + random.below(2) : 0,
      kill: killsAt.has(index) ? killOf(random) : null,
      reload: random.maybe(0.04),
    },
  }));
}

function networkOf(random: Random): Network {
  const is = random.pick(['open', 'open', 'slow', 'refused', 'silent', 'lying'] as const);
  return is === 'slow' ? { is, kbitPerSecond: random.pick([64, 200, 800]) } : { is };
}

function killOf(random: Random): Trouble['kill'] {
  return random.maybe(0.5) ? { when: 'while_writing', afterMs: random.below(120) } : { when: 'after_saved' };
}
