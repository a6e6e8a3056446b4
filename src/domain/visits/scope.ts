import { type Instant, plusMinutes } from '../ground/instant.ts';
import type { ScopeColumn, ScopeParty, Visit } from './visit.ts';
import { scopeParties } from './visit.ts';

/** R20: what stands between the three columns and the road. Each can be overridden by name. */
export type ScopeObjection =
  | { code: 'no_interface_person' }
  | { code: 'column_missing'; party: ScopeParty }
  | { code: 'hours_apart'; smaller: number; larger: number }
  | { code: 'night_one_sided'; named_by: ScopeParty[] }
  | { code: 'verification_one_sided'; named_by: ScopeParty[] };

/** Larger ÷ smaller hours up to which two sides mean the same visit. */
export const mostHoursRatio = 1.5;
/** The short form of an emergency is completed within so many minutes of dispatch. */
export const emergencyScopeMinutes = 24 * 60;

const columnOf = (visit: Visit, party: ScopeParty): ScopeColumn | null => visit[`scope_${party}`];

/** The columns that are filled in, by party. */
export function filledColumns(visit: Visit): { party: ScopeParty; column: ScopeColumn }[] {
  return scopeParties.flatMap((party) => {
    const column = columnOf(visit, party);
    return column ? [{ party, column }] : [];
  });
}

/**
 * What speaks against dispatching by the scope sheet. In an emergency one column is enough and only the interface person
 * is asked for; the rest is completed within 24 h.
 */
export function scopeObjections(visit: Visit): ScopeObjection[] {
  const filled = filledColumns(visit);
  const objections: ScopeObjection[] = visit.interface_contact_id ? [] : [{ code: 'no_interface_person' }];
  const wanted = visit.is_emergency && filled.length > 0 ? [] : scopeParties;
  for (const party of wanted) {
    if (!columnOf(visit, party)) objections.push({ code: 'column_missing', party });
  }
  return [...objections, ...scopeDifferences(visit)];
}

type Owing = Record<`scope_${ScopeParty}`, unknown> &
  Pick<Visit, 'is_emergency' | 'state'> & { dispatched: { at: Instant } | null };

/**
 * What an emergency that was sent off by the short form still owes: the sides whose columns are empty, and until when; null
 * when nothing is owed. A visit that was called off owes nothing any more.
 */
export function owedScope(visit: Owing): { missing: ScopeParty[]; due_at: Instant } | null {
  if (!visit.is_emergency || visit.dispatched === null || visit.state === 'cancelled') return null;
  const missing = scopeParties.filter((party) => !visit[`scope_${party}`]);
  if (missing.length === 0) return null;
  return { missing, due_at: plusMinutes(visit.dispatched.at, emergencyScopeMinutes) };
}

export const scopeRows = ['what', 'hours', 'night', 'verification'] as const;
export type ScopeRow = (typeof scopeRows)[number];

/** The rows in which the filled columns don't say the same, whether or not that stands in the way of dispatch. */
export function unlikeRows(visit: Visit): ScopeRow[] {
  const said = filledColumns(visit).map(({ column }) => column);
  const words = (value: ScopeColumn[ScopeRow]) => (typeof value === 'string' ? value.trim() : value);
  return scopeRows.filter((row) => new Set(said.map((column) => words(column[row]))).size > 1);
}

/** Where the filled columns differ beyond what one may shrug off. */
export function scopeDifferences(visit: Visit): ScopeObjection[] {
  const filled = filledColumns(visit);
  if (filled.length < 2) return [];
  const differences: ScopeObjection[] = [];
  const hours = filled.map(({ column }) => column.hours);
  const [smaller, larger] = [Math.min(...hours), Math.max(...hours)];
  if (larger / smaller > mostHoursRatio) differences.push({ code: 'hours_apart', smaller, larger });
  const naming = (named: (column: ScopeColumn) => boolean) =>
    filled.filter(({ column }) => named(column)).map(({ party }) => party);
  const night = naming((column) => column.night);
  if (night.length > 0 && night.length < filled.length)
    differences.push({ code: 'night_one_sided', named_by: night });
  const verification = naming((column) => column.verification.trim() !== '');
  if (verification.length > 0 && verification.length < filled.length)
    differences.push({ code: 'verification_one_sided', named_by: verification });
  return differences;
}
