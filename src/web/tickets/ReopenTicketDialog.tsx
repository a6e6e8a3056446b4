import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketPage } from '#domain/tickets/commands.ts';
import { useDraft } from '../ui/drafts.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { say } from '../ui/undo.ts';
import { useTicketAct } from './api.ts';

export function ReopenTicketDialog({ ticket, onClose }: { ticket: TicketPage; onClose: () => void }) {
  const { t } = useTranslation();
  const draft = useDraft(`ticket:${ticket.id}:reopen`, '');
  const reopen = useTicketAct<string>(
    ticket.id,
    (reason) => ({ path: `/api/tickets/${ticket.id}/reopen`, body: { reason } }),
    {
      onDone: () => {
        draft.clear();
        say({ text: t('tickets.reopen.done', { number: ticket.number }) });
        onClose();
      },
    },
  );
  return (
    <Modal opened onClose={onClose} title={t('tickets.reopen.title', { number: ticket.number })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.value.trim() !== '') reopen.mutate(draft.value);
        }}
      >
        <Stack>
          <TextInput
            label={t('tickets.reopen.reason')}
            description={t('tickets.reopen.reason_help')}
            value={draft.value}
            maxLength={500}
            onChange={(event) => draft.change(event.currentTarget.value)}
            data-autofocus
          />
          <ActProblem error={reopen.error} />
          <Group>
            <Button type="submit" loading={reopen.isPending} disabled={draft.value.trim() === ''}>
              {t('tickets.reopen.act')}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
