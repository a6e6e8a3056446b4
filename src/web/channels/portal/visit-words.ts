import type { PortalVisitRow } from '#domain/channels/commands.ts';
import type { Instant } from '#domain/ground/instant.ts';
import { wallOf } from '../../ui/wall-time.ts';
import type { Words } from '../../ui/words.ts';

/** “今天 14:00到16:00”: the day is said once where both ends lie on it. */
export function spanWords(from: Instant, to: Instant, words: Words): string {
  const [begin, end] = [wallOf(from, words.zone), wallOf(to, words.zone)];
  const isOneDay = begin.slice(0, 10) === end.slice(0, 10);
  return words.t('portal_visits.span', {
    from: words.time(from),
    to: isOneDay ? end.slice(11) : words.time(to),
  });
}

/**
 * Who comes when, or how far they are, in one sentence. Of a plan whose time has passed only that nobody has told us of its
 * beginning is sure: whoever went may be without a network.
 */
export function stageWords(visit: PortalVisitRow, words: Words): string {
  const { t } = words;
  const name = visit.engineer_name;
  const span = spanWords(visit.planned_from, visit.planned_to, words);
  switch (visit.stage) {
    case 'on_site':
      return t('portal_visits.on_site', { name, time: words.time(visit.arrived_at ?? visit.planned_from) });
    case 'between_days':
      return t('portal_visits.between_days', { name, time: words.time(visit.left_at ?? visit.planned_to) });
    case 'over':
      return visit.left_at
        ? t('portal_visits.over', { name, time: words.time(visit.left_at) })
        : t('portal_visits.over_unknown', { name });
    case 'planned':
      return t(visit.planned_to < words.now ? 'portal_visits.planned_past' : 'portal_visits.planned', {
        name,
        span,
      });
    default:
      return t(`portal_visits.${visit.stage}`, { name, span });
  }
}
