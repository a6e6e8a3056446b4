import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { IconBuildingStore, IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerRow } from '#domain/customers/commands.ts';
import { readStored, writeStored } from '../ui/device-storage.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { type Chosen, FilterChips } from '../ui/FilterChips.tsx';
import { type Column, List } from '../ui/List.tsx';
import { ListLookMenu } from '../ui/ListLookMenu.tsx';
import { useListLook } from '../ui/list-look.ts';
import { Screen } from '../ui/Screen.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import { usePages } from '../ui/use-pages.ts';
import { useMay } from './api.ts';
import { ContractEnd } from './ContractEnd.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import style from './customers.module.css';

type Kept = { q: string; chosen: Chosen };
const idOf = (row: CustomerRow) => row.id;
const pathOf = (row: CustomerRow) => `/customers/${row.id}`;

/** Whom we serve, by name. */
export function CustomersScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const isPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const [kept, setKept] = useState<Kept>(
    () => readStored<Kept>('customers.filters') ?? { q: '', chosen: {} },
  );
  const [q] = useDebouncedValue(kept.q.trim(), 180);
  const [isMaking, setMaking] = useState(false);
  const [look, changeLook] = useListLook('customers');
  const keep = (change: Partial<Kept>) => {
    const next = { ...kept, ...change };
    writeStored('customers.filters', next);
    setKept(next);
  };
  const archived = kept.chosen.archived === 'true';
  const pages = usePages<CustomerRow>('customers', '/api/customers', {
    q: q === '' ? undefined : q,
    archived: archived ? 'true' : undefined,
  });
  useShortcuts(t('customers.title'), [
    {
      keys: 'c',
      label: t('customers.create.title'),
      run: () => setMaking(true),
      off: !may('customers.create'),
    },
  ]);
  const columns = useColumns();
  const isSearching = q !== '';
  const filters = [
    {
      name: 'archived',
      label: t('customers.filters.archived'),
      base: 'false',
      options: [
        { value: 'false', label: t('customers.filters.served') },
        { value: 'true', label: t('customers.filters.archived') },
      ],
    },
  ];
  return (
    <Screen
      fills
      title={t('customers.title')}
      acts={
        <>
          {!isPhone && <ListLookMenu columns={columns} look={look} onChange={changeLook} />}
          {may('customers.create') && (
            <Button leftSection={<IconPlus size="1.1em" aria-hidden />} onClick={() => setMaking(true)}>
              {t('customers.create.title')}
            </Button>
          )}
        </>
      }
      below={
        <div className={style.search}>
          <TextInput
            type="search"
            value={kept.q}
            onChange={(event) => keep({ q: event.currentTarget.value })}
            placeholder={t('customers.search')}
            aria-label={t('customers.search')}
            leftSection={<IconSearch size="1.1em" aria-hidden />}
          />
          <FilterChips filters={filters} chosen={kept.chosen} onChange={(chosen) => keep({ chosen })} />
        </div>
      }
    >
      <List
        label={t('customers.title')}
        name={`customers ${archived} ${q}`}
        kind="customer"
        pages={pages}
        columns={columns}
        look={look}
        idOf={idOf}
        pathOf={pathOf}
        card={isPhone ? (row) => <CustomerCard row={row} /> : undefined}
        empty={
          isSearching || archived ? (
            <EmptyState
              icon={<IconSearch size={32} stroke={1.5} aria-hidden />}
              title={isSearching ? t('customers.empty.search', { q }) : t('customers.empty.archived')}
              why={isSearching ? t('customers.empty.search_why') : t('customers.empty.archived_why')}
            >
              <Button variant="default" onClick={() => keep({ q: '', chosen: {} })}>
                {t('customers.empty.show_all')}
              </Button>
            </EmptyState>
          ) : (
            <EmptyState
              icon={<IconBuildingStore size={32} stroke={1.5} aria-hidden />}
              title={t('customers.empty.title')}
              why={t('customers.empty.why')}
            >
              {may('customers.create') && (
                <Button onClick={() => setMaking(true)}>{t('customers.create.title')}</Button>
              )}
            </EmptyState>
          )
        }
      />
      {isMaking && <CustomerDialog onClose={() => setMaking(false)} />}
    </Screen>
  );
}

function useColumns(): Column<CustomerRow>[] {
  const { t } = useTranslation();
  return [
    {
      name: 'name',
      label: t('customers.fields.name'),
      isMain: true,
      render: (row) => (
        <>
          {row.name}
          {row.short_name && row.short_name !== row.name && (
            <span className={style.short}>{row.short_name}</span>
          )}
        </>
      ),
    },
    { name: 'trade', label: t('customers.fields.trade'), render: (row) => row.trade ?? '' },
    {
      name: 'owner',
      label: t('customers.fields.owner_id'),
      render: (row) => row.owner_name ?? t('customers.no_owner'),
    },
    {
      name: 'contract',
      label: t('customers.contract'),
      render: (row) => row.contract_name ?? <span className="cp-soft">{t('customers.no_contract')}</span>,
    },
    {
      name: 'until',
      label: t('customers.contract_until'),
      render: (row) => row.contract_name && <ContractEnd endsOn={row.contract_ends_on} />,
    },
  ];
}

function CustomerCard({ row }: { row: CustomerRow }) {
  const { t } = useTranslation();
  return (
    <div className={style.cardRow}>
      <strong>{row.short_name ?? row.name}</strong>
      <span className="cp-soft">
        {[row.trade, row.owner_name && t('customers.owned_by', { name: row.owner_name })]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {row.contract_name ? (
        <span>
          {row.contract_name} <ContractEnd endsOn={row.contract_ends_on} />
        </span>
      ) : (
        <span className="cp-soft">{t('customers.no_contract')}</span>
      )}
    </div>
  );
}
