// Where a person was in a list, so that "back" returns there, and what its neighbours are, so that the next one
// can be opened without going back. Kept for the life of the page.
type Place = { top: number; active: string | null };

const places = new Map<string, Place>();
const trails = new Map<string, string[]>();

export function placeOf(list: string): Place {
  return places.get(list) ?? { top: 0, active: null };
}

export function rememberPlace(list: string, place: Partial<Place>): void {
  places.set(list, { ...placeOf(list), ...place });
}

/** The order in which a list was last shown; `kind` is what it lists. */
export function rememberTrail(kind: string, ids: string[]): void {
  trails.set(kind, ids);
}

export function neighboursOf(kind: string, id: string): { before: string | null; after: string | null } {
  const trail = trails.get(kind) ?? [];
  const at = trail.indexOf(id);
  if (at < 0) return { before: null, after: trail[0] ?? null };
  return { before: trail[at - 1] ?? null, after: trail[at + 1] ?? null };
}
