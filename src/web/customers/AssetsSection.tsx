import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssetView, CustomerPage } from '#domain/customers/commands.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { AssetDialog } from './AssetDialog.tsx';
import { useMay } from './api.ts';
import style from './customers.module.css';
import peopleStyle from './people.module.css';
import { Section } from './Section.tsx';
import { useCustomerAct } from './use-record.ts';

export function AssetsSection({ customer, isChangeable }: { customer: CustomerPage; isChangeable: boolean }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<AssetView | 'new' | null>(null);
  const [withRetired, setWithRetired] = useState(false);
  const inUse = customer.assets.filter((asset) => asset.retired_at === null);
  const retired = customer.assets.filter((asset) => asset.retired_at !== null);
  return (
    <Section
      title={t('assets.title')}
      count={inUse.length}
      add={
        isChangeable &&
        may('assets.create') && { label: t('assets.create.title'), onAdd: () => setOpen('new') }
      }
    >
      {inUse.length === 0 && <p className="cp-soft">{t('assets.empty')}</p>}
      <ul className={style.rows}>
        {[...inUse, ...(withRetired ? retired : [])].map((asset) => (
          <AssetRow
            key={asset.id}
            customer={customer}
            asset={asset}
            isChangeable={isChangeable && asset.retired_at === null}
            onEdit={() => setOpen(asset)}
          />
        ))}
      </ul>
      {retired.length > 0 && (
        <button type="button" className={style.quiet} onClick={() => setWithRetired(!withRetired)}>
          {withRetired ? t('assets.hide_retired') : t('assets.show_retired', { count: retired.length })}
        </button>
      )}
      {open !== null && (
        <AssetDialog
          customer={customer}
          {...(open === 'new' ? {} : { asset: open })}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}

type RowProps = { customer: CustomerPage; asset: AssetView; isChangeable: boolean; onEdit: () => void };

function AssetRow({ customer, asset, isChangeable, onEdit }: RowProps) {
  const { t } = useTranslation();
  const may = useMay();
  const site = customer.sites.find(({ id }) => id === asset.site_id);
  const retire = useCustomerAct(customer.id, t('assets.retire.done', { name: asset.name }));
  const facts = [
    asset.kind,
    asset.model,
    asset.version,
    asset.serial && t('assets.serial', { serial: asset.serial }),
    site?.name,
    asset.retired_at !== null && t('assets.retired'),
  ];
  return (
    <li className={peopleStyle.person} data-left={asset.retired_at !== null}>
      <div className={peopleStyle.personMain}>
        <strong>{asset.name}</strong>
        <div className="cp-soft">{facts.filter(Boolean).join(' · ')}</div>
        {asset.notes && <div className={style.notes}>{asset.notes}</div>}
        {retire.error && <ActProblem error={retire.error} isKept={false} />}
      </div>
      {isChangeable && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('customers.more', { name: asset.name })} loading={retire.isPending}>
              <IconDots size="1.25em" aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {may('assets.edit') && <Menu.Item onClick={onEdit}>{t('assets.edit.act')}</Menu.Item>}
            {may('assets.retire') && (
              <Menu.Item
                onClick={() =>
                  retire.mutate({ act: { method: 'POST', path: `/api/assets/${asset.id}/retire`, body: {} } })
                }
              >
                {t('assets.retire.act')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
