import { IconHeartHandshake } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { addressOf, contactOf } from './contact-words.ts';
import style from './stations.module.css';

type Props = { page: VisitPage; promises?: VisitPage['visit']['promises'] };

/** What was promised on this visit, or of that what is given. */
export function PromiseLines({ page, promises = page.visit.promises }: Props) {
  const { t } = useTranslation();
  const { about } = page;
  if (promises.length === 0) return null;
  return (
    <ul className={style.cards} aria-label={t('visits_phone.promise.list')}>
      {promises.map((promise) => {
        const to = contactOf(about, promise.to_contact_id);
        return (
          <li key={promise.id} className={style.card}>
            <p className={style.withIcon}>
              <IconHeartHandshake size={20} aria-hidden />
              <span>{promise.words}</span>
            </p>
            <p className={style.under}>
              {promise.state !== 'open' && <span>{t(`promises.states.${promise.state}`)}</span>}
              <span>
                {to
                  ? t('visits_phone.promise.to_whom', { name: addressOf(to) })
                  : t('visits_phone.promise.no_whom')}
              </span>
              <span>
                {promise.due_at ? (
                  <>
                    {t('promises.due')} <TimeText at={promise.due_at} zone={about.customer.zone} />
                  </>
                ) : (
                  t('visits_phone.promise.no_due')
                )}
              </span>
            </p>
          </li>
        );
      })}
    </ul>
  );
}
