import type { TFunction } from 'i18next';
import type { Instant } from '#domain/ground/instant.ts';
import type { ActBody } from '#domain/visits/commands.ts';
import { promisedToday, reaction, risks, visitKinds, workKinds } from '#domain/visits/visit.ts';
import { ProblemError } from '../ui/problem.ts';
import { sentenceOf } from '../ui/sentences.ts';
import { formatExact } from '../ui/time-words.ts';
import type { OutboxItem } from './outbox-item.ts';

// What a note can hold.
const longest = 20_000;

/** A refused act as the words of a note: what it was, why it was refused, and all that was said in it. */
export function refusedWords(item: OutboxItem, { t, zone }: { t: TFunction; zone: string }): string {
  const { act } = item;
  const problem = new ProblemError({ status: 409, ...(item.problem ?? { code: 'ground.refused' }) });
  const head = t('offline.refused.note', {
    act: t(`offline.acts.${act.name}`),
    why: sentenceOf(problem, t).text,
  });
  const said =
    act.name === 'sign'
      ? signedWords(act.body, { t, zone, at: item.happened_at })
      : toldIn(act.body).map((told) => lineOf(told, { t, zone }));
  const words = [head, ...said].join('\n');
  // Half of a character of two halves could not be stored.
  return words.length <= longest ? words : `${words.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** R27: who signed what, in which role and when; the text as it was shown, so that its hash can be made again. */
function signedWords(
  { name, role, shown, shown_sha256 }: ActBody<'sign'>,
  { t, zone, at }: { t: TFunction; zone: string; at: Instant },
): string[] {
  return [
    t('offline.refused.signed', { name, role, time: formatExact(at, { t, zone }) }),
    t('offline.refused.signed_hash', { sha256: shown_sha256 }),
    t('offline.refused.signed_text'),
    shown,
  ];
}

/** What a person wrote in an act, line by line; ids, times, choices and other machinery are none of it. */
export function wordsIn(body: unknown): string[] {
  return toldIn(body)
    .filter(([name, value]) => typeof value === 'string' && !isInstant(name) && !isChosen(name, value))
    .map(([, value]) => String(value));
}

type Told = [field: string, value: string | number | boolean];

/** All that an act says, piece by piece under the names of its fields: of a change what it was meant to become. */
function toldIn(value: unknown, name = ''): Told[] {
  if (machinery.test(name) || value === null || value === undefined) return [];
  if (typeof value === 'string') return value.trim() === '' ? [] : [[name, value.trim()]];
  if (typeof value !== 'object') return [[name, value as number | boolean]];
  if (Array.isArray(value)) return value.flatMap((part) => onOneLine(part, name));
  if ('from' in value && 'to' in value) return toldIn(value.to, name);
  return Object.entries(value).flatMap(([key, part]) => toldIn(part, key));
}

/** One of several, such as a person with their duty. */
function onOneLine(part: unknown, name: string): Told[] {
  const words = toldIn(part).map(([, value]) => value);
  return words.length === 0 ? [] : [[name, words.join(' ')]];
}

const machinery = /^(id|.*_ids?|item|party|state|verdict|keep|shown|shown_sha256|strokes)$/;
const isInstant = (name: string) => /_(at|from|to)$/.test(name);

// What the customer said to a wrap-up is written, what they said to a finding chosen; both are called `reaction`.
const chosen: Record<string, { values: readonly string[]; folder: string }[]> = {
  kind: [
    { values: workKinds, folder: 'visits.work_kinds' },
    { values: visitKinds, folder: 'visits.kinds' },
  ],
  risk: [{ values: risks, folder: 'visits.risks' }],
  reaction: [{ values: reaction.options, folder: 'visits.reactions' }],
  promised_today: [{ values: promisedToday.options, folder: 'visits_phone.promised' }],
};

function folderOf(name: string, value: unknown): string | undefined {
  return chosen[name]?.find(({ values }) => values.includes(String(value)))?.folder;
}

const isChosen = (name: string, value: unknown) => folderOf(name, value) !== undefined;

function lineOf([name, value]: Told, { t, zone }: { t: TFunction; zone: string }): string {
  const field = t(`visits_phone.fields.${name}`, { defaultValue: '' });
  const folder = folderOf(name, value);
  const said =
    (folder && t(`${folder}.${value}`)) ||
    (typeof value === 'boolean' && t(value ? 'visits_phone.yes' : 'visits_phone.no')) ||
    (isInstant(name) && formatExact(String(value), { t, zone })) ||
    String(value);
  return field === '' ? said : t('offline.refused.field', { field, value: said });
}
