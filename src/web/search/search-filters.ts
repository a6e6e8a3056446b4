import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Query } from '../ui/api-client.ts';
import type { Chosen } from '../ui/FilterChips.tsx';
import { type Area, areas } from './found-words.ts';

const names = ['q', 'area', 'state', 'when', 'customer'] as const;
/** How far back, in days. */
export const spans = { week: 7, month: 30, year: 365 } as const;
const dayMs = 86_400_000;

/** What is asked for and narrowed by, kept in the address: it can be sent on, and back leads back to it. */
export function useSearchFilters(): { chosen: Chosen; change: (next: Chosen) => void } {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const chosen = Object.fromEntries(
    names.flatMap((name) => {
      const value = search[name];
      return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
    }),
  );
  const change = (next: Chosen) => void navigate({ to: '/search', search: next as never, replace: true });
  return { chosen, change };
}

export function queryOf({ q, area, state, when, customer }: Chosen): Query {
  const days = when && when in spans ? spans[when as keyof typeof spans] : undefined;
  const from = days && new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);
  const kinds = area && area in areas ? areas[area as Area].join(',') : undefined;
  return { q, kinds, state, from: from || undefined, customer_id: customer, limit: 20 };
}
