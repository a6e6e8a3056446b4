import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { foundThings } from '#domain/tickets/commands.ts';
import { get } from '../ui/api-client.ts';
import type { PaletteSource } from '../ui/CommandPalette.tsx';
import type { Entry } from './entries.ts';

type Found = z.output<typeof foundThings>;

/** What ⌘K looks through: tickets by number and title, customers by name, and the entries of the rail. */
export function usePaletteSources(entries: Entry[]): PaletteSource[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const places: PaletteSource = (query) => {
      const items = entries
        .map(({ path, label }) => ({ id: path, label: t(label), to: path }))
        .filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()));
      return [{ label: t('app.palette.places'), items }];
    };
    const things: PaletteSource = async (query, signal) => {
      if (query === '') return [];
      const found = await get<Found>('/api/find', { q: query }, { signal });
      return [
        {
          label: t('app.entries.tickets'),
          items: found.tickets.map((ticket) => ({
            id: ticket.id,
            label: t('app.palette.ticket', { number: ticket.number, title: ticket.title }),
            hint: `${ticket.customer_name} · ${t(`tickets.states.${ticket.state}`)}`,
            to: `/tickets/${ticket.id}`,
          })),
        },
        {
          label: t('app.entries.customers'),
          items: found.customers.map(({ id, name }) => ({ id, label: name, to: `/customers/${id}` })),
        },
      ];
    };
    return [things, places];
  }, [entries, t]);
}
