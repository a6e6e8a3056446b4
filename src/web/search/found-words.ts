import type { TFunction } from 'i18next';
import type { FoundForContact, FoundThing } from '#domain/search/commands.ts';
import type { SearchKind } from '#domain/search/document.ts';

/** The parts of the house that are told apart when searching, and the kinds of finds in each. */
export const areas = {
  tickets: ['ticket', 'message'],
  customers: ['customer', 'site', 'contact'],
  assets: ['asset'],
  promises: ['promise'],
  visits: ['visit', 'finding', 'log_entry', 'wrap_up', 'visit_note'],
} satisfies Record<string, SearchKind[]>;
export type Area = keyof typeof areas;

/** Where a find leads at the desk and on the phone. */
export function pathOf({ kind, ticket, visit, customer }: FoundThing): string {
  if (areas.visits.includes(kind as never) && visit) return `/visits/${visit.id}`;
  if (ticket) return `/tickets/${ticket.id}`;
  return `/customers/${customer.id}`;
}

/** 「工单」「内部备注」: what was found. */
export function kindWords(thing: { kind: SearchKind; is_internal?: boolean }, t: TFunction): string {
  if (thing.kind === 'message' && thing.is_internal) return t('search.kinds.note');
  return t(`search.kinds.${thing.kind}`);
}

/** What it belongs to, where the find has no title of its own: 「#1043 收银机卡住」, 「现场 #101」. */
export function placeWords(
  { kind, ticket, visit }: FoundThing | FoundForContact,
  t: TFunction,
): string | null {
  if (areas.visits.includes(kind as never) && visit) return t('search.in_visit', { number: visit.number });
  if ((kind === 'message' || kind === 'promise') && ticket)
    return t('search.in_ticket', { number: ticket.number, title: ticket.title });
  return null;
}

/** What was asked for, as a headline can say it. */
export function inShort(asked: string): string {
  const letters = [...asked];
  return letters.length > 40 ? `${letters.slice(0, 40).join('')}…` : asked;
}

/** States that are worth a word beside a find; the others say nothing new. */
export function stateWords(
  { kind, state }: { kind: SearchKind; state: string | null },
  t: TFunction,
): string | null {
  if (state === null || state === 'active') return null;
  return t(`search.states.${kind}.${state}`);
}
