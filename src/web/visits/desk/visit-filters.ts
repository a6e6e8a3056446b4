import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Instant, plusMinutes } from '#domain/ground/instant.ts';
import { visitStates } from '#domain/visits/visit.ts';
import { colleaguesQuery } from '../../tickets/api.ts';
import { customersQuery } from '../../tickets/ticket-filters.ts';
import type { Query } from '../../ui/api-client.ts';
import type { Chosen, Filter } from '../../ui/FilterChips.tsx';
import type { SavedView } from '../../ui/SavedViews.tsx';
import { instantOfWall, wallOf } from '../../ui/wall-time.ts';

/** The list's filters as chips in words. */
export function useVisitFilters(): Filter[] {
  const { t } = useTranslation();
  const { data: colleagues } = useQuery(colleaguesQuery);
  const { data: customers } = useQuery(customersQuery);
  return useMemo(() => {
    const label = (name: string) => t(`visits.list.filters.${name}.label`);
    const of = (name: string, values: readonly string[]) =>
      values.map((value) => ({ value, label: t(`visits.list.filters.${name}.${value}`) }));
    return [
      {
        name: 'state',
        label: label('state'),
        base: 'active',
        options: [
          ...of('state', ['active', 'all']),
          ...visitStates.map((value) => ({ value, label: t(`visits.states.${value}`) })),
        ],
      },
      { name: 'when', label: label('when'), options: of('when', ['today', 'tomorrow', 'week', 'past']) },
      {
        name: 'engineer',
        label: label('engineer'),
        searchable: true,
        options: [
          ...of('engineer', ['me']),
          ...(colleagues ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ],
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
export function useVisitViews(): SavedView[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const name = (view: string) => t(`visits.list.views.${view}`);
    return [
      { id: 'active', name: name('active'), filters: {} },
      { id: 'mine', name: name('mine'), filters: { engineer: 'me' } },
      { id: 'today', name: name('today'), filters: { when: 'today' } },
      { id: 'week', name: name('week'), filters: { when: 'week' } },
      { id: 'planned', name: name('planned'), filters: { state: 'planned' } },
    ];
  }, [t]);
}

const names = ['state', 'when', 'engineer', 'customer_id'];

/** Filters live in the address: a reload, a link and "back" keep them. */
export function chosenFrom(search: Record<string, unknown>): Chosen {
  return Object.fromEntries(
    names.filter((name) => search[name] !== undefined).map((name) => [name, String(search[name])]),
  );
}

const minutesADay = 1_440;

/** What the server is asked for: days in the reader's zone become instants. */
export function queryFor(chosen: Chosen, reader: { now: Instant; zone: string }): Query {
  const { when, ...others } = chosen;
  const midnight = (days: number) => {
    const day = wallOf(plusMinutes(reader.now, days * minutesADay), reader.zone).slice(0, 10);
    return instantOfWall(`${day}T00:00`, reader.zone) ?? undefined;
  };
  const spans: Record<string, Query> = {
    today: { from: midnight(0), to: midnight(1) },
    tomorrow: { from: midnight(1), to: midnight(2) },
    week: { from: midnight(0), to: midnight(7) },
    past: { to: midnight(0) },
  };
  return { ...others, ...(when ? spans[when] : {}) };
}
