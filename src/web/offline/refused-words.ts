import type { TFunction } from 'i18next';
import type { Instant } from '#domain/ground/instant.ts';
import type { ActBody } from '#domain/visits/commands.ts';
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
    act.name === 'sign' ? signedWords(act.body, { t, zone, at: item.happened_at }) : wordsIn(act.body);
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

/** What a person wrote in an act, line by line; ids, times and other machinery are none of it. */
export function wordsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return isWritten(name, value) ? [value.trim()] : [];
  if (Array.isArray(value)) return value.flatMap((part) => wordsIn(part, name));
  if (value === null || typeof value !== 'object') return [];
  const change = value as { from?: unknown; to?: unknown };
  if ('from' in change && 'to' in change) return wordsIn(change.to, name);
  return Object.entries(value).flatMap(([key, part]) => wordsIn(part, key));
}

const machinery =
  /^(id|kind|risk|state|item|party|reaction|verdict|keep|shown|shown_sha256|strokes|.*_(id|ids|at|on|from|to))$/;

function isWritten(name: string, text: string): boolean {
  return text.trim() !== '' && !machinery.test(name);
}
