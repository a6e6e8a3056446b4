import { Button, Checkbox, Modal, Radio } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView } from '#domain/customers/commands.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import customersStyle from './customers.module.css';
import style from './forms.module.css';
import { useCustomerAct } from './use-record.ts';

type Props = { customerId: string; contact: ContactView; onClose: () => void };

/** How much a contact sees in the portal, and whether they manage their own colleagues there. */
export function AccessDialog({ customerId, contact, onClose }: Props) {
  const { t } = useTranslation();
  const isPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const [sees, setSees] = useState(contact.sees);
  const [manages, setManages] = useState(contact.is_customer_administrator);
  const save = useCustomerAct(customerId, t('customers.saved'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { sees, is_customer_administrator: manages };
    save.mutate({ act: { method: 'POST', path: `/api/contacts/${contact.id}/access`, body }, done: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('contacts.access.title', { name: contact.name })}
      fullScreen={isPhone}
    >
      <form onSubmit={submit} className={customersStyle.stack}>
        <Radio.Group
          label={t('contacts.access.sees')}
          value={sees}
          onChange={(value) => setSees(value as 'own' | 'all')}
        >
          <div className={style.choices}>
            <Radio value="own" label={t('contacts.sees.own')} description={t('contacts.access.own_help')} />
            <Radio value="all" label={t('contacts.sees.all')} description={t('contacts.access.all_help')} />
          </div>
        </Radio.Group>
        <Checkbox
          checked={manages}
          onChange={(event) => setManages(event.currentTarget.checked)}
          label={t('contacts.access.manages')}
          description={t('contacts.access.manages_help')}
        />
        {save.error && <ActProblem error={save.error} />}
        <Button type="submit" loading={save.isPending} className={style.start}>
          {t('contacts.access.act')}
        </Button>
      </form>
    </Modal>
  );
}
