import { createHash } from 'node:crypto';

// Before any real row: what is made later in the desk sorts after the sample.
const epochMs = Date.UTC(2026, 0, 1);

/**
 * Makes the sample's ids: the same name has the same id on every machine, in the shape of a UUIDv7 whose order
 * is the order in which names are first heard.
 */
export function makeSampleIds(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name);
    if (found) return found;
    const time = (epochMs + known.size * 1_000).toString(16).padStart(12, '0');
    const hash = createHash('sha256').update(name).digest('hex');
    const id = `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
    known.set(name, id);
    return id;
  };
}
