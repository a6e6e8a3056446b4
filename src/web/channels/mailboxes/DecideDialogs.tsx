import { Button, Modal, NativeSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SenderRow } from '#domain/channels/mailbox-commands.ts';
import { customerQuery } from '../../customers/api.ts';
import { get } from '../../ui/api-client.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { refresh } from '../../ui/live.ts';
import { say } from '../../ui/undo.ts';
import { useAct } from '../../ui/use-act.ts';
import style from './mailboxes.module.css';

type Props = { sender: SenderRow; onClose: () => void };

function useDecision(sender: SenderRow, act: 'give' | 'dismiss', done: () => void) {
  const { t } = useTranslation();
  return useAct<object, { id: string }>(
    (body) => ({ method: 'POST', path: `/api/mail-senders/${sender.id}/${act}`, body }),
    {
      onDone: () => {
        refresh('mail_sender', sender.id);
        for (const { id } of sender.tickets) refresh('ticket', id);
        say({ text: t(`mailboxes.senders.${act === 'give' ? 'given' : 'dismissed'}`) });
        done();
      },
    },
  );
}

/** Whose they are: a customer, and one of its people or a new one. What they wrote moves there. */
export function GiveDialog({ sender, onClose }: Props) {
  const { t } = useTranslation();
  const [customer_id, setCustomer] = useState<string | null>(null);
  const [contact_id, setContact] = useState('');
  const give = useDecision(sender, 'give', onClose);
  const { data: customers = [] } = useQuery({
    queryKey: ['customers', 'list', 'names'],
    queryFn: async ({ signal }) =>
      (await get<{ items: { id: string; name: string }[] }>('/api/customers', { limit: 100 }, { signal }))
        .items,
  });
  const { data: customer } = useQuery({ ...customerQuery(customer_id ?? ''), enabled: customer_id !== null });
  const people = (customer?.contacts ?? []).filter(({ left_at }) => left_at === null);
  return (
    <Modal opened onClose={onClose} title={t('mailboxes.senders.give_title')}>
      <div className={style.form}>
        <p>{t('mailboxes.senders.give_hint', { email: sender.email })}</p>
        <Select
          label={t('mailboxes.senders.customer')}
          searchable
          data={customers.map(({ id, name }) => ({ value: id, label: name }))}
          value={customer_id}
          onChange={(id) => {
            setCustomer(id);
            setContact('');
          }}
        />
        <NativeSelect
          label={t('mailboxes.senders.as')}
          disabled={customer_id === null}
          value={contact_id}
          onChange={(event) => setContact(event.currentTarget.value)}
          data={[
            { value: '', label: t('mailboxes.senders.new_contact') },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <ActProblem error={give.error} isKept={false} />
        <div className={style.acts}>
          <Button
            disabled={customer_id === null}
            loading={give.isPending}
            onClick={() => give.mutate({ customer_id, contact_id: contact_id || null })}
          >
            {t('mailboxes.senders.give_act')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

export function DismissDialog({ sender, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const dismiss = useDecision(sender, 'dismiss', onClose);
  return (
    <Modal opened onClose={onClose} title={t('mailboxes.senders.dismiss_title')}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') dismiss.mutate({ reason: reason.trim() });
        }}
      >
        <p>{t('mailboxes.senders.dismiss_hint')}</p>
        <TextInput
          label={t('mailboxes.senders.reason')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ActProblem error={dismiss.error} />
        <div className={style.acts}>
          <Button type="submit" disabled={reason.trim() === ''} loading={dismiss.isPending}>
            {t('mailboxes.senders.dismiss_act')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
