import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { timeline } from '#domain/tickets/commands.ts';
import type { PlanVisit, VisitAct, VisitActed } from '#domain/visits/commands.ts';
import type { decideQuarantined, VisitPage, VisitRow } from '#domain/visits/views.ts';
import { get, type Query } from '../ui/api-client.ts';
import { refresh } from '../ui/live.ts';
import type { ProblemError } from '../ui/problem.ts';
import { useAct } from '../ui/use-act.ts';
import type { Page } from '../ui/use-pages.ts';

// Query keys as live.ts reads them: a hint about a visit asks for all lists of visits and for that one again.

export const visitQuery = (id: string) =>
  queryOptions({
    queryKey: ['visits', id],
    queryFn: ({ signal }) => get<VisitPage>(`/api/visits/${id}`, {}, { signal }),
  });

const listOf = (name: string, query: Query) =>
  queryOptions({
    queryKey: ['visits', 'list', name, query],
    queryFn: ({ signal }) => get<Page<VisitRow>>('/api/visits', query, { signal }),
  });

/** All visits of a ticket, whatever became of them; few enough for one page. */
export const visitsOfTicketQuery = (ticket_id: string) =>
  listOf('ticket', { ticket_id, state: 'all', limit: 100 });

export const visitsOfCustomerQuery = (customer_id: string) =>
  listOf('customer', { customer_id, state: 'active', limit: 20 });

/** What an engineer has before them in a span: seen while planning, so that nobody is planned twice. */
export const visitsOfEngineerQuery = (span: { engineer: string; from: string; to: string }) =>
  listOf('engineer', { ...span, state: 'active', limit: 100 });

type Done<Input, Result> = {
  onDone?: (result: Result, input: Input) => void;
  onRefused?: (problem: ProblemError, input: Input) => void;
};

export const usePlanVisit = (done: Done<PlanVisit, VisitActed> = {}) =>
  useAct<PlanVisit, VisitActed>((body) => ({ method: 'POST', path: '/api/visits', body }), {
    ...done,
    onDone: (result, body) => {
      refresh('visit', body.id);
      refresh('ticket', body.ticket_id);
      done.onDone?.(result, body);
    },
  });

/** An act on a visit from the desk, online: the server's word counts, and whatever shows the visit is asked again. */
export function useVisitDeskAct(visitId: string, done: Done<VisitAct, VisitActed> = {}) {
  return useAct<VisitAct, VisitActed>(
    ({ name, body }) => ({ method: 'POST', path: `/api/visits/${visitId}/${name}`, body }),
    {
      onDone: (result, act) => {
        refresh('visit', visitId);
        done.onDone?.(result, act);
      },
      onRefused: (problem, act) => {
        // A refusal often means that somebody was faster: show what is true now.
        if (problem.kind === 'conflict') refresh('visit', visitId);
        done.onRefused?.(problem, act);
      },
    },
  );
}

type Decision = { id: string } & z.input<typeof decideQuarantined>;

/** A lead decides about an act that came from somebody whose visit it no longer was. */
export const useDecideQuarantined = (visitId: string, done: Done<Decision, unknown> = {}) =>
  useAct<Decision, unknown>(
    ({ id, ...body }) => ({ method: 'POST', path: `/api/quarantined-acts/${id}/decide`, body }),
    {
      ...done,
      onDone: (result, input) => {
        refresh('visit', visitId);
        done.onDone?.(result, input);
      },
    },
  );

export type VisitTimeline = z.output<typeof timeline>;
export const visitTimelinePage = (id: string, page: { after?: string | undefined; limit: number }) =>
  get<VisitTimeline>(`/api/visits/${id}/timeline`, page);

/** The latest that happened to a visit: enough to tell who changed what last. */
export const visitChangesQuery = (id: string) =>
  queryOptions({
    queryKey: ['visits', id, 'changes'],
    queryFn: () => visitTimelinePage(id, { limit: 100 }),
  });
