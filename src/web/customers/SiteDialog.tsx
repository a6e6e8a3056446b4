import { useTranslation } from 'react-i18next';
import type { CustomerPage } from '#domain/customers/commands.ts';
import { useZones } from '../ui/zones.ts';
import {
  asValues,
  changesOf,
  type Field,
  type FieldValue,
  RecordDialog,
  textOrNull,
} from './RecordDialog.tsx';
import { useCustomerAct } from './use-record.ts';

type Site = CustomerPage['sites'][number];
type Props = { customer: { id: string; zone: string }; site?: Site; onClose: () => void };

export function SiteDialog({ customer, site, onClose }: Props) {
  const { t } = useTranslation();
  const save = useCustomerAct(customer.id, site ? t('customers.saved') : undefined);
  const fields: Field[] = [
    { name: 'name', label: t('sites.fields.name'), help: t('sites.help.name'), required: true, max: 200 },
    { name: 'city', label: t('sites.fields.city'), max: 60, half: true },
    { name: 'zone', label: t('customers.fields.zone'), kind: 'select', options: useZones(), half: true },
    { name: 'address', label: t('sites.fields.address'), max: 500 },
  ];
  const read = (name: string, value: FieldValue) =>
    name === 'name' || name === 'zone' ? String(value).trim() : textOrNull(value);
  return (
    <RecordDialog
      name={site ? `site ${site.id}` : `site of ${customer.id}`}
      title={site ? t('sites.edit.title') : t('sites.create.title')}
      submit={site ? t('customers.form.save') : t('sites.create.act')}
      fields={fields}
      present={asValues(site ?? { zone: customer.zone }, fields)}
      problem={save.error}
      isPending={save.isPending}
      onClose={onClose}
      onSubmit={({ id, values, base, done }) =>
        save.mutate({
          done,
          act: site
            ? {
                method: 'PATCH',
                path: `/api/sites/${site.id}`,
                body: { changes: changesOf({ values, base }, read) },
              }
            : {
                method: 'POST',
                path: `/api/customers/${customer.id}/sites`,
                body: { id, ...mapped(values, read) },
              },
        })
      }
    />
  );
}

function mapped(values: Record<string, FieldValue>, read: (name: string, value: FieldValue) => unknown) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, read(name, value)]));
}
