import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Confirmation, isChangedAfter } from '#domain/visits/confirming.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { useFieldWords } from './use-field-words.ts';
import style from './visit-page.module.css';

const fieldOf = (path: string) => path.split('.').at(-1) ?? '';

type Marked = { page: VisitPage; confirmed: Confirmation; fine: string };

/** In a part's head: who of the customer's confirmed it, and whether it still says what they read. */
export function ConfirmedMark({ page, confirmed, fine }: Marked) {
  const { t } = useTranslation();
  const { state } = page.visit;
  const { name, at, since } = confirmed;
  if (since === null || since.length === 0) {
    return (
      <span className={style.good}>
        <IconCheck size="1.1em" stroke={2} aria-hidden />
        {fine} <TimeText at={at} />
        {since === null && <span className="cp-soft">{t('visits.confirmed.unknown')}</span>}
      </span>
    );
  }
  return (
    <span className={style.open}>
      <IconAlertTriangle size="1.1em" stroke={2} aria-hidden />
      <TimeText at={at} />{' '}
      {t(`visits.confirmed.${isChangedAfter(confirmed) ? 'changed' : 'differs'}`, {
        name,
        fields: since
          .map(({ path }) => t('visits.confirmed.field', { field: t(`visits.fields.${fieldOf(path)}`) }))
          .join(t('app.and')),
      })}
      {state !== 'done' && state !== 'cancelled' && t('visits.confirmed.again')}
    </span>
  );
}

/** Below a part's words: what had been read where it says something else by now, and who changed it. */
export function ReadBefore({ page, confirmed }: { page: VisitPage; confirmed: Confirmation | null }) {
  const { t } = useTranslation();
  const { show } = useFieldWords(page);
  if (!confirmed?.since?.length) return null;
  return (
    <div className={style.read}>
      <FactList
        facts={confirmed.since.map(({ path, read, changed }) => ({
          label: t('visits.confirmed.read', { field: t(`visits.fields.${fieldOf(path)}`) }),
          value: (
            <>
              <span className={style.lines}>{show(fieldOf(path), read)}</span>{' '}
              {changed && (
                <span className="cp-soft">
                  {t('visits.confirmed.changed_by', { name: changed.by_name })} <TimeText at={changed.at} />
                </span>
              )}
            </>
          ),
        }))}
      />
    </div>
  );
}
