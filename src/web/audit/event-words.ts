import type { TFunction } from 'i18next';
import type { TimelineEntry } from '../ui/Timeline.tsx';

/** What happened, as people say it: 「回复了客户」. An event without words of its own is named by its code. */
export function eventWords(name: string, t: TFunction): string {
  return t(`audit.events.${name}`, { defaultValue: name });
}

/** Who did it: by name, with what they are where that is no colleague. */
export function actorWords(actor: { kind: string; name: string | null }, t: TFunction): string {
  if (actor.kind === 'contact') return t('audit.actors.contact', { name: actor.name ?? '' });
  if (actor.kind === 'system' || actor.kind === 'anyone') return t(`audit.actors.${actor.kind}`);
  return actor.name ?? '';
}

/** A recorded event as an entry of a history. */
export function eventEntry(
  event: Pick<TimelineEntry, 'id' | 'happened_at' | 'received_at'> & {
    name: string;
    actor_kind: string;
    actor_name: string | null;
  },
  t: TFunction,
): TimelineEntry {
  const { id, happened_at, received_at } = event;
  const who = actorWords({ kind: event.actor_kind, name: event.actor_name }, t);
  return { id, happened_at, received_at, what: eventWords(event.name, t), who };
}
