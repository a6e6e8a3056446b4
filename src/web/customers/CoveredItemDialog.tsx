import { useTranslation } from 'react-i18next';
import type { ContractView } from '#domain/customers/commands.ts';
import { coveredItemKinds } from '#domain/customers/contract.ts';
import { type Field, RecordDialog, textOrNull } from './RecordDialog.tsx';
import { useCustomerAct } from './use-record.ts';

type Props = { customerId: string; contract: ContractView; onClose: () => void };

/** One line of what a contract covers, or says that it does not. */
export function CoveredItemDialog({ customerId, contract, onClose }: Props) {
  const { t } = useTranslation();
  const add = useCustomerAct(customerId);
  const fields: Field[] = [
    {
      name: 'name',
      label: t('contracts.items.name'),
      help: t('contracts.items.name_help'),
      required: true,
      max: 200,
    },
    {
      name: 'kind',
      label: t('contracts.items.kind'),
      kind: 'select',
      options: coveredItemKinds.map((kind) => ({ value: kind, label: t(`contracts.items.kinds.${kind}`) })),
      half: true,
    },
    {
      name: 'covered',
      label: t('contracts.items.covered'),
      kind: 'select',
      options: [
        { value: 'true', label: t('contracts.items.is_covered') },
        { value: 'false', label: t('contracts.items.is_not_covered') },
      ],
      half: true,
    },
    { name: 'remark', label: t('contracts.items.remark'), max: 500 },
  ];
  return (
    <RecordDialog
      name={`covered item of ${contract.id}`}
      title={t('contracts.items.add')}
      submit={t('contracts.items.act')}
      fields={fields}
      present={{ name: '', kind: 'product', covered: 'true', remark: '' }}
      problem={add.error}
      isPending={add.isPending}
      onClose={onClose}
      onSubmit={({ id, values, done }) =>
        add.mutate({
          done,
          act: {
            method: 'POST',
            path: `/api/contracts/${contract.id}/covered-items`,
            body: {
              id,
              name: String(values.name).trim(),
              kind: values.kind,
              covered: values.covered === 'true',
              remark: textOrNull(values.remark ?? ''),
            },
          },
        })
      }
    />
  );
}
