import { useTranslation } from 'react-i18next';
import { kickOffConfirmation } from '#domain/visits/confirming.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { FactList } from '../../ui/FactList.tsx';
import { ConfirmedMark, ReadBefore } from './Confirmed.tsx';
import { dutyWords } from './use-field-words.ts';
import { VisitSection } from './VisitSection.tsx';
import style from './visit-page.module.css';

const texts = ['need', 'expectations', 'plan', 'cooperation', 'cooperation_ordered_by', 'cautions'] as const;
const people = ['our_people', 'their_people'] as const;

/** R22: who does what on both sides, what is wanted, and whether the customer acknowledged it. */
export function KickOffSection({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { kick_off } = page.visit;
  const confirmed = kickOffConfirmation(page.visit);
  const written = texts.filter((field) => kick_off[field].trim() !== '');
  const named = people.filter((side) => kick_off[side].length > 0);
  const isEmpty = written.length + named.length === 0;
  return (
    <VisitSection
      name="kick_off"
      title={t('visits.kick_off.title')}
      state={
        confirmed ? (
          <ConfirmedMark
            page={page}
            confirmed={confirmed}
            fine={t('visits.kick_off.acknowledged', { name: confirmed.name })}
          />
        ) : (
          !isEmpty && <span className="cp-soft">{t('visits.kick_off.unacknowledged')}</span>
        )
      }
    >
      {isEmpty && <p className="cp-soft">{t('visits.kick_off.none')}</p>}
      <FactList
        facts={[
          ...named.map((side) => ({
            label: t(`visits.kick_off.${side}`),
            value: <span className={style.lines}>{dutyWords(kick_off[side], t).join('\n')}</span>,
          })),
          ...written.map((field) => ({
            label: t(`visits.kick_off.${field}`),
            value: <span className={style.lines}>{kick_off[field]}</span>,
          })),
        ]}
      />
      <ReadBefore page={page} confirmed={confirmed} />
    </VisitSection>
  );
}
