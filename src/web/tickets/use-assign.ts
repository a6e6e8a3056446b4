import { useTranslation } from 'react-i18next';
import type { TicketActed } from '#domain/tickets/commands.ts';
import { useMe } from '../app/session.ts';
import { send } from '../ui/api-client.ts';
import { refresh } from '../ui/live.ts';
import { say } from '../ui/undo.ts';
import { useAct } from '../ui/use-act.ts';
import type { AnyTicket } from './api.ts';

type Assignment = { ticket: AnyTicket; assignee: { id: string; name: string } | null };

/** Gives a ticket to somebody, or to nobody; taken back from the toast by giving it to whom it belonged before. */
export function useAssign() {
  const { t } = useTranslation();
  const assignTo = (id: string, assignee_id: string | null) =>
    ({ method: 'POST', path: `/api/tickets/${id}/assign`, body: { assignee_id } }) as const;
  return useAct<Assignment, TicketActed>(
    ({ ticket, assignee }) => assignTo(ticket.id, assignee?.id ?? null),
    {
      onDone: (_, { ticket, assignee }) => {
        refresh('ticket', ticket.id);
        const text = assignee
          ? t('tickets.assign.done', { number: ticket.number, name: assignee.name })
          : t('tickets.assign.taken_away', { number: ticket.number });
        say({
          text,
          undo: () =>
            void send(assignTo(ticket.id, ticket.assignee_id)).then(() => refresh('ticket', ticket.id)),
        });
      },
      onRefused: (_, { ticket }) => refresh('ticket', ticket.id),
    },
  );
}

/** "I'll take it." */
export function useTake() {
  const me = useMe();
  const assign = useAssign();
  return {
    ...assign,
    mutate: (ticket: AnyTicket) => assign.mutate({ ticket, assignee: { id: me.id, name: me.name } }),
  };
}
