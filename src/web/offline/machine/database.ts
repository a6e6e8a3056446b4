import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Instant } from '#domain/ground/instant.ts';
import type { Sealed } from './sealing.ts';

/** `device`: what wraps the data key on this device, never to be read out; `data`: the data key, wrapped. */
export type KeyRow =
  | { id: 'device'; key: CryptoKey }
  | { id: 'data'; wrapped_by: 'device'; wrapped: ArrayBuffer };

/**
 * One act that a person did. Plain is only what puts it in order; the act itself is sealed. `tried`: it went out at least
 * once, so the server may have it under its key, and it must never change again under that key.
 */
export type OutboxRow = {
  order: number;
  /** The act's idempotency key. */
  id: string;
  visit_id: string;
  state: 'waiting' | 'refused' | 'done';
  tried: boolean;
  /** Of the visit after it, once done. */
  version: number | null;
  outcome: 'done' | 'conflict' | 'quarantined' | null;
  photos: string[];
  sealed: Sealed;
};

/**
 * A visit's page as the server last told it. `left_at`: since when it is no longer among those to have on board; `was_listed`:
 * it was among them once, and is not only one that somebody looked at. An older app's row does not say.
 */
export type ReplicaRow = {
  id: string;
  changed_at: Instant;
  version: number;
  fetched_at: Instant;
  left_at: Instant | null;
  was_listed?: boolean;
  sealed: Sealed;
};

/**
 * `kept`: taken here and not up yet; `up`: the server has it; `carried`: the server's, brought along to be seen without a
 * network. Its bytes lie apart, so that counting photos reads none.
 */
export type PhotoRow = {
  id: string;
  visit_id: string;
  customer_id: string | null;
  state: 'kept' | 'up' | 'carried';
  size: number;
  made_at: Instant;
  /** When the server last took it. An upload that no act has claimed is cleared there after a day. */
  up_at: Instant | null;
  media_type: string;
};
/** `id` is the photo's, with `:small` behind it for the small picture. */
export type BytesRow = { id: string; photo_id: string; sealed: Sealed };
export type MetaRow = { id: string; value: unknown };

/**
 * One database for each person who signs in on the device: nobody finds another's things, and they stay. What a write
 * answers has reached the disk.
 */
export class OfflineDatabase extends Dexie {
  declare keys: Table<KeyRow, string>;
  declare outbox: EntityTable<OutboxRow, 'order'>;
  declare replica: EntityTable<ReplicaRow, 'id'>;
  declare photos: EntityTable<PhotoRow, 'id'>;
  declare bytes: EntityTable<BytesRow, 'id'>;
  declare meta: EntityTable<MetaRow, 'id'>;

  constructor(personId: string) {
    super(`copperpea ${personId}`, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      keys: 'id',
      outbox: '++order, &id, visit_id, state, *photos',
      replica: 'id',
      photos: 'id, visit_id, state',
      bytes: 'id, photo_id',
      meta: 'id',
    });
  }
}

/** What a write that failed says about the device: no room left, or a storage that does not work. */
export function trouble(error: unknown): 'storage_full' | 'storage_broken' {
  const seen: unknown[] = [error];
  for (let cause = error as { name?: string; inner?: unknown } | undefined; cause; ) {
    if (cause.name === 'QuotaExceededError') return 'storage_full';
    cause = cause.inner as typeof cause;
    if (seen.includes(cause)) break;
    seen.push(cause);
  }
  return 'storage_broken';
}
