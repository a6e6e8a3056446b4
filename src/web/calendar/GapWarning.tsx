import { Alert, Button } from '@mantine/core';
import { IconCalendarQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '../app/session.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { say } from '../ui/undo.ts';
import { useAct } from '../ui/use-act.ts';
import { gapsQuery, refreshHolidays } from './api.ts';
import style from './CalendarsScreen.module.css';
import { regionWords } from './regions.ts';

type Imported = { year: number; imported: number; kept: number };

export function useImport() {
  const { t } = useTranslation();
  return useAct<{ region: string; year: number }, Imported>(
    (body) => ({ method: 'POST', path: '/api/holidays/import', body }),
    {
      onDone: ({ year, imported }) => {
        refreshHolidays();
        say({ text: t('calendar.imported', { year, count: imported }) });
      },
    },
  );
}

/** Months ahead: which years' holidays are not known yet, what that means, and what to do. */
export function GapWarning() {
  const { t } = useTranslation();
  const me = useMe();
  const { data } = useQuery(gapsQuery);
  const importing = useImport();
  if (!data || data.items.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      mb="lg"
      icon={<IconCalendarQuestion aria-hidden />}
      title={t('calendar.gaps.title')}
    >
      <p>{t('calendar.gaps.why')}</p>
      <ul className={style.gaps}>
        {data.items.map(({ region, year, calendar_names, importable }) => (
          <li key={`${region} ${year}`} className={style.gap}>
            <span>
              {t('calendar.gaps.line', {
                year,
                region: regionWords(region, t),
                calendars: calendar_names.join(t('calendar.comma')),
              })}
            </span>
            {importable && me.permissions.includes('holidays.import') ? (
              <Button
                size="xs"
                variant="default"
                loading={importing.isPending}
                onClick={() => importing.mutate({ region, year })}
              >
                {t('calendar.import', { year })}
              </Button>
            ) : (
              <span className={style.soft}>{t('calendar.gaps.not_announced')}</span>
            )}
          </li>
        ))}
      </ul>
      <ActProblem error={importing.error} isKept={false} />
    </Alert>
  );
}
