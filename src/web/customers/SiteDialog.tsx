import { useTranslation } from 'react-i18next';
import type { CustomerPage } from '#domain/customers/commands.ts';
import { useZones } from '../ui/zones.ts';
import { asValues, type Field, type FieldValue, RecordDialog, textOrNull } from './RecordDialog.tsx';
import { recordAct } from './record-act.ts';
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
      onSubmit={({ done, ...form }) =>
        save.mutate({
          done,
          act: recordAct({ kind: 'sites', customerId: customer.id, thingId: site?.id, read }, form),
        })
      }
    />
  );
}
