import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TicketPage } from '#domain/tickets/commands.ts';
import { send } from '../ui/api-client.ts';
import { useDraft } from '../ui/drafts.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { refresh } from '../ui/live.ts';
import { say } from '../ui/undo.ts';
import { customerPartsQuery, useTicketAct } from './api.ts';

type Waiting = { waiting_for: string; contact_id: string };

/** Waiting for the customer: for what, asked of whom. The clocks pause, in everybody's sight. */
export function WaitDialog({ ticket, onClose }: { ticket: TicketPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: customer } = useQuery(customerPartsQuery(ticket.customer_id));
  const draft = useDraft<Waiting>(`ticket:${ticket.id}:wait`, {
    waiting_for: '',
    contact_id: ticket.requester_id,
  });
  const wait = useTicketAct<Waiting>(
    ticket.id,
    (body) => ({ path: `/api/tickets/${ticket.id}/wait`, body }),
    {
      onDone: () => {
        draft.clear();
        say({
          text: t('tickets.wait.done'),
          undo: () =>
            void send({ method: 'POST', path: `/api/tickets/${ticket.id}/resume`, body: {} }).then(() =>
              refresh('ticket', ticket.id),
            ),
        });
        onClose();
      },
    },
  );
  const { value, change } = draft;
  const present = customer?.contacts.filter((contact) => contact.left_at === null) ?? [
    { id: ticket.requester_id, name: ticket.requester_name },
  ];
  return (
    <Modal opened onClose={onClose} title={t('tickets.wait.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (value.waiting_for.trim() !== '') wait.mutate(value);
        }}
      >
        <Stack>
          <p className="cp-soft">{t('tickets.wait.lead')}</p>
          <TextInput
            label={t('tickets.wait.for_what')}
            description={t('tickets.wait.for_help')}
            value={value.waiting_for}
            maxLength={500}
            onChange={(event) => {
              const waiting_for = event.currentTarget.value;
              change((before) => ({ ...before, waiting_for }));
            }}
            data-autofocus
          />
          <Select
            label={t('tickets.wait.of_whom')}
            data={present.map(({ id, name }) => ({ value: id, label: name }))}
            value={value.contact_id}
            onChange={(contact_id) => contact_id && change((before) => ({ ...before, contact_id }))}
            allowDeselect={false}
          />
          <ActProblem error={wait.error} />
          <Group>
            <Button type="submit" loading={wait.isPending} disabled={value.waiting_for.trim() === ''}>
              {t('tickets.wait.act')}
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
