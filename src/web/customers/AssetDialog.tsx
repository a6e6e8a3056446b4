import { useTranslation } from 'react-i18next';
import type { AssetView, CustomerPage } from '#domain/customers/commands.ts';
import { asValues, type Field, type FieldValue, RecordDialog, textOrNull } from './RecordDialog.tsx';
import { recordAct } from './record-act.ts';
import { useCustomerAct } from './use-record.ts';

type Props = { customer: CustomerPage; asset?: AssetView; onClose: () => void };

export function AssetDialog({ customer, asset, onClose }: Props) {
  const { t } = useTranslation();
  const save = useCustomerAct(customer.id, asset ? t('customers.saved') : undefined);
  const fields: Field[] = [
    { name: 'name', label: t('assets.fields.name'), help: t('assets.help.name'), required: true, max: 200 },
    {
      name: 'site_id',
      label: t('contacts.fields.site_id'),
      kind: 'select',
      options: [
        { value: '', label: t('contacts.no_site') },
        ...customer.sites.map((site) => ({ value: site.id, label: site.name })),
      ],
      half: true,
    },
    { name: 'kind', label: t('assets.fields.kind'), help: t('assets.help.kind'), max: 60, half: true },
    { name: 'model', label: t('assets.fields.model'), max: 100, half: true },
    { name: 'serial', label: t('assets.fields.serial'), max: 100, half: true },
    { name: 'version', label: t('assets.fields.version'), max: 100, half: true },
    { name: 'notes', label: t('assets.fields.notes'), kind: 'area', max: 2_000 },
  ];
  const read = (name: string, value: FieldValue) =>
    name === 'name' ? String(value).trim() : textOrNull(value);
  return (
    <RecordDialog
      name={asset ? `asset ${asset.id}` : `asset of ${customer.id}`}
      title={asset ? t('assets.edit.title') : t('assets.create.title')}
      submit={asset ? t('customers.form.save') : t('assets.create.act')}
      fields={fields}
      present={asValues(asset ?? {}, fields)}
      problem={save.error}
      isPending={save.isPending}
      onClose={onClose}
      onSubmit={({ done, ...form }) =>
        save.mutate({
          done,
          act: recordAct({ kind: 'assets', customerId: customer.id, thingId: asset?.id, read }, form),
        })
      }
    />
  );
}
