import type { Instant } from '#domain/ground/instant.ts';
import { defaultTargets, updateCadence } from '#domain/tickets/cadence.ts';
import type { ClockView } from '#domain/tickets/commands.ts';
import type { TicketKind } from '#domain/tickets/ticket.ts';
import { findDefaultCalendar } from '../../calendar/queries/default-calendar.ts';
import { findContractInForce, findContractTerms } from '../../customers/queries/customers.ts';
import type { Context } from '../../platform/context.ts';
import { beginClock, type ClockRow, nextDue, viewOf } from './clock-rows.ts';

export type Targets = Record<string, { first_response: number; resolution: number }>;

export type Terms = {
  contract_id: string | null;
  calendar_version_id: string;
  /** Minutes of working time for each clock. */
  minutes: { first_response: number; next_update: number; resolution: number };
};

/** What was agreed for a new ticket: the contract in force, else the firm's own calendar and house targets. */
export async function loadTerms(
  ctx: Context,
  of: { customer_id: string; kind: TicketKind; priority: number },
): Promise<{
  contract_id: string | null;
  clocks: { rows: ClockRow[]; views: ClockView[]; next_due_at: Instant | null };
}> {
  const contract = await findContractInForce(ctx.db, {
    customer_id: of.customer_id,
    on: ctx.now,
  });
  const terms = await termsFrom(ctx, contract, of);
  const rows: ClockRow[] = [];
  for (const kind of ['first_response', 'next_update', 'resolution'] as const) {
    rows.push(
      await beginClock(ctx, {
        kind,
        minutes: terms.minutes[kind],
        calendar_version_id: terms.calendar_version_id,
      }),
    );
  }
  return {
    contract_id: terms.contract_id,
    clocks: { rows, views: rows.map(viewOf), next_due_at: nextDue(rows) },
  };
}

/** The terms of one contract (null: none) for a kind and priority, for clocks that already run. */
export async function loadTermsOf(
  ctx: Context,
  of: { contract_id: string | null; kind: TicketKind; priority: number },
): Promise<Terms> {
  const contract = of.contract_id ? await findContractTerms(ctx.db, of.contract_id) : null;
  return termsFrom(ctx, contract, of);
}

async function termsFrom(
  ctx: Context,
  contract: { id: string; calendar_version_id: string; targets: unknown } | null | undefined,
  of: { kind: TicketKind; priority: number },
): Promise<Terms> {
  const step = `p${of.priority}`;
  const targets = { ...defaultTargets, ...((contract?.targets ?? {}) as Targets) };
  const { first_response, resolution } = targets[step] as { first_response: number; resolution: number };
  return {
    contract_id: contract?.id ?? null,
    calendar_version_id: contract?.calendar_version_id ?? (await findDefaultCalendar(ctx.db)).version_id,
    minutes: { first_response, resolution, next_update: updateCadence(of.kind, of.priority) },
  };
}
