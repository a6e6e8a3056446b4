import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ticketKinds, ticketStates } from '#domain/tickets/ticket.ts';
import { get } from '../ui/api-client.ts';
import type { Chosen, Filter } from '../ui/FilterChips.tsx';
import type { SavedView } from '../ui/SavedViews.tsx';
import { colleaguesQuery } from './api.ts';

export const customersQuery = {
  queryKey: ['customers', 'list', 'names'],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (
      await get<{ items: { id: string; name: string; short_name: string | null }[] }>(
        '/api/customers',
        { limit: 100 },
        { signal },
      )
    ).items,
  staleTime: 300_000,
};

/** The queue's filters as chips in words. */
export function useTicketFilters(): Filter[] {
  const { t } = useTranslation();
  const { data: colleagues } = useQuery(colleaguesQuery);
  const { data: customers } = useQuery(customersQuery);
  return useMemo(() => {
    const of = (name: string, values: readonly (string | number)[]) =>
      values.map((value) => ({ value: String(value), label: t(`tickets.filters.${name}.${value}`) }));
    const label = (name: string) => t(`tickets.filters.${name}.label`);
    return [
      {
        name: 'state',
        label: label('state'),
        base: 'active',
        options: of('state', ['active', ...ticketStates]),
      },
      { name: 'clock', label: label('clock'), options: of('clock', ['overdue', 'due_soon', 'paused']) },
      {
        name: 'assignee',
        label: label('assignee'),
        searchable: true,
        options: [
          ...of('assignee', ['me', 'none']),
          ...(colleagues ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ],
      },
      {
        name: 'priority',
        label: label('priority'),
        options: [1, 2, 3, 4].map((value) => ({
          value: String(value),
          label: t(`tickets.priorities.${value}`),
        })),
      },
      {
        name: 'kind',
        label: label('kind'),
        options: ticketKinds.map((value) => ({ value, label: t(`tickets.kinds.${value}`) })),
      },
      {
        name: 'customer_id',
        label: label('customer'),
        searchable: true,
        options: (customers ?? []).map(({ id, name, short_name }) => ({
          value: id,
          label: short_name ?? name,
        })),
      },
    ];
  }, [t, colleagues, customers]);
}

/** The house's own views, which everybody has. */
export function useFixedViews(): SavedView[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'all', name: t('tickets.views.active'), filters: {} },
      { id: 'mine', name: t('tickets.views.mine'), filters: { assignee: 'me' } },
      { id: 'unassigned', name: t('tickets.views.unassigned'), filters: { assignee: 'none' } },
      { id: 'overdue', name: t('tickets.views.overdue'), filters: { clock: 'overdue' } },
      { id: 'waiting', name: t('tickets.views.waiting'), filters: { state: 'waiting_on_customer' } },
    ],
    [t],
  );
}

const names = ['state', 'clock', 'assignee', 'priority', 'kind', 'customer_id'];

/** Filters live in the address: a reload, a link and "back" keep them. */
export function chosenFrom(search: Record<string, unknown>): Chosen {
  return Object.fromEntries(
    names.filter((name) => search[name] !== undefined).map((name) => [name, String(search[name])]),
  );
}

/** What a saved view stores: the server keeps the priority as a number. */
export function storedFilters(chosen: Chosen): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
  return { ...kept, ...(kept.priority ? { priority: Number(kept.priority) } : {}) };
}
