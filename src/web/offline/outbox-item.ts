import type { Instant } from '#domain/ground/instant.ts';
import type { RefusalParams } from '#domain/ground/refusal.ts';
import type { VisitAct } from '#domain/visits/commands.ts';

/** An act that stands on this device and waits for the server, or that the server refused. */
export type OutboxItem = {
  /** Its idempotency key. */
  id: string;
  act: VisitAct;
  visit_id: string;
  happened_at: Instant;
  state: 'waiting' | 'refused';
  problem: { code: string; params: RefusalParams } | null;
  photos: string[];
};

/** Why something could not be kept: nothing is pretended saved. Each has its words in `ui.problems`. */
export type Unsaved = {
  unsaved: 'storage_full' | 'storage_broken' | 'newer_app' | 'part_missing';
};
