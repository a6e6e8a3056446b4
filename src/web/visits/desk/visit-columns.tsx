import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitRow } from '#domain/visits/views.ts';
import type { Column } from '../../ui/List.tsx';
import { PersonName } from '../../ui/PersonName.tsx';
import { EmergencyMark, Span, VisitStateMark, WaitingMarks } from './VisitMarks.tsx';

/** What a visit is about in one line: its goal, or the ticket's title until one was written. */
export const aboutVisit = (visit: Pick<VisitRow, 'goal' | 'ticket'>) =>
  visit.goal.trim() === '' ? visit.ticket.title : visit.goal;

export function useVisitColumns(): Column<VisitRow>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const label = (name: string) => t(`visits.list.columns.${name}`);
    return [
      { name: 'when', label: label('when'), render: (visit) => <Span visit={visit} /> },
      {
        name: 'number',
        label: label('number'),
        render: (visit) => <span className="cp-soft">#{visit.number}</span>,
      },
      { name: 'what', label: label('what'), isMain: true, render: aboutVisit },
      {
        name: 'marks',
        label: label('marks'),
        render: (visit) => (
          <>
            {visit.is_emergency && <EmergencyMark />} <WaitingMarks visit={visit} />
          </>
        ),
      },
      { name: 'customer', label: label('customer'), render: (visit) => visit.customer.name },
      {
        name: 'site',
        label: label('site'),
        isHidden: true,
        render: (visit) => visit.site?.name ?? <span className="cp-soft">{t('visits.list.no_site')}</span>,
      },
      {
        name: 'engineer',
        label: label('engineer'),
        render: (visit) => <PersonName name={visit.engineer.name} />,
      },
      { name: 'kind', label: label('kind'), render: (visit) => t(`visits.kinds.${visit.kind}`) },
      {
        name: 'state',
        label: label('state'),
        render: (visit) => <VisitStateMark state={visit.state} />,
      },
      {
        name: 'ticket',
        label: label('ticket'),
        isHidden: true,
        render: (visit) => t('app.palette.ticket', visit.ticket),
      },
    ];
  }, [t]);
}
