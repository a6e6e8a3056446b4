import type { z } from 'zod';
import type {
  addCoveredItem as AddCoveredItem,
  createContract as CreateContract,
} from '#domain/customers/commands.ts';
import { type ContractTerms, refuseTerms, targets as targetsOf } from '#domain/customers/contract.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { type ById, editedFields, loadServedCustomer, notThere, type Patch } from './loading.ts';

/** What was agreed: in whose working time, how fast, from when to when, how much of it. */
export async function createContract(
  ctx: Context,
  { params, body }: { params: ById; body: z.output<typeof CreateContract.body> },
) {
  const customer = await loadServedCustomer(ctx, params.id);
  const refusal = refuseTerms(body);
  if (refusal) throw refusal;
  await checkCalendar(ctx, body.calendar_id);
  await ctx.db
    .insertInto('contracts')
    .values({ ...body, targets: JSON.stringify(body.targets), customer_id: customer.id, created_at: ctx.now })
    .execute();
  ctx.record({ name: 'contract.created', ...about(body.id, customer.id), data: { name: body.name } });
  return { id: body.id };
}

/** Changes a contract. Tickets hear of a new calendar or new targets by the event, and restate running clocks. */
export async function editContract(ctx: Context, { params, body }: Patch) {
  const contract = await loadContract(ctx, params.id);
  const edited = editedFields(contract, body.changes);
  if (!edited) return { id: contract.id };
  const refusal = refuseTerms({ ...contract, ...edited.set } as ContractTerms);
  if (refusal) throw refusal;
  if (typeof edited.set.calendar_id === 'string') await checkCalendar(ctx, edited.set.calendar_id);
  const { targets } = edited.set;
  await ctx.db
    .updateTable('contracts')
    .set({ ...edited.set, ...(targets ? { targets: JSON.stringify(targets) } : {}) })
    .where('id', '=', contract.id)
    .execute();
  ctx.record({ name: 'contract.edited', ...about(contract.id, contract.customer_id), data: edited.data });
  return { id: contract.id };
}

/** One more line of what a contract covers, or says that it does not. */
export async function addCoveredItem(
  ctx: Context,
  { params, body }: { params: ById; body: z.output<typeof AddCoveredItem.body> },
) {
  const contract = await loadContract(ctx, params.id);
  await ctx.db
    .insertInto('covered_items')
    .values({ ...body, contract_id: contract.id, customer_id: contract.customer_id, created_at: ctx.now })
    .execute();
  recordItem(ctx, 'covered_item.added', {
    ...body,
    contract_id: contract.id,
    customer_id: contract.customer_id,
  });
  return { id: body.id };
}

export async function removeCoveredItem(ctx: Context, { params }: { params: ById }) {
  const item =
    (await ctx.db
      .selectFrom('covered_items')
      .select(['id', 'customer_id', 'contract_id', 'name', 'kind', 'covered'])
      .where('id', '=', params.id)
      .forUpdate()
      .executeTakeFirst()) ?? notThere();
  await loadServedCustomer(ctx, item.customer_id);
  await ctx.db.deleteFrom('covered_items').where('id', '=', item.id).execute();
  recordItem(ctx, 'covered_item.removed', item);
  return { id: item.id };
}

function recordItem(
  ctx: Context,
  name: string,
  item: {
    id: string;
    contract_id: string;
    customer_id: string;
    name: string;
    kind: string;
    covered: boolean;
  },
): void {
  ctx.record({
    name,
    subject: { kind: 'covered_item', id: item.id },
    context: { kind: 'customer', id: item.customer_id },
    customer_id: item.customer_id,
    data: { contract_id: item.contract_id, name: item.name, kind: item.kind, covered: item.covered },
  });
}

async function loadContract(ctx: Context, id: string) {
  const contract =
    (await ctx.db
      .selectFrom('contracts')
      .select([
        'id',
        'customer_id',
        'name',
        'calendar_id',
        'targets',
        'starts_on',
        'ends_on',
        'hours_included',
        'cases_included',
      ])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()) ?? notThere();
  await loadServedCustomer(ctx, contract.customer_id);
  // jsonb keeps keys in an order of its own; changes are compared with what a screen was shown.
  return { ...contract, targets: targetsOf.parse(contract.targets) };
}

async function checkCalendar(ctx: Context, id: string): Promise<void> {
  const calendar = await ctx.db
    .selectFrom('calendars')
    .select('archived_at')
    .where('id', '=', id)
    .executeTakeFirst();
  if (!calendar || calendar.archived_at) throw new Refusal('invalid', 'contracts.calendar_unknown');
}

function about(id: string, customerId: string) {
  return {
    subject: { kind: 'contract', id },
    context: { kind: 'customer', id: customerId },
    customer_id: customerId,
  };
}
