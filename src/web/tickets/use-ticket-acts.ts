import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketPage } from '#domain/tickets/commands.ts';
import { useMay } from '../app/session.ts';
import { send } from '../ui/api-client.ts';
import { refresh } from '../ui/live.ts';
import { say } from '../ui/undo.ts';
import { useTicketAct } from './api.ts';
import { useTake } from './use-assign.ts';

export type TicketDialog = 'close' | 'assign' | 'wait' | 'edit' | 'reopen' | 'visit';

/** What can be done to a ticket from its page, and which dialog is open for it. */
export function useTicketActs(ticket: TicketPage | undefined) {
  const { t } = useTranslation();
  const mayWork = useMay('tickets.close');
  const [dialog, setDialog] = useState<TicketDialog | null>(null);
  const assign = useTake();
  const id = ticket?.id ?? '';
  const resume = useTicketAct<TicketPage>(id, () => ({ path: `/api/tickets/${id}/resume`, body: {} }), {
    onDone: (_, before) => {
      const { waiting_for, waiting_on } = before;
      const back = { waiting_for, contact_id: waiting_on?.id };
      say({
        text: t('tickets.wait.resumed'),
        undo: () =>
          void send({ method: 'POST', path: `/api/tickets/${id}/wait`, body: back }).then(() =>
            refresh('ticket', id),
          ),
      });
    },
  });
  return {
    mayWork,
    dialog,
    open: setDialog,
    close: () => setDialog(null),
    take: () => ticket && assign.mutate(ticket),
    resume: () => ticket && resume.mutate(ticket),
    problem: assign.error ?? resume.error,
  };
}

export type TicketActs = ReturnType<typeof useTicketActs>;
