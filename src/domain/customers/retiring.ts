import type { Instant } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';

/** Says why an asset cannot be retired, or changed any more, or null. */
export function refuseIfRetired(asset: { retired_at: Instant | null }): Refusal | null {
  return asset.retired_at === null ? null : new Refusal('conflict', 'assets.already_retired');
}
