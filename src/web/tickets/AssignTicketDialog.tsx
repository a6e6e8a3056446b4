import { Button, Modal, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketPage } from '#domain/tickets/commands.ts';
import { useMe } from '../app/session.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import style from './AssignTicketDialog.module.css';
import { colleaguesQuery } from './api.ts';
import { useAssign } from './use-assign.ts';

const workers = ['engineer', 'dispatcher', 'manager', 'administrator'];

/** Gives the ticket to a colleague: type a name, press Enter. */
export function AssignTicketDialog({ ticket, onClose }: { ticket: TicketPage; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { data: colleagues = [] } = useQuery(colleaguesQuery);
  const assign = useAssign();
  const [search, setSearch] = useState('');
  const needle = search.trim().toLowerCase();
  const shown = colleagues
    .filter((person) => person.roles.some((role) => workers.includes(role)))
    .filter((person) => person.name.toLowerCase().includes(needle))
    // Oneself first: the name that is chosen most.
    .sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id));
  const give = (assignee: { id: string; name: string } | null) =>
    assign.mutate({ ticket, assignee }, { onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} title={t('tickets.assign.title', { number: ticket.number })}>
      <TextInput
        label={t('tickets.assign.who')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || !shown[0]) return;
          event.preventDefault();
          give(shown[0]);
        }}
        data-autofocus
      />
      <ul className={style.people}>
        {shown.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              className={style.person}
              disabled={assign.isPending}
              onClick={() => give(person)}
            >
              <span>
                {person.id === me.id ? t('tickets.assign.me', { name: person.name }) : person.name}
                <span className={style.roles}>
                  {person.roles.map((role) => t(`app.roles.${role}`)).join(t('app.and'))}
                </span>
              </span>
              {person.id === ticket.assignee_id && (
                <IconCheck size="1.2em" aria-label={t('tickets.assign.present')} />
              )}
            </button>
          </li>
        ))}
      </ul>
      <ActProblem error={assign.error} isKept={false} />
      {ticket.assignee_id !== null && (
        <Button variant="subtle" color="gray" onClick={() => give(null)}>
          {t('tickets.assign.nobody')}
        </Button>
      )}
    </Modal>
  );
}
