import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { type Confirmation, isChangedAfter } from '#domain/visits/confirming.ts';
import type { VisitAbout } from '#domain/visits/views.ts';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { useWords } from '../../ui/use-words.ts';
import { addressOf, contactOf } from './contact-words.ts';
import { fieldName, valueWords } from './field-words.tsx';
import style from './stations.module.css';

type Props = {
  confirmed: Confirmation | null;
  about: VisitAbout;
  /** Said while nobody has confirmed, and while all stands as it was read. */
  none: string;
  fine: string;
};

/** Whether the customer confirmed what stands here; and where it was changed since, by whom, and what they had read. */
export function Confirmed({ confirmed, about, none, fine }: Props) {
  const words = useWords();
  const { t } = words;
  if (confirmed === null) return <p className="cp-soft">{none}</p>;
  const { since } = confirmed;
  if (since === null || since.length === 0) {
    return (
      <>
        <p className={style.fine}>
          <IconCheck size={20} aria-hidden />
          <span>
            {fine} <TimeText at={confirmed.at} />
          </span>
        </p>
        {since === null && <p className="cp-soft">{t('visits_phone.confirmed.unknown')}</p>}
      </>
    );
  }
  const contact = contactOf(about, confirmed.contact_id);
  return (
    <>
      <p className={style.changed}>
        <IconAlertTriangle size={20} aria-hidden />
        <span>
          {t(`visits_phone.confirmed.${isChangedAfter(confirmed) ? 'changed' : 'differs'}`, {
            time: words.time(confirmed.at),
            name: contact ? addressOf(contact) : confirmed.name,
            fields: since
              .map(({ path }) => t('visits_phone.confirmed.field', { field: fieldName(path, t) }))
              .join(t('app.and')),
          })}
        </span>
      </p>
      <FactList
        stacked
        facts={since.map(({ path, read, changed }) => ({
          label: t('visits_phone.confirmed.read', { field: fieldName(path, t) }),
          value: (
            <>
              <span className={style.lines}>{valueWords(path, read, about, words)}</span>
              {changed && (
                <span className={style.under}>
                  {t('visits_phone.confirmed.changed_by', {
                    name: changed.by_name,
                    time: words.time(changed.at),
                  })}
                </span>
              )}
            </>
          ),
        }))}
      />
    </>
  );
}
