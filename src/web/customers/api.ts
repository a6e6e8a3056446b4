import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CalendarRow } from '#domain/calendar/commands.ts';
import type { CustomerPage } from '#domain/customers/commands.ts';
import type { PromiseRow } from '#domain/promises/commands.ts';
import type { TicketRow } from '#domain/tickets/commands.ts';
import { meQuery } from '../app/session.ts';
import { get } from '../ui/api-client.ts';

// Query keys as live.ts reads them: a hint about a customer asks for all lists and for that one again.

type Page<T> = { items: T[]; next: string | null };

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', id],
    queryFn: ({ signal }) => get<CustomerPage>(`/api/customers/${id}`, {}, { signal }),
  });

/** What is under way with them and what we owe them; their own modules answer. */
export const openTicketsQuery = (customer_id: string) =>
  queryOptions({
    queryKey: ['tickets', 'list', { customer_id }],
    queryFn: ({ signal }) =>
      get<Page<TicketRow>>('/api/tickets', { customer_id, state: 'active', limit: 20 }, { signal }),
  });

export const owedQuery = (customer_id: string) =>
  queryOptions({
    queryKey: ['promises', 'list', { customer_id }],
    queryFn: ({ signal }) =>
      get<Page<PromiseRow>>('/api/promises', { customer_id, state: 'open', limit: 20 }, { signal }),
  });

export const calendarsQuery = queryOptions({
  queryKey: ['calendars', 'list', 'names'],
  queryFn: ({ signal }) => get<Page<CalendarRow>>('/api/calendars', { limit: 100 }, { signal }),
});

/** Asks whether the signed-in person may do something: what they may not is not offered. */
export function useMay(): (permission: string) => boolean {
  const { data } = useQuery(meQuery);
  return (permission) => data?.permissions.includes(permission) ?? false;
}
