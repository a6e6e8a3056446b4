import type { TFunction } from 'i18next';
import { toMs } from '#domain/ground/instant.ts';
import type { ReportFacts, ReportFinding, ReportPhoto } from '#domain/reports/report.ts';
import type { WorkKind } from '#domain/visits/visit.ts';
import type { ClockWords } from './clock-words.ts';
import { type Confirmed, confirmedOf } from './paper-confirmations.ts';

/** The facts, and who speaks of them: the language's words, clocks and durations. */
export type Speaking = {
  facts: ReportFacts;
  t: TFunction;
  clock: ClockWords;
  duration: (minutes: number) => string;
};

export type Pair = { label: string; text: string };
export type PaperPhoto = { n: number; label: string; caption: string; file_id: string };

// Greys and colours that stay apart in print; work is in the firm's own.
const tones: Record<Exclude<WorkKind, 'work'>, string> = {
  travel: '#94a3b8',
  waiting: '#d9962b',
  night: '#5b4b9a',
  verification: '#2a9d8f',
  report: '#64748b',
  out_of_contract: '#c2543b',
};
export const riskTones = { critical: '#a61b1b', high: '#d4541c', medium: '#b7860b', low: '#3f7d58' };

export function toneOf(kind: WorkKind, accent: string): string {
  return kind === 'work' ? accent : tones[kind];
}

/** What has words in it; an empty answer takes no room. */
export function filled(pairs: (Pair | null)[]): Pair[] {
  return pairs.filter((pair) => pair !== null && pair.text.trim() !== '') as Pair[];
}

export function peopleOf({ facts, t }: Speaking) {
  const { ours, theirs } = facts.people;
  const engineer = { name: facts.visit.engineer, duty: t('people.engineer') };
  const contact = facts.interface_person && {
    name: facts.interface_person.name,
    duty: t('people.interface_person'),
  };
  const withFirst = (list: Person[], first: Person | null) =>
    first && !list.some(({ name }) => name === first.name) ? [first, ...list] : list;
  return {
    // Nobody named, nothing to print: Word takes a table without rows for damage.
    sides: [
      { label: t('people.ours'), list: withFirst(ours, engineer) },
      { label: t('people.theirs'), list: withFirst(theirs, contact) },
    ].filter(({ list }) => list.length > 0),
    name: t('people.name'),
    duty: t('people.duty'),
  };
}
type Person = { name: string; duty: string };

export function goalOf({ facts, t, clock }: Speaking): { pairs: Pair[] } & Confirmed {
  const { today, scope } = facts;
  const labels = {
    goal: t('goal.goal'),
    done_when: t('goal.done_when'),
    not_today: t('goal.not_today'),
    interface_contact_id: t('people.interface_person'),
  };
  const said = scope && [
    scope.what,
    [t('goal.hours', { hours: scope.hours }), scope.night ? t('goal.night') : ''].filter(Boolean).join(' · '),
    t('goal.said_by', { name: scope.said_by, when: clock.when(scope.said_at) }),
  ];
  return {
    pairs: filled([
      { label: labels.goal, text: today.goal },
      { label: labels.done_when, text: today.done_when },
      { label: labels.not_today, text: today.not_today },
      { label: t('goal.scope'), text: said?.join('\n') ?? '' },
      { label: t('goal.verification'), text: scope?.verification ?? '' },
    ]),
    ...confirmedOf(today.confirmed, labels, { t, clock }),
  };
}

export function kickOffOf({ facts, t, clock }: Speaking): { pairs: Pair[] } & Confirmed {
  const said = facts.kick_off;
  if (!said) return { pairs: [], confirmed: '', read: [] };
  const ordered = said.cooperation_ordered_by.trim()
    ? t('kick_off.cooperation_ordered_by', { name: said.cooperation_ordered_by })
    : '';
  const labels = {
    our_people: t('people.ours'),
    their_people: t('people.theirs'),
    need: t('kick_off.need'),
    expectations: t('kick_off.expectations'),
    cooperation: t('kick_off.cooperation'),
    cooperation_ordered_by: t('kick_off.who_ordered'),
    plan: t('kick_off.plan'),
    cautions: t('kick_off.cautions'),
  };
  return {
    pairs: filled([
      { label: labels.need, text: said.need },
      { label: labels.expectations, text: said.expectations },
      { label: labels.cooperation, text: [said.cooperation, ordered].filter(Boolean).join('\n') },
      { label: labels.plan, text: said.plan },
      { label: labels.cautions, text: said.cautions },
    ]),
    ...confirmedOf(said.acknowledged, labels, { t, clock }),
  };
}

