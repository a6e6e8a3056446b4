import { Modal, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ClockKind } from '#domain/tickets/sla-clock.ts';
import type { ClockExplanation } from '#domain/tickets/why-due.ts';
import { get } from '../ui/api-client.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { WhyDue } from './WhyDue.tsx';

/** The explanation of one clock of a ticket, over the page it was asked from. */
export function WhyDueDialog({
  ticketId,
  kind,
  onClose,
}: {
  ticketId: string;
  kind: ClockKind;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ['tickets', ticketId, 'why', kind],
    queryFn: ({ signal }) =>
      get<ClockExplanation>(`/api/tickets/${ticketId}/clocks/${kind}/why`, {}, { signal }),
  });
  return (
    <Modal opened onClose={onClose} size="xl" title={t(`calendar.why.title_${kind}`)}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Stack gap="sm">
          <Skeleton height={24} width="60%" />
          <Skeleton height={18} />
          <Skeleton height={18} />
          <Skeleton height={18} width="80%" />
        </Stack>
      )}
      {data && <WhyDue explanation={data} />}
    </Modal>
  );
}
