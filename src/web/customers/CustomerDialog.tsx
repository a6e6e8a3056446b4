import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CustomerPage } from '#domain/customers/commands.ts';
import { peopleQuery } from '../people/api.ts';
import { refresh } from '../ui/live.ts';
import { say } from '../ui/undo.ts';
import { useAct } from '../ui/use-act.ts';
import { useZones } from '../ui/zones.ts';
import { asValues, changesOf, type Field, RecordDialog, textOrNull, type Values } from './RecordDialog.tsx';

type Props = { customer?: CustomerPage; onClose: () => void };

/** A new customer, or the facts of one we know. */
export function CustomerDialog({ customer, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const fields = useFields();
  const save = useAct<{ act: Parameters<typeof asAct>[0]; done: () => void }, { id: string }>(
    ({ act }) => asAct(act),
    {
      onDone: ({ id }, { done }) => {
        refresh('customer', id);
        done();
        if (customer) say({ text: t('customers.saved') });
        else void navigate({ to: `/customers/${id}` });
      },
    },
  );
  const row = customer
    ? { ...customer, owner_id: customer.owner?.id ?? null, mail_domains: customer.mail_domains.join(', ') }
    : { zone: 'Asia/Shanghai' };
  return (
    <RecordDialog
      name={customer ? `customer ${customer.id}` : 'customer'}
      title={customer ? t('customers.edit.title') : t('customers.create.title')}
      submit={customer ? t('customers.form.save') : t('customers.create.act')}
      fields={fields}
      present={asValues(row, fields)}
      problem={save.error}
      isPending={save.isPending}
      onClose={onClose}
      onSubmit={({ id, values, base, done }) =>
        save.mutate({ act: { customerId: customer?.id, id, values, base }, done })
      }
    />
  );
}

function asAct(form: { customerId: string | undefined; id: string; values: Values; base: Values }) {
  const read = (name: string, value: Values[string]) =>
    name === 'name' || name === 'zone'
      ? String(value).trim()
      : name === 'mail_domains'
        ? domainsIn(String(value))
        : textOrNull(value);
  if (form.customerId) {
    return {
      method: 'PATCH' as const,
      path: `/api/customers/${form.customerId}`,
      body: { changes: changesOf(form, read) },
    };
  }
  const body = Object.fromEntries(
    Object.entries(form.values).map(([name, value]) => [name, read(name, value)]),
  );
  return { method: 'POST' as const, path: '/api/customers', body: { id: form.id, ...body } };
}

function domainsIn(text: string): string[] {
  return text
    .split(/[\s,，;；、]+/)
    .map((domain) => domain.replace(/^@/, '').toLowerCase())
    .filter(Boolean);
}

function useFields(): Field[] {
  const { t } = useTranslation();
  const zones = useZones();
  const { data } = useQuery(peopleQuery);
  const owners = (data ?? [])
    .filter(
      (person) =>
        person.disabled_at === null && person.roles.some((role) => role === 'sales' || role === 'manager'),
    )
    .map((person) => ({ value: person.id, label: person.name }));
  return [
    { name: 'name', label: t('customers.fields.name'), required: true, max: 200 },
    {
      name: 'short_name',
      label: t('customers.fields.short_name'),
      help: t('customers.help.short_name'),
      max: 60,
      half: true,
    },
    {
      name: 'trade',
      label: t('customers.fields.trade'),
      help: t('customers.help.trade'),
      max: 60,
      half: true,
    },
    {
      name: 'owner_id',
      label: t('customers.fields.owner_id'),
      help: t('customers.help.owner_id'),
      kind: 'select',
      options: [{ value: '', label: t('customers.no_owner') }, ...owners],
      half: true,
    },
    {
      name: 'zone',
      label: t('customers.fields.zone'),
      help: t('customers.help.zone'),
      kind: 'select',
      options: zones,
      half: true,
    },
    {
      name: 'mail_domains',
      label: t('customers.fields.mail_domains'),
      help: t('customers.help.mail_domains'),
      max: 1_000,
    },
    {
      name: 'notes',
      label: t('customers.fields.notes'),
      help: t('customers.help.notes'),
      kind: 'area',
      max: 4_000,
    },
  ];
}
