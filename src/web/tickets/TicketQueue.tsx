import { Button } from '@mantine/core';
import { IconInbox, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { TicketRow } from '#domain/tickets/commands.ts';
import { useMay } from '../app/session.ts';
import { send } from '../ui/api-client.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { type Chosen, FilterChips } from '../ui/FilterChips.tsx';
import { List } from '../ui/List.tsx';
import { ListLookMenu } from '../ui/ListLookMenu.tsx';
import { useListLook } from '../ui/list-look.ts';
import { queryClient } from '../ui/query-client.ts';
import { SavedViews } from '../ui/SavedViews.tsx';
import { Screen } from '../ui/Screen.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import { lazyPart } from '../ui/the-rest.ts';
import { say } from '../ui/undo.ts';
import { usePages } from '../ui/use-pages.ts';
import { viewsQuery } from './api.ts';
import { useTicketColumns } from './ticket-columns.tsx';
import { chosenFrom, storedFilters, useFixedViews, useTicketFilters } from './ticket-filters.ts';
import { useTake } from './use-assign.ts';

const NewTicketDialog = lazyPart(() => import('./NewTicketDialog.tsx'), 'NewTicketDialog');

const idOf = (ticket: TicketRow) => ticket.id;
const pathOf = (ticket: TicketRow) => `/tickets/${ticket.id}`;

/** The desk's queue: what breaks first stands first, fresh without a reload. */
export function TicketQueue() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const chosen = chosenFrom(useSearch({ strict: false }));
  const choose = (next: Chosen) => void navigate({ to: '/tickets', search: next as never });
  const filters = useTicketFilters();
  const columns = useTicketColumns();
  const [look, changeLook] = useListLook('tickets');
  const pages = usePages<TicketRow>('tickets', '/api/tickets', chosen);
  const take = useTake();
  const mayCreate = useMay('tickets.create');
  const mayWork = useMay('tickets.reply');
  const [isAsking, setAsking] = useState(false);
  useShortcuts(t('tickets.title'), [
    { keys: 'c', label: t('tickets.create.open'), run: () => setAsking(true), off: !mayCreate },
  ]);
  const openWith = (act: string) => (ticket: TicketRow) =>
    void navigate({ to: pathOf(ticket), search: { act } as never });
  return (
    <Screen
      title={t('tickets.title')}
      fills
      acts={
        <>
          {mayCreate && (
            <Button leftSection={<IconPlus size="1.1em" aria-hidden />} onClick={() => setAsking(true)}>
              {t('tickets.create.open')}
            </Button>
          )}
          <ListLookMenu columns={columns} look={look} onChange={changeLook} />
        </>
      }
      below={
        <>
          <Views chosen={chosen} onChoose={choose} />
          <FilterChips filters={filters} chosen={chosen} onChange={choose} />
        </>
      }
    >
      <List
        label={t('tickets.title')}
        name={`tickets ${JSON.stringify(chosen)}`}
        kind="tickets"
        pages={pages}
        columns={columns}
        look={look}
        idOf={idOf}
        pathOf={pathOf}
        keys={
          mayWork
            ? [
                { keys: 'r', label: t('tickets.reply.open'), run: openWith('reply') },
                { keys: 'e', label: t('tickets.edit.open'), run: openWith('edit') },
                { keys: 't', label: t('tickets.assign.take'), run: (ticket) => take.mutate(ticket) },
              ]
            : []
        }
        empty={<EmptyQueue isFiltered={Object.keys(chosen).length > 0} onClear={() => choose({})} />}
      />
      <Suspense>{isAsking && <NewTicketDialog onClose={() => setAsking(false)} />}</Suspense>
    </Screen>
  );
}

function EmptyQueue({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  const words = isFiltered ? 'filtered' : 'none';
  return (
    <EmptyState
      title={t(`tickets.empty.${words}.title`)}
      why={t(`tickets.empty.${words}.why`)}
      icon={<IconInbox size={36} stroke={1.4} aria-hidden />}
    >
      {isFiltered && (
        <Button variant="default" onClick={onClear}>
          {t('ui.filters.clear')}
        </Button>
      )}
    </EmptyState>
  );
}

function Views({ chosen, onChoose }: { chosen: Chosen; onChoose: (next: Chosen) => void }) {
  const { t } = useTranslation();
  const fixed = useFixedViews();
  const { data } = useQuery(viewsQuery);
  const again = () => queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey });
  const saved = (data?.items ?? []).map((view) => ({ ...view, filters: chosenFrom(view.filters) }));
  const save = async (view: { id: string; name: string; filters: Chosen; is_shared: boolean }) => {
    const body = { ...view, filters: storedFilters(view.filters) };
    await send({ method: 'POST', path: '/api/views', body });
    await again();
  };
  return (
    <SavedViews
      views={[...fixed, ...saved]}
      chosen={chosen}
      onChoose={onChoose}
      onSave={(view) => void save({ id: uuidv7(), ...view })}
      onDelete={(view) =>
        void send({ method: 'DELETE', path: `/api/views/${view.id}` })
          .then(again)
          .then(() =>
            say({
              text: t('tickets.views.deleted', { name: view.name }),
              undo: () =>
                void save({
                  id: uuidv7(),
                  name: view.name,
                  filters: view.filters,
                  is_shared: view.is_shared ?? false,
                }),
            }),
          )
      }
    />
  );
}
