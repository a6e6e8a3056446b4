import i18next from 'i18next';
import type { VisitAct } from '#domain/visits/commands.ts';
import { ProblemError } from '../ui/problem.ts';
import { sentenceOf } from '../ui/sentences.ts';
import { presentBoard } from './board-state.ts';
import type { Acted } from './machine/outbox.ts';
import { offlineMachine, syncSoon } from './start.ts';

/** Sends a refused act again with another body, at the time at which it happened. */
export async function changeItem(itemId: string, body: VisitAct['body']): Promise<Acted> {
  const machine = await offlineMachine();
  if (machine === null) return { unsaved: 'storage_broken' };
  const { changeAct } = await import('./machine/outbox.ts');
  return sentSoon(await changeAct(machine, itemId, body));
}

/** Keeps what a refused act said as a note on the visit. */
export async function keepAsNote(itemId: string): Promise<Acted> {
  const machine = await offlineMachine();
  if (machine === null) return { unsaved: 'storage_broken' };
  const { noteInstead } = await import('./machine/outbox.ts');
  return sentSoon(await noteInstead(machine, itemId, noteOf(itemId)));
}

export async function dropItem(itemId: string): Promise<void> {
  const machine = await offlineMachine();
  if (machine === null) return;
  const { dropAct } = await import('./machine/outbox.ts');
  await dropAct(machine, itemId);
}

function sentSoon(acted: Acted): Acted {
  if ('saved' in acted) syncSoon(0);
  return acted;
}

function noteOf(itemId: string): string {
  const { t } = i18next;
  const item = presentBoard().items.find(({ id }) => id === itemId);
  if (!item) return '';
  const problem = new ProblemError({ status: 409, ...(item.problem ?? { code: 'ground.refused' }) });
  const act = t(`offline.acts.${item.act.name}`);
  const head = t('offline.refused.note', { act, why: sentenceOf(problem, t).text });
  return [head, ...wordsIn(item.act.body)].join('\n').slice(0, 20_000);
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
