import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '#domain/imports/commands.ts';
import { useMe } from '../app/session.ts';
import { useShell } from '../app/shell-kind.ts';
import { BackLink } from '../ui/BackLink.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { type Column, List } from '../ui/List.tsx';
import { useListLook } from '../ui/list-look.ts';
import { Screen } from '../ui/Screen.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { usePages } from '../ui/use-pages.ts';
import style from './imports.module.css';

const idOf = (row: ImportRow) => row.id;
const pathOf = (row: ImportRow) => `/settings/imports/${row.id}`;

/** What was brought in from other desks, what came of it, and the way to bring in more. */
export function ImportsScreen() {
  const { t } = useTranslation();
  const pages = usePages<ImportRow>('imports', '/api/imports');
  const isPhone = useShell(useMe()) === 'phone';
  const [look] = useListLook('imports');
  return (
    <Screen
      title={t('imports.title')}
      back={<BackLink to="/settings" label={t('people.settings.title')} />}
      fills
      below={
        <Button
          component={Link}
          to="/settings/imports/new"
          className={style.begin}
          leftSection={<IconFileImport size="1.2em" aria-hidden />}
        >
          {t('imports.new.open')}
        </Button>
      }
    >
      <List<ImportRow>
        label={t('imports.title')}
        name="imports"
        kind="imports"
        pages={pages}
        look={look}
        idOf={idOf}
        pathOf={pathOf}
        columns={useColumns()}
        card={isPhone ? (row) => <ImportCard row={row} /> : undefined}
        empty={<EmptyState title={t('imports.empty')}>{t('imports.empty_hint')}</EmptyState>}
      />
    </Screen>
  );
}

function ImportCard({ row }: { row: ImportRow }) {
  const { t } = useTranslation();
  return (
    <span className={style.card}>
      <span>{row.file_name}</span>
      <span className="cp-soft">
        {t(`imports.states.${row.state}`)} · {t('imports.count.tickets', { count: row.tickets })} ·{' '}
        <TimeText at={row.started_at} />
      </span>
    </span>
  );
}

function useColumns(): Column<ImportRow>[] {
  const { t } = useTranslation();
  return [
    { name: 'state', label: t('imports.state'), render: (row) => t(`imports.states.${row.state}`) },
    { name: 'file', label: t('imports.file'), isMain: true, render: (row) => row.file_name },
    { name: 'kind', label: t('imports.kind'), render: (row) => t(`imports.kinds.${row.kind}`) },
    { name: 'tickets', label: t('imports.tickets'), render: (row) => row.tickets.toLocaleString() },
    { name: 'rejected', label: t('imports.rejected'), render: (row) => row.rejected.toLocaleString() },
    { name: 'by', label: t('imports.by'), render: (row) => row.started_by_name ?? t('imports.by_command') },
    { name: 'when', label: t('imports.when'), render: (row) => <TimeText at={row.started_at} /> },
  ];
}
