import type { QueryCreator } from 'kysely';
import type { Clash, Visit } from '#domain/visits/visit.ts';
import type { Context } from '../../platform/context.ts';
import type { DB } from '../../platform/db/schema.ts';
import { newId } from '../../platform/ids.ts';

type Parted = { id: string };
type Stamped = { by_id: string; by_name: string; at: string };

/** Lists of the visit of which a part is a row. */
const tables = {
  log: 'visit_log_entries',
  findings: 'visit_findings',
  wrap_ups: 'visit_wrap_ups',
  signatures: 'visit_signatures',
  notes: 'visit_notes',
} as const;
const asJson = ['photos', 'strokes'];

/**
 * Writes what an act changed, in one statement. The rules make new objects for what they change and keep the others, so
 * identity says what is to be written.
 */
export async function saveVisit(
  ctx: Context,
  { before, after }: { before: Visit; after: Visit },
): Promise<void> {
  let db: QueryCreator<DB> = ctx.db;
  let made = 0;
  const part = (write: (make: QueryCreator<DB>) => unknown) => {
    made += 1;
    db = db.with(`part${made}`, write as never) as never;
  };
  const at = { visit_id: after.id, customer_id: after.customer_id, created_at: ctx.now };
  for (const [list, table] of Object.entries(tables) as [keyof typeof tables, 'visit_notes'][]) {
    const { added, changed } = differing<Parted & Stamped>(before[list], after[list]);
    // What was signed keeps the whole visit of that moment: its report is made of it, whatever changes meanwhile.
    const kept = list === 'signatures' ? { visit: JSON.stringify(after) } : {};
    const received = { ...at, received_at: ctx.now, ...kept };
    if (added.length > 0)
      part((make) =>
        make.insertInto(table).values(added.map((one) => ({ ...columnsOf(one), ...received })) as never),
      );
    for (const one of changed)
      part((make) =>
        make
          .updateTable(table)
          .set(columnsOf(one) as never)
          .where('id', '=', one.id),
      );
  }
  const clashes = differing(before.clashes, after.clashes);
  if (clashes.added.length > 0)
    part((make) =>
      make
        .insertInto('visit_clashes')
        .values(clashes.added.map((one) => ({ ...at, id: newId(), ...clashColumns(one) }))),
    );
  for (const one of clashes.changed)
    part((make) =>
      make
        .updateTable('visit_clashes')
        .set(clashColumns(one))
        .where('visit_id', '=', after.id)
        .where('key', '=', one.id),
    );
  saveReadiness(part, { before, after, at });
  if (after.engineer_id !== before.engineer_id)
    part((make) => make.insertInto('visit_assignments').values(assignmentOf(ctx, after)));
  await db
    .updateTable('visits')
    .set({ ...changedColumns(before, after), version: after.version, updated_at: ctx.now })
    .where('id', '=', after.id)
    .execute();
}

/** Who has the visit from now on. */
export function assignmentOf(ctx: Context, visit: Pick<Visit, 'id' | 'customer_id' | 'engineer_id'>) {
  const { id, customer_id, engineer_id } = visit;
  return {
    id: newId(),
    visit_id: id,
    customer_id,
    engineer_id,
    assigned_at: ctx.happenedAt,
    assigned_by_id: ctx.actor.id,
    created_at: ctx.now,
  };
}

function saveReadiness(
  part: (write: (make: QueryCreator<DB>) => unknown) => void,
  {
    before,
    after,
    at,
  }: { before: Visit; after: Visit; at: { visit_id: string; customer_id: string; created_at: string } },
): void {
  for (const entry of after.readiness) {
    if (before.readiness.includes(entry)) continue;
    const { item, state, reason, by_id, by_name } = entry;
    const said = { state, reason, done_by_id: by_id, done_by_name: by_name, happened_at: entry.at };
    part((make) =>
      make
        .insertInto('visit_readiness')
        .values({ ...at, id: newId(), item, ...said })
        .onConflict((known) => known.columns(['visit_id', 'item']).doUpdateSet(said)),
    );
  }
  const gone = before.readiness.filter(({ item }) => !after.readiness.some((one) => one.item === item));
  for (const { item } of gone)
    part((make) =>
      make.deleteFrom('visit_readiness').where('visit_id', '=', at.visit_id).where('item', '=', item),
    );
}

