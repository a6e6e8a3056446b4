import { ActionIcon, Alert, Button, Menu, Skeleton } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconDots, IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerPage } from '#domain/customers/commands.ts';
import { ActProblem, ErrorState } from '../ui/ErrorState.tsx';
import { FactList } from '../ui/FactList.tsx';
import { Screen } from '../ui/Screen.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import { TimeText } from '../ui/TimeText.tsx';
import { zoneWords } from '../ui/time-words.ts';
import { say } from '../ui/undo.ts';
import { AssetsSection } from './AssetsSection.tsx';
import { customerQuery, useMay } from './api.ts';
import { ContractsSection } from './ContractsSection.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import style from './customers.module.css';
import { OpenTicketsSection, OwedSection, VisitsSection } from './HappeningSections.tsx';
import { PeopleSection } from './PeopleSection.tsx';
import { SitesSection } from './SitesSection.tsx';
import { useCustomerAct } from './use-record.ts';

/** Everything of one customer on a page: who they are, what they have, what was agreed, what is under way. */
export function CustomerScreen() {
  const { t } = useTranslation();
  const { id = '' } = useParams({ strict: false });
  const { data: customer, error, refetch } = useQuery(customerQuery(id));
  if (customer) return <Shown customer={customer} />;
  return (
    <Screen title={t('customers.one')}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Waiting />}
    </Screen>
  );
}

function Shown({ customer }: { customer: CustomerPage }) {
  const { t } = useTranslation();
  const may = useMay();
  const [isEditing, setEditing] = useState(false);
  const isChangeable = customer.archived_at === null;
  const mayEdit = isChangeable && may('customers.edit');
  useShortcuts(t('customers.one'), [
    { keys: 'e', label: t('customers.edit.title'), run: () => setEditing(true), off: !mayEdit },
  ]);
  return (
    <Screen
      fills
      title={customer.name}
      acts={
        <>
          {mayEdit && (
            <Button
              variant="default"
              leftSection={<IconPencil size="1.1em" aria-hidden />}
              onClick={() => setEditing(true)}
            >
              {t('customers.edit.act')}
            </Button>
          )}
          <ArchiveMenu customer={customer} />
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={style.page} tabIndex={0} aria-label={customer.name}>
        {customer.archived_at && <ArchivedNote customer={customer} />}
        <div className={style.columns}>
          <div className={style.column}>
            <Facts customer={customer} />
            <PeopleSection customer={customer} isChangeable={isChangeable} />
            <ContractsSection customer={customer} isChangeable={isChangeable} />
            <SitesSection customer={customer} isChangeable={isChangeable} />
            <AssetsSection customer={customer} isChangeable={isChangeable} />
          </div>
          <aside className={style.column} aria-label={t('customers.happening')}>
            <OpenTicketsSection customerId={customer.id} />
            <VisitsSection customerId={customer.id} />
            <OwedSection customerId={customer.id} />
          </aside>
        </div>
      </section>
      {isEditing && <CustomerDialog customer={customer} onClose={() => setEditing(false)} />}
    </Screen>
  );
}

function Facts({ customer }: { customer: CustomerPage }) {
  const { t } = useTranslation();
  return (
    <section className={style.facts}>
      <FactList
        facts={[
          customer.short_name !== customer.name && {
            label: t('customers.fields.short_name'),
            value: customer.short_name,
          },
          { label: t('customers.fields.trade'), value: customer.trade },
          { label: t('customers.fields.owner_id'), value: customer.owner?.name ?? t('customers.no_owner') },
          customer.mail_domains.length > 0 && {
            label: t('customers.fields.mail_domains'),
            value: customer.mail_domains.join(', '),
          },
          { label: t('customers.fields.zone'), value: zoneWords(customer.zone, t) },
          {
            label: t('customers.fields.notes'),
            value: customer.notes && <span className={style.notes}>{customer.notes}</span>,
          },
        ]}
      />
    </section>
  );
}

function ArchivedNote({ customer }: { customer: CustomerPage }) {
  const { t } = useTranslation();
  return (
    <Alert color="gray" icon={<IconArchive aria-hidden />} title={t('customers.archive.is')} mb="md">
      {t('customers.archive.by', { name: customer.archived_by_name ?? '' })}{' '}
      {customer.archived_at && <TimeText at={customer.archived_at} />}
    </Alert>
  );
}

function ArchiveMenu({ customer }: { customer: CustomerPage }) {
  const { t } = useTranslation();
  const may = useMay();
  const archive = useCustomerAct(customer.id);
  const path = (act: 'archive' | 'restore') => ({
    method: 'POST' as const,
    path: `/api/customers/${customer.id}/${act}`,
    body: {},
  });
  const restore = () =>
    archive.mutate({ act: path('restore'), done: () => say({ text: t('customers.restore.done') }) });
  const put = () =>
    archive.mutate({
      act: path('archive'),
      done: () => say({ text: t('customers.archive.done', { name: customer.name }), undo: restore }),
    });
  const isAway = customer.archived_at !== null;
  if (!may(isAway ? 'customers.restore' : 'customers.archive')) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('customers.more', { name: customer.name })} loading={archive.isPending}>
            <IconDots size="1.25em" aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isAway ? (
            <Menu.Item leftSection={<IconArchiveOff size="1.1em" aria-hidden />} onClick={restore}>
              {t('customers.restore.act')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconArchive size="1.1em" aria-hidden />} onClick={put}>
              {t('customers.archive.act')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {archive.error && <ActProblem error={archive.error} isKept={false} />}
    </>
  );
}

function Waiting() {
  return (
    <div className={style.stack} aria-hidden>
      <Skeleton height={90} />
      <Skeleton height={220} />
      <Skeleton height={160} />
    </div>
  );
}
