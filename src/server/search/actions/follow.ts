import { sql } from 'kysely';
import type { JobTools, RecordedEvent } from '../../platform/jobs.ts';
import { indexThings } from './index-things.ts';
import { type SourceKind, sourceKinds } from './sources.ts';

const known = new Set<string>(sourceKinds);

/** Brings what an event was about into the index. */
export async function follow(event: RecordedEvent, { asSystem }: JobTools): Promise<void> {
  const { subject_kind, subject_id } = event;
  if (!known.has(subject_kind)) return;
  await asSystem(async ({ db, now }) => {
    const only = subject_kind === 'visit' ? partsOf(event) : undefined;
    await indexThings(db, { kind: subject_kind as SourceKind, ids: [subject_id], only, now });
    if (subject_kind !== 'ticket') return;
    // Messages never change: those not known yet, and all that the ticket took along to another customer.
    for (const [kind, table, column] of [
      ['message', 'messages', 'ticket_id'],
      ['promise', 'promises', 'subject_id'],
      ['visit', 'visits', 'ticket_id'],
    ] as const) {
      const { rows } = await sql<{ id: string }>`
        select thing.id from ${sql.table(table)} thing
        where thing.${sql.ref(column)} = ${subject_id} and not exists (select from search_documents document
          where document.kind = ${kind} and document.subject_id = thing.id and document.customer_id = thing.customer_id)
        order by thing.id limit 2000`.execute(db);
      await indexThings(db, { kind, ids: rows.map(({ id }) => id), now });
    }
  });
}

/** Where what an event changed may stand anywhere in the visit. */
const anywhere = ['visit.clash_settled', 'visit.quarantine_decided'];
const partIds = ['entry_id', 'finding_id', 'wrap_up_id', 'note_id'];

/**
 * What of a visit an event may have changed: its own words and state, and the part that is named; undefined where it may be
 * any. A phone
 * that comes home tells of two hundred lines one by one, and each would index the two hundred.
 */
function partsOf({ name, subject_id, data }: RecordedEvent): string[] | undefined {
  if (anywhere.includes(name)) return undefined;
  return [subject_id, ...partIds.flatMap((key) => (typeof data[key] === 'string' ? [data[key]] : []))];
}
