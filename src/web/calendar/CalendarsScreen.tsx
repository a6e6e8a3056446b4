import { Button, Skeleton, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarRow } from '#domain/calendar/commands.ts';
import { useMe } from '../app/session.ts';
import { Section } from '../people/Section.tsx';
import { BackToSettings } from '../people/settings/BackToSettings.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Screen } from '../ui/Screen.tsx';
import { zoneWords } from '../ui/time-words.ts';
import { calendarsQuery } from './api.ts';
import style from './CalendarsScreen.module.css';
import { GapWarning } from './GapWarning.tsx';
import { Holidays } from './Holidays.tsx';
import { NewCalendarDialog } from './NewCalendarDialog.tsx';
import { regionWords } from './regions.ts';
import { WeekPicture, weekWords } from './WeekPicture.tsx';

/** The firm's working times, and the holidays that are put into them. Everybody may look, leads change. */
export function CalendarsScreen() {
  const { t } = useTranslation();
  const me = useMe();
  const { data, error, refetch } = useQuery(calendarsQuery('no'));
  const { data: archived } = useQuery(calendarsQuery('yes'));
  const [isNew, setNew] = useState(false);
  const mayCreate = me.permissions.includes('calendars.create');
  const makeButton = (
    <Button leftSection={<IconPlus size="1.1em" aria-hidden />} onClick={() => setNew(true)}>
      {t('calendar.new.open')}
    </Button>
  );
  return (
    <Screen title={t('calendar.screen.title')} back={<BackToSettings />} acts={mayCreate && makeButton}>
      <GapWarning />
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && (
        <Section title={t('calendar.screen.calendars')} hint={t('calendar.screen.calendars_hint')}>
          {data.items.length === 0 ? (
            <EmptyState title={t('calendar.screen.none')} why={t('calendar.screen.none_why')}>
              {mayCreate && makeButton}
            </EmptyState>
          ) : (
            <CalendarRows rows={data.items} />
          )}
        </Section>
      )}
      <Holidays />
      {archived && archived.items.length > 0 && (
        <Section title={t('calendar.screen.archived')} hint={t('calendar.screen.archived_hint')}>
          <CalendarRows rows={archived.items} />
        </Section>
      )}
      {isNew && <NewCalendarDialog onClose={() => setNew(false)} />}
    </Screen>
  );
}

function CalendarRows({ rows }: { rows: CalendarRow[] }) {
  const { t } = useTranslation();
  return (
    <ul className={style.rows}>
      {rows.map(({ id, name, plan, is_default }) => (
        <li key={id}>
          <Link to={`/settings/calendars/${id}`} className={style.row}>
            <WeekPicture hours={plan.hours} />
            <span className={style.words}>
              <span className={style.name}>
                {name}
                {is_default && <span className={style.first}>{t('calendar.is_default')}</span>}
              </span>
              <span className={style.soft}>{weekWords(plan.hours, t)}</span>
              <span className={style.soft}>
                {[
                  zoneWords(plan.zone, t),
                  plan.region && t('calendar.with_holidays', { region: regionWords(plan.region, t) }),
                  plan.restAnyway && t('calendar.rest_anyway'),
                ]
                  .filter(Boolean)
                  .join(t('calendar.dot'))}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Waiting() {
  return (
    <Stack gap="sm">
      <Skeleton height={64} />
      <Skeleton height={64} />
      <Skeleton height={64} />
    </Stack>
  );
}
