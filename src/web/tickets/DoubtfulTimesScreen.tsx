import { Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { IconClockCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { doubtfulTime } from '#domain/tickets/commands.ts';
import { get } from '../ui/api-client.ts';
import { BackLink } from '../ui/BackLink.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ActProblem, ErrorState } from '../ui/ErrorState.tsx';
import { FactList } from '../ui/FactList.tsx';
import { queryClient } from '../ui/query-client.ts';
import { Screen } from '../ui/Screen.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { say } from '../ui/undo.ts';
import { useAct } from '../ui/use-act.ts';

type DoubtfulTime = z.output<typeof doubtfulTime>;

const queryKey = ['tickets', 'list', 'doubtful'];

/** R7: times that nobody can believe. Both stand here; a lead says which one the clocks go by. */
export function DoubtfulTimesScreen() {
  const { t } = useTranslation();
  const times = useQuery({
    queryKey,
    queryFn: ({ signal }) => get<{ items: DoubtfulTime[] }>('/api/doubtful-times', {}, { signal }),
  });
  return (
    <Screen
      title={t('audit.doubtful.title')}
      back={<BackLink to="/settings" label={t('people.settings.title')} />}
    >
      <Stack>
        <Text>{t('audit.doubtful.intro')}</Text>
        {times.error && !times.data && (
          <ErrorState error={times.error} onRetry={() => void times.refetch()} />
        )}
        {times.isLoading && <Skeleton height={160} aria-hidden />}
        {times.data?.items.length === 0 && (
          <EmptyState
            icon={<IconClockCheck size={32} stroke={1.5} aria-hidden />}
            title={t('audit.doubtful.empty.title')}
            why={t('audit.doubtful.empty.why')}
          />
        )}
        {times.data?.items.map((time) => (
          <DoubtCard key={time.id} time={time} />
        ))}
      </Stack>
    </Screen>
  );
}

function DoubtCard({ time }: { time: DoubtfulTime }) {
  const { t } = useTranslation();
  const decide = useAct<'device' | 'received', { id: string }>(
    (use) => ({ method: 'POST', path: `/api/doubtful-times/${time.id}/decide`, body: { use } }),
    {
      onDone: () => {
        say({ text: t('audit.doubtful.done') });
        void queryClient.invalidateQueries({ queryKey });
      },
    },
  );
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Link to={`/tickets/${time.ticket_id}`}>
          #{time.number} {time.title}
        </Link>
        <Text>{t(`audit.doubtful.doubt.${time.doubt}`)}</Text>
        <FactList
          facts={[
            { label: t('audit.doubtful.device_says'), value: <TimeText at={time.device_at} /> },
            { label: t('audit.doubtful.corrected'), value: <TimeText at={time.corrected_at} /> },
            { label: t('audit.doubtful.received'), value: <TimeText at={time.received_at} /> },
          ]}
        />
        <ActProblem error={decide.error} isKept={false} />
        <Group>
          <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate('device')}>
            {t('audit.doubtful.use_device')}
          </Button>
          <Button loading={decide.isPending} onClick={() => decide.mutate('received')}>
            {t('audit.doubtful.use_received')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