function differing<T extends Parted>(
  before: readonly T[],
  after: readonly T[],
): { added: T[]; changed: T[] } {
  const known = new Map(before.map((one) => [one.id, one]));
  return {
    added: after.filter(({ id }) => !known.has(id)),
    changed: after.filter((one) => known.has(one.id) && known.get(one.id) !== one),
  };
}

/** A part as its row has it; who and when under the names of columns. */
function columnsOf({ by_id, by_name, at, ...part }: Parted & Stamped & Record<string, unknown>) {
  const fields = Object.entries(part).map(([name, value]) => [
    name,
    asJson.includes(name) ? JSON.stringify(value) : value,
  ]);
  return { ...Object.fromEntries(fields), done_by_id: by_id, done_by_name: by_name, happened_at: at };
}

function clashColumns({ id, settled, by_id, by_name, at, ...clash }: Clash) {
  return {
    key: id,
    field: clash.field,
    based_on: JSON.stringify(clash.based_on ?? null),
    theirs: JSON.stringify(clash.theirs ?? null),
    mine: JSON.stringify(clash.mine ?? null),
    done_by_id: by_id,
    done_by_name: by_name,
    happened_at: at,
    settled_keep: settled?.keep ?? null,
    settled_at: settled?.at ?? null,
    settled_by_id: settled?.by_id ?? null,
    settled_by_name: settled?.by_name ?? null,
  };
}

/** The visit's own row, without what counts its versions. */
export function visitColumns(visit: Visit) {
  const { today_confirmed, dispatched, cancelled } = visit;
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  return {
    site_id: visit.site_id,
    engineer_id: visit.engineer_id,
    kind: visit.kind,
    is_emergency: visit.is_emergency,
    emergency_reason: visit.emergency_reason ?? '',
    state: visit.state,
    planned_from: visit.planned_from,
    planned_to: visit.planned_to,
    goal: visit.goal,
    done_when: visit.done_when,
    not_today: visit.not_today,
    interface_contact_id: visit.interface_contact_id,
    signer_ids: visit.signer_ids,
    today_confirmed_at: today_confirmed?.at ?? null,
    today_confirmed_contact_id: today_confirmed?.contact_id ?? null,
    today_confirmed_name: today_confirmed?.name ?? null,
    today_confirmed_read: json(today_confirmed?.read ?? null),
    last_changed: JSON.stringify(visit.last_changed ?? {}),
    scope_sales: json(visit.scope_sales),
    scope_customer: json(visit.scope_customer),
    scope_interface: json(visit.scope_interface),
    dispatched_at: dispatched?.at ?? null,
    dispatched_by_id: dispatched?.by_id ?? null,
    dispatched_by_name: dispatched?.by_name ?? null,
    overridden: dispatched?.overridden ?? [],
    override_reason: dispatched?.override_reason ?? null,
    days: JSON.stringify(visit.days ?? []),
    departed_at: visit.departed_at,
    arrived_at: visit.arrived_at,
    started_at: visit.started_at,
    left_at: visit.left_at,
    no_wrap_up_reason: visit.no_wrap_up_reason,
    cancelled_at: cancelled?.at ?? null,
    cancelled_by_id: cancelled?.by_id ?? null,
    cancelled_by_name: cancelled?.by_name ?? null,
    cancel_reason: cancelled?.reason ?? null,
    kick_off: JSON.stringify(visit.kick_off),
  };
}

function changedColumns(before: Visit, after: Visit) {
  const [old, now] = [visitColumns(before), visitColumns(after)] as Record<string, unknown>[] as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  const changed = Object.entries(now).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]),
  );
  return Object.fromEntries(changed);
}