export function workOf(speaking: Speaking, accent: string, countsTo: string) {
  const { facts, t, clock, duration } = speaking;
  const days: { day: string; lines: ReturnType<typeof lineOf>[] }[] = [];
  const lineOf = (line: ReportFacts['work'][number]) => ({
    from: clock.time(line.started_at),
    to: line.ended_at ? clock.until(line.ended_at, line.started_at) : '',
    kind: t(`work.kinds.${line.kind}`),
    tone: toneOf(line.kind, accent),
    minutes: line.minutes === null ? runningWords(line, countsTo, speaking) : duration(line.minutes),
    text: line.line,
    waiting: line.waiting_for.trim()
      ? t(line.waiting_on ? 'work.waiting' : 'work.waiting_nobody', {
          name: line.waiting_on,
          what: line.waiting_for,
        })
      : '',
    photos:
      line.photos.length > 0
        ? t('photos.see', { count: line.photos.length, list: numbersOf(line.photos) })
        : '',
  });
  for (const line of facts.work) {
    const day = clock.day(line.started_at);
    if (days.at(-1)?.day !== day) days.push({ day, lines: [] });
    days.at(-1)?.lines.push(lineOf(line));
  }
  return {
    time: t('work.time'),
    kind: t('work.kind'),
    minutes: t('work.minutes'),
    what: t('work.what'),
    none: t('work.none'),
    days,
  };
}

/** The minutes that the sums count of work that still runs, so that whoever adds up the lines comes to the same. */
function runningWords(
  { started_at }: ReportFacts['work'][number],
  countsTo: string,
  { t, clock, duration }: Speaking,
): string {
  const minutes = Math.max(0, Math.round((toMs(countsTo) - toMs(started_at)) / 60_000));
  return t('work.running_until', { duration: duration(minutes), until: clock.until(countsTo, started_at) });
}

function numbersOf(photos: ReportPhoto[]): string {
  const [first, last] = [photos[0]?.n, photos.at(-1)?.n];
  return first === last ? String(first) : `${first}–${last}`;
}

export function photoOf({ n, file_id, caption }: ReportPhoto, t: TFunction): PaperPhoto {
  return { n, label: t('photos.n', { n }), caption, file_id };
}

export function findingOf(finding: ReportFinding, n: number, { t, clock }: Speaking) {
  const reaction = [
    finding.reaction ? t(`findings.reactions.${finding.reaction}`) : '',
    finding.reaction_words,
  ];
  return {
    n: t('findings.n', { n }),
    risk: t(`findings.risk.${finding.risk}`),
    tone: riskTones[finding.risk],
    what: finding.what,
    pairs: filled([
      { label: t('findings.standard'), text: finding.standard },
      { label: t('findings.evidence'), text: finding.evidence },
      { label: t('findings.advice'), text: finding.advice },
      { label: t('findings.cheaper_advice'), text: finding.cheaper_advice },
      { label: t('findings.reaction'), text: reaction.filter((part) => part.trim()).join('\n') },
    ]),
    heard: finding.heard_at ? t('findings.heard', { when: clock.when(finding.heard_at) }) : t('findings.new'),
    is_new: finding.heard_at === null,
    photos: finding.photos.map((photo) => photoOf(photo, t)),
  };
}

export function promisesOf({ facts, t, clock }: Speaking) {
  return {
    words: t('promises.words'),
    to: t('promises.to'),
    due: t('promises.due'),
    state: t('promises.state'),
    list: facts.promises.map(({ words, to, due_at, state }) => ({
      words,
      to: to ?? '',
      due: due_at ? clock.when(due_at) : t('promises.open_due'),
      state: t(`promises.states.${state}`),
      is_open: state === 'open',
    })),
  };
}

export function wrapUpsOf({ facts, t, clock }: Speaking) {
  const fields = ['rested_on', 'problems', 'advice', 'support_needed', 'tomorrow', 'reaction'] as const;
  return facts.wrap_ups.map((talk) => ({
    held: t('wrap_ups.held', { when: clock.when(talk.at), name: talk.by_name, minutes: talk.minutes }),
    pairs: filled(fields.map((name) => ({ label: t(`wrap_ups.${name}`), text: talk[name] }))),
  }));
}
