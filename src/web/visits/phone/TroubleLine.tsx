import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { openClashes } from '#domain/visits/clashes.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { OutboxItem } from '../../offline/outbox-item.ts';
import style from './visit.module.css';

type Props = { page: VisitPage; items: OutboxItem[]; mayDecide: boolean; onOpen: () => void };

/** How much waits for a person's decision, in sight wherever they are on the path; a tap leads there. */
export function TroubleLine({ page, items, mayDecide, onOpen }: Props) {
  const { t } = useTranslation();
  const refused = items.filter(({ state }) => state === 'refused').length;
  const count = refused + (mayDecide ? openClashes(page.visit).length : 0);
  if (count === 0) return null;
  return (
    <button type="button" className={style.troubleLine} onClick={onOpen}>
      <IconAlertTriangle size={20} aria-hidden />
      {t('visits_phone.to_decide', { count })}
    </button>
  );
}
