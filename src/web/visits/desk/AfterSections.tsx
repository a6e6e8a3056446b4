import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { promisesOfTicketQuery } from '../../promises/api.ts';
import { PromiseCard } from '../../promises/PromiseCard.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { useWords } from '../../ui/use-words.ts';
import { VisitSection } from './VisitSection.tsx';
import style from './visit-page.module.css';

/** What was promised on this visit: the same cards as in the ticket, whose closing they refuse. */
export function PromisesSection({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    ...promisesOfTicketQuery(visit.ticket_id),
    enabled: visit.promises.length > 0,
  });
  return (
    <VisitSection name="promises" title={t('visits.promises.title')}>
      {visit.promises.length === 0 && <p className="cp-soft">{t('visits.promises.none')}</p>}
      <ul className={style.cards}>
        {visit.promises.map(({ id, words }) => {
          const promise = data?.find((one) => one.id === id);
          return <li key={id}>{promise ? <PromiseCard promise={promise} /> : words}</li>;
        })}
      </ul>
    </VisitSection>
  );
}

const parts = ['rested_on', 'problems', 'advice', 'support_needed', 'tomorrow', 'reaction'] as const;

/** R26: the talk at the end of each day, the latest first. */
export function WrapUpsSection({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const words = useWords();
  const { visit } = page;
  return (
    <VisitSection name="wrap_ups" title={t('visits.wrap_ups.title')}>
      {visit.wrap_ups.length === 0 && (
        <p className="cp-soft">
          {visit.no_wrap_up_reason
            ? t('visits.page.no_wrap_up', { reason: visit.no_wrap_up_reason })
            : t('visits.wrap_ups.none')}
        </p>
      )}
      <ul className={style.cards}>
        {visit.wrap_ups
          .toSorted((a, b) => (a.at < b.at ? 1 : -1))
          .map((wrapUp) => (
            <li key={wrapUp.id} className={style.card}>
              <div className={style.cardHead}>
                <strong>{words.day(wrapUp.at)}</strong>
                <span className={style.by}>
                  {wrapUp.by_name} · <TimeText at={wrapUp.at} />
                </span>
              </div>
              <FactList
                facts={[
                  ...parts.map(
                    (part) =>
                      wrapUp[part].trim() !== '' && {
                        label: t(`visits.wrap_ups.${part}`),
                        value: <span className={style.lines}>{wrapUp[part]}</span>,
                      },
                  ),
                  {
                    label: t('visits.wrap_ups.promised_today'),
                    value: t(`visits.wrap_ups.${wrapUp.promised_today}`),
                  },
                  wrapUp.minutes > 0 && {
                    label: t('visits.wrap_ups.minutes'),
                    value: words.duration(wrapUp.minutes),
                  },
                ]}
              />
            </li>
          ))}
      </ul>
    </VisitSection>
  );
}
