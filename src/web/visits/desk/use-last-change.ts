import { useQuery } from '@tanstack/react-query';
import type { Visit } from '#domain/visits/visit.ts';
import { visitChangesQuery } from '../api.ts';

const eventsOf = (path: string): string[] => {
  if (path.startsWith('kick_off.')) return ['visit.kick_off_edited'];
  if (path.startsWith('log.')) return ['visit.log_edited'];
  if (path.startsWith('findings.')) return ['visit.finding_edited'];
  return path.startsWith('scope_') ? ['visit.scope_set'] : ['visit.edited'];
};

/** Who gave a field the value that stands now, and when, as the visit's history tells; null where it does not. */
export function useLastChange(visit: Visit, path: string): { name: string; at: string } | null {
  const { data } = useQuery(visitChangesQuery(visit.id));
  const names = eventsOf(path);
  const [first = '', id, third] = path.split('.');
  const field = third ?? (first === 'kick_off' ? id : first);
  const clashing = visit.clashes.filter((clash) => clash.field === path).map((clash) => clash.id);
  const found = data?.items.find(({ name, data: about }) => {
    if (!names.includes(name)) return false;
    if (first === 'log' && about.entry_id !== id) return false;
    if (first === 'findings' && about.finding_id !== id) return false;
    if (name === 'visit.scope_set') return `scope_${about.party}` === path && about.to !== null;
    // The edit that clashed named the field as well, and did not change it.
    const isClash = clashing.includes(`${about.edit_id}:${field}`);
    return !isClash && Array.isArray(about.fields) && about.fields.includes(field);
  });
  return found?.actor_name ? { name: found.actor_name, at: found.happened_at } : null;
}
