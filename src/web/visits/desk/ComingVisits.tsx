import { Alert, Button } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitRow } from '#domain/visits/views.ts';
import { useMay } from '../../app/session.ts';
import { CancelVisitDialog } from './CancelVisitDialog.tsx';
import { VisitLines } from './VisitsOfTicket.tsx';

/** What stands in the way of closing a ticket: somebody is still to travel for it. Called off on the spot, with a reason. */
export function ComingVisits({ visits }: { visits: VisitRow[] }) {
  const { t } = useTranslation();
  const mayCancel = useMay('visits.cancel');
  const [cancelling, setCancelling] = useState<VisitRow | null>(null);
  return (
    <Alert
      color="yellow"
      variant="light"
      mb="lg"
      icon={<IconRoute aria-hidden />}
      title={t('visits.coming.title', { count: visits.length })}
    >
      <p style={{ marginBottom: 10 }}>{t(`visits.coming.${mayCancel ? 'next' : 'ask'}`)}</p>
      <VisitLines visits={visits} />
      {mayCancel &&
        visits.map((visit) => (
          <Button
            key={visit.id}
            size="xs"
            variant="default"
            mr="xs"
            mt="xs"
            onClick={() => setCancelling(visit)}
          >
            {t('visits.coming.cancel', { number: visit.number })}
          </Button>
        ))}
      {cancelling && <CancelVisitDialog visit={cancelling} onClose={() => setCancelling(null)} />}
    </Alert>
  );
}
