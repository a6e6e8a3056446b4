import { Alert, Button, Skeleton, Stack, TextInput } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CalendarPage, ShownPlan } from '#domain/calendar/commands.ts';
import { useMe } from '../app/session.ts';
import { EditClashes } from '../people/EditClashes.tsx';
import { Section } from '../people/Section.tsx';
import { useEdit } from '../people/use-edit.ts';
import { BackLink } from '../ui/BackLink.tsx';
import { ActProblem, ErrorState } from '../ui/ErrorState.tsx';
import { queryClient } from '../ui/query-client.ts';
import { Screen } from '../ui/Screen.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { say } from '../ui/undo.ts';
import { useAct } from '../ui/use-act.ts';
import { calendarQuery } from './api.ts';
import style from './PlanForm.module.css';
import { PlanForm } from './PlanForm.tsx';
import { regionWords } from './regions.ts';
import { weekWords } from './WeekPicture.tsx';

const refresh = () => void queryClient.invalidateQueries({ queryKey: ['calendars'] });

/** One calendar: its week, its holidays, its own days, and what it was before. */
export function CalendarScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useTranslation();
  const me = useMe();
  const { data, error, refetch } = useQuery(calendarQuery(id));
  if (!data) {
    return (
      <Screen title="">
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Stack gap="sm">
            <Skeleton height={28} width="40%" />
            <Skeleton height={220} />
          </Stack>
        )}
      </Screen>
    );
  }
  const mayEdit = me.permissions.includes('calendars.edit') && data.archived_at === null;
  return (
    <Screen
      title={data.name}
      back={<BackLink to="/settings/calendars" label={t('calendar.screen.title')} />}
      acts={me.permissions.includes('calendars.archive') && <Archive calendar={data} />}
    >
      {data.archived_at && (
        <Alert color="gray" variant="light" mb="lg">
          {t('calendar.is_archived')}
        </Alert>
      )}
      {mayEdit ? <Editor key={data.id} calendar={data} /> : <PlanForm plan={data.plan} />}
      <Versions calendar={data} />
    </Screen>
  );
}

function Editor({ calendar }: { calendar: CalendarPage }) {
  const { t } = useTranslation();
  const edit = useEdit<ShownPlan & { name: string }, unknown>({
    row: { name: calendar.name, ...calendar.plan },
    path: `/api/calendars/${calendar.id}`,
    onSaved: () => {
      refresh();
      say({ text: t('calendar.saved', { name: calendar.name }) });
    },
  });
  const { name, ...plan } = edit.values;
  const isReady = edit.isChanged && name.trim() !== '';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) edit.save();
      }}
    >
      <TextInput
        className={style.name as string}
        label={t('calendar.name')}
        value={name}
        maxLength={100}
        onChange={(event) => edit.set({ name: event.currentTarget.value })}
      />
      <PlanForm plan={plan} onChange={edit.set} />
      <EditClashes
        edit={edit}
        labelOf={(field) => t(`calendar.fields.${field}`)}
        show={(field, value) => showValue(field, value, t)}
      />
      <ActProblem error={edit.problem} />
      {(edit.isChanged || edit.isSaving) && (
        <div className={style.saving}>
          <Button type="submit" loading={edit.isSaving} disabled={!isReady}>
            {t('calendar.save')}
          </Button>
          <span className="cp-soft">{t('calendar.save_hint')}</span>
        </div>
      )}
    </form>
  );
}

function showValue(field: string, value: unknown, t: TFunction): string {
  if (field === 'hours') return weekWords(value as ShownPlan['hours'], t);
  if (field === 'off') return (value as string[]).join(t('calendar.comma')) || '—';
  if (field === 'workdays') return Object.keys(value as object).join(t('calendar.comma')) || '—';
  if (field === 'restAnyway') return t(value ? 'calendar.yes' : 'calendar.no');
  if (field === 'region') return value ? regionWords(String(value), t) : t('calendar.no_region');
  return String(value);
}

function Archive({ calendar }: { calendar: CalendarPage }) {
  const { t } = useTranslation();
  const { id, name, archived_at } = calendar;
  const act = (what: 'archive' | 'restore') => ({
    method: 'POST' as const,
    path: `/api/calendars/${id}/${what}`,
    body: {},
  });
  const restore = useAct<void, unknown>(() => act('restore'), { onDone: refresh });
  const archive = useAct<void, unknown>(() => act('archive'), {
    onDone: () => {
      refresh();
      say({ text: t('calendar.archived', { name }), undo: () => restore.mutate() });
    },
  });
  const problem = archive.error ?? restore.error;
  return (
    <Stack gap="xs" align="flex-end">
      {archived_at ? (
        <Button variant="default" loading={restore.isPending} onClick={() => restore.mutate()}>
          {t('calendar.restore')}
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<IconArchive size="1.1em" aria-hidden />}
          loading={archive.isPending}
          onClick={() => archive.mutate()}
        >
          {t('calendar.archive')}
        </Button>
      )}
      {problem && <ActProblem error={problem} isKept={false} />}
    </Stack>
  );
}

function Versions({ calendar }: { calendar: CalendarPage }) {
  const { t } = useTranslation();
  return (
    <Section title={t('calendar.versions.title')} hint={t('calendar.versions.hint')}>
      <ol className={style.versions}>
        {calendar.versions.map((version) => (
          <li key={version.id}>
            <strong>{t('calendar.versions.number', { number: version.version })}</strong>
            <TimeText at={version.effective_at} />
            <span className="cp-soft">
              {version.created_by_name && version.why !== 'holidays'
                ? t(`calendar.versions.${version.why}_by`, { name: version.created_by_name })
                : t(`calendar.versions.${version.why}`)}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
