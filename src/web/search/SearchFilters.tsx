import { useTranslation } from 'react-i18next';
import type { FoundThing } from '#domain/search/commands.ts';
import { ticketStates } from '#domain/tickets/ticket.ts';
import { type Chosen, FilterChips } from '../ui/FilterChips.tsx';
import { areas } from './found-words.ts';
import { spans } from './search-filters.ts';

type Props = { chosen: Chosen; change: (next: Chosen) => void; found: FoundThing[] | undefined };

/** Where, of whom, how long ago; for tickets also in which state. */
export function SearchFilters({ chosen, change, found }: Props) {
  const { t } = useTranslation();
  const customers = new Map(found?.map(({ customer }) => [customer.id, customer.name]));
  const filters = [
    {
      name: 'area',
      label: t('search.filters.area'),
      options: Object.keys(areas).map((value) => ({ value, label: t(`search.areas.${value}`) })),
    },
    {
      name: 'state',
      label: t('search.filters.state'),
      options: ticketStates.map((value) => ({ value, label: t(`search.states.ticket.${value}`) })),
    },
    {
      name: 'customer',
      label: t('search.filters.customer'),
      options: [...customers].map(([value, label]) => ({ value, label })),
      searchable: true,
    },
    {
      name: 'when',
      label: t('search.filters.when'),
      options: Object.keys(spans).map((value) => ({ value, label: t(`search.spans.${value}`) })),
    },
  ].filter(({ name, options }) =>
    name === 'state'
      ? chosen.area === 'tickets'
      : name !== 'customer' || options.length > 1 || chosen.customer,
  );
  return (
    <FilterChips
      filters={filters}
      chosen={chosen}
      onChange={({ state, ...next }) =>
        // A ticket's state means nothing elsewhere.
        change({ ...next, q: chosen.q, ...(next.area === 'tickets' && state ? { state } : {}) })
      }
    />
  );
}
