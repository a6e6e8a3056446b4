import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { type Minutes, type ScopeColumn, type TodayCard, visitKinds } from '#domain/visits/visit.ts';
import { colleaguesQuery, customerPartsQuery } from '../../tickets/api.ts';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';

export type Line = { field: string; label: string; value: string };
type Names = { sites: Map<string, string>; contacts: Map<string, string>; people: Map<string, string> };

/** How fields and values of a visit read, wherever two of them stand side by side or an act is laid before a person. */
export function useFieldWords(page: VisitPage) {
  const words = useWords();
  const { t } = words;
  const names = useNames(page);
  const { visit } = page;
  const show = (field: string, value: unknown) => valueWords({ field, value }, { words, names });
  const entryWords = (id: string | undefined) => {
    const entry = visit.log.find((one) => one.id === id);
    return entry ? `${words.time(entry.started_at)} ${t(`visits.work_kinds.${entry.kind}`)}` : '…';
  };
  const findingWords = (id: string | undefined) =>
    visit.findings.find((one) => one.id === id)?.what.slice(0, 24) ?? '…';
  /** The label of a clash's path: `goal`, `kick_off.need`, `log.<id>.line`. */
  const labelOf = (path: string): string => {
    const [first = '', second, third] = path.split('.');
    if (second === undefined) return t(`visits.fields.${first}`);
    if (first === 'kick_off') return t('visits.fields.in_kick_off', { field: t(`visits.fields.${second}`) });
    const field = t(`visits.fields.${third}`);
    return first === 'log'
      ? t('visits.fields.in_log', { field, entry: entryWords(second) })
      : t('visits.fields.in_finding', { field, entry: findingWords(second) });
  };
  const lines = (body: Record<string, unknown>): Line[] => {
    const { changes, to, read, ...others } = body as {
      changes?: Record<string, Changed>;
      to?: ScopeColumn;
      read?: TodayCard | Minutes | null;
    };
    const named = { ...others, ...(typeof to === 'object' && to !== null ? to : {}), ...read };
    const plain = Object.entries(named)
      .filter(([field, value]) => !unsaid.includes(field) && !isEmpty(value))
      .toSorted(([a], [b]) => placeOf(a) - placeOf(b))
      .map(([field, value]) => ({ field, label: t(`visits.fields.${field}`), value: show(field, value) }));
    const changed = Object.entries(changes ?? {}).map(([field, { from, to: after }]) => ({
      field,
      label: t(`visits.fields.${field}`),
      value: t('visits.fields.from_to', { from: show(field, from), to: show(field, after) }),
    }));
    return [...plain, ...changed];
  };
  return { show, labelOf, lines, entryWords, findingWords };
}

type Changed = { from: unknown; to: unknown };

/** Ids and hashes say nothing to a person; strokes are drawn, not written. */
const unsaid = [
  'id',
  'entry_id',
  'finding_id',
  'contact_id',
  'clash_id',
  'engineer_id',
  'strokes',
  'shown',
  'shown_sha256',
  'from',
];

/** What is looked for first stands first; a stored body keeps no order of its own. */
const inOrder = [
  'kind',
  'item',
  'party',
  'what',
  'risk',
  'words',
  'started_at',
  'ended_at',
  'line',
  'customer_line',
];
const placeOf = (field: string) => (inOrder.includes(field) ? inOrder.indexOf(field) : inOrder.length);

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function useNames({ visit, about }: VisitPage): Names {
  const { data: customer } = useQuery(customerPartsQuery(visit.customer_id));
  const { data: people } = useQuery(colleaguesQuery);
  const byId = (list: readonly { id: string; name: string }[]) =>
    new Map(list.map(({ id, name }) => [id, name]));
  return {
    sites: byId([...(customer?.sites ?? []), ...(about.site ? [about.site] : [])]),
    contacts: byId([...(customer?.contacts ?? []), ...about.contacts]),
    people: byId([...(people ?? []), { id: visit.engineer_id, name: visit.engineer_name }]),
  };
}

const isTime = (field: string) => field.endsWith('_at') || field === 'planned_from' || field === 'planned_to';

const folders: Record<string, string> = {
  risk: 'risks',
  reaction: 'reactions',
  item: 'readiness_items',
  state: 'states_of_item',
  party: 'parties',
  keep: 'keep',
  promised_today: 'wrap_ups',
};

function valueWords(
  { field, value }: { field: string; value: unknown },
  { words, names }: { words: Words; names: Names },
): string {
  const { t } = words;
  if (isEmpty(value)) return t('visits.fields.empty');
  if (typeof value === 'boolean') return t(value ? 'visits.fields.yes' : 'visits.fields.no');
  if (field === 'minutes') return words.duration(Number(value));
  if (field === 'hours') return t('visits.scope.hours', { hours: value });
  if (field === 'photos') return t('visits.fields.photo_count', { count: (value as unknown[]).length });
  if (field.startsWith('scope_')) return columnWords(value as ScopeColumn, words);
  if (field === 'our_people' || field === 'their_people') return dutyWords(value as Duty[], t).join('\n');
  if (field === 'signer_ids') {
    return (value as string[]).map((id) => names.contacts.get(id) ?? '…').join(t('app.and'));
  }
  const text = String(value);
  if (field === 'site_id') return names.sites.get(text) ?? '…';
  if (field.endsWith('contact_id')) return names.contacts.get(text) ?? '…';
  if (field === 'owner_id') return names.people.get(text) ?? '…';
  if (isTime(field)) return words.time(text);
  if (field === 'kind') {
    const folder = (visitKinds as readonly string[]).includes(text) ? 'kinds' : 'work_kinds';
    return t(`visits.${folder}.${text}`);
  }
  const folder = folders[field];
  return folder ? t(`visits.${folder}.${text}`, { defaultValue: text }) : text;
}

type Duty = { name: string; duty: string };
export const dutyWords = (duties: readonly Duty[], t: TFunction) =>
  duties.map((duty) => t('visits.kick_off.duty', duty));

function columnWords(column: ScopeColumn, words: Words): string {
  const { t } = words;
  return [
    column.what,
    t('visits.scope.hours', { hours: column.hours }),
    t(column.night ? 'visits.scope.night_yes' : 'visits.scope.night_no'),
    column.verification.trim() || t('visits.scope.verification_none'),
    `${column.said_by} · ${words.time(column.said_at)}`,
  ].join('\n');
}
