import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type PlainDate, toMs } from '#domain/ground/instant.ts';
import { useWords } from '../ui/use-words.ts';
import { wallOf } from '../ui/wall-time.ts';
import style from './contracts.module.css';

// Renewals take sales about this long.
const soonDays = 60;

/** Until when a contract runs; in words and with a sign when it ends soon or has ended. */
export function ContractEnd({ endsOn }: { endsOn: PlainDate | null }) {
  const { t } = useTranslation();
  const words = useWords();
  if (endsOn === null) return <span className="cp-soft">{t('contracts.open_end')}</span>;
  const today = wallOf(words.now, words.zone).slice(0, 10);
  const days = (toMs(`${endsOn}T00:00:00Z`) - toMs(`${today}T00:00:00Z`)) / 86_400_000;
  if (days > soonDays) return <span>{t('contracts.until', { date: words.date(endsOn) })}</span>;
  return (
    <span className={days >= 0 ? style.soon : style.late}>
      <IconAlertTriangle size="1em" stroke={1.9} aria-hidden />
      {days > 0 && t('contracts.ends_in', { count: days })}
      {days === 0 && t('contracts.ends_today')}
      {days < 0 && t('contracts.ended_on', { date: words.date(endsOn) })}
    </span>
  );
}
