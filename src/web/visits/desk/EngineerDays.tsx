import { Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Instant } from '#domain/ground/instant.ts';
import type { VisitRow } from '#domain/visits/views.ts';
import { ZoneContext } from '../../ui/use-words.ts';
import { instantOfWall, wallOf } from '../../ui/wall-time.ts';
import { visitsOfEngineerQuery } from '../api.ts';
import { Span, VisitStateMark } from './VisitMarks.tsx';
import style from './visit-forms.module.css';

type Props = {
  engineer: { id: string; name: string };
  span: { from: Instant | null; to: Instant | null };
  zone: string;
  /** The visit being planned anew is no clash with itself. */
  except?: string;
};

/**
 * What the engineer has on the days of the span, so that an overlap is seen before it is refused; in the zone of the times
 * that are entered above, with which it is compared.
 */
export function EngineerDays({ engineer, span, zone, except }: Props) {
  const { t } = useTranslation();
  const days = daysOf(span, zone);
  const { data } = useQuery({
    ...visitsOfEngineerQuery({ engineer: engineer.id, ...(days ?? { from: '', to: '' }) }),
    enabled: days !== null,
  });
  if (days === null) return null;
  const others = data?.items.filter(({ id }) => id !== except);
  return (
    <section className={`${style.full} ${style.days}`} aria-live="polite">
      {others === undefined && <Skeleton height={20} width="60%" />}
      {others?.length === 0 && <p className="cp-soft">{t('visits.plan.day_free', engineer)}</p>}
      {others !== undefined && others.length > 0 && (
        <>
          <h3>{t('visits.plan.day', engineer)}</h3>
          <ul>
            {others.map((visit) => (
              <li key={visit.id}>
                <ZoneContext value={zone}>
                  <Span visit={visit} />
                </ZoneContext>
                <span>{visit.site?.name ?? visit.customer.name}</span>
                <VisitStateMark state={visit.state} />
                {overlaps(visit, span) && (
                  <span className={style.overlap}>
                    <IconAlertTriangle size="1.1em" stroke={1.9} aria-hidden />
                    {t('visits.plan.overlap')}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function overlaps(visit: VisitRow, { from, to }: Props['span']): boolean {
  return from !== null && to !== null && visit.planned_from < to && from < visit.planned_to;
}

/** The whole days of a span in a zone. */
function daysOf({ from, to }: Props['span'], zone: string): { from: Instant; to: Instant } | null {
  if (from === null || to === null || to < from) return null;
  const start = instantOfWall(`${wallOf(from, zone).slice(0, 10)}T00:00`, zone);
  const end = instantOfWall(`${wallOf(to, zone).slice(0, 10)}T23:59`, zone);
  return start && end ? { from: start, to: end } : null;
}
