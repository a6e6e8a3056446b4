import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ContactView } from '#domain/customers/commands.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { openTicketsQuery, owedQuery } from './api.ts';
import style from './customers.module.css';
import formsStyle from './forms.module.css';
import { useCustomerAct } from './use-record.ts';

type Props = { customerId: string; contact: ContactView; onClose: () => void };

/** R35: when a contact leaves, what still hangs on them is named before the door closes. */
export function LeavingDialog({ customerId, contact, onClose }: Props) {
  const { t } = useTranslation();
  const tickets = useQuery(openTicketsQuery(customerId));
  const promises = useQuery(owedQuery(customerId));
  const leave = useCustomerAct(customerId, t('contacts.leave.done', { name: contact.name }));
  const asked = (tickets.data?.items ?? []).filter((ticket) => ticket.requester_id === contact.id);
  const owed = (promises.data?.items ?? []).filter((promise) => promise.to_contact_id === contact.id);
  const submit = () =>
    leave.mutate({
      act: { method: 'POST', path: `/api/contacts/${contact.id}/leave`, body: {} },
      done: onClose,
    });
  return (
    <Modal opened onClose={onClose} title={t('contacts.leave.title', { name: contact.name })}>
      <div className={style.stack}>
        <p>{t('contacts.leave.what')}</p>
        {asked.length > 0 && (
          <div>
            <strong>{t('contacts.leave.tickets', { count: asked.length })}</strong>
            <ul className={style.plain}>
              {asked.map((ticket) => (
                <li key={ticket.id}>
                  <Link to={`/tickets/${ticket.id}`}>{ticket.title}</Link>
                </li>
              ))}
            </ul>
          </div>
        )}
        {owed.length > 0 && (
          <div>
            <strong>{t('contacts.leave.promises', { count: owed.length })}</strong>
            <ul className={style.plain}>
              {owed.map((promise) => (
                <li key={promise.id}>
                  <Link to={`/tickets/${promise.subject_id}`}>{promise.words}</Link>
                </li>
              ))}
            </ul>
          </div>
        )}
        {leave.error && <ActProblem error={leave.error} isKept={false} />}
        <div className={formsStyle.formActs}>
          <Button onClick={submit} loading={leave.isPending || tickets.isLoading || promises.isLoading}>
            {t('contacts.leave.confirm')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('contacts.leave.not_yet')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
