import type { ReportConfirmation } from '#domain/reports/report.ts';
import { filled, type Pair, type Speaking } from './paper-parts.ts';

export type Confirmed = { confirmed: string; read: Pair[] };

/** Who of the customer's said that it is so; and where this report says something else by now, what they had read. */
export function confirmedOf(
  said: ReportConfirmation | null,
  labels: Record<string, string>,
  { t, clock }: Pick<Speaking, 't' | 'clock'>,
): Confirmed {
  if (said === null) return { confirmed: '', read: [] };
  const by = { name: said.name, when: clock.when(said.at) };
  // Nobody kept what was read, in the days of older apps: then it is not claimed that it was this.
  if (said.changed === undefined) return { confirmed: t('confirmed.unknown', by), read: [] };
  if (said.changed.length === 0) return { confirmed: t('confirmed.as_read', by), read: [] };
  const read = said.changed.map(({ field, read: words, by_name, at }) => ({
    label: labels[field] ?? field,
    text: [
      words.trim() || t('confirmed.empty'),
      by_name && at ? t('confirmed.changed_by', { name: by_name, when: clock.when(at) }) : '',
    ]
      .filter(Boolean)
      .join('\n'),
  }));
  const isAfter = said.changed.every(({ at }) => at !== null && at > said.at);
  return { confirmed: t(`confirmed.${isAfter ? 'changed' : 'differs'}`, by), read: filled(read) };
}
