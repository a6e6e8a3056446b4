import { readFileSync } from 'node:fs';
import { createInstance, type TFunction } from 'i18next';
import type { Refusal } from '#domain/ground/refusal.ts';
import type { Comparison } from '#domain/imports/commands.ts';
import { terminalLanguage } from '../../platform/start-problems.ts';

const language = terminalLanguage();
const i18n = createInstance();
await i18n.init({
  lng: language,
  resources: {
    [language]: {
      translation: JSON.parse(
        readFileSync(new URL(`../../../../locales/${language}.json`, import.meta.url), 'utf8'),
      ),
    },
  },
  interpolation: { escapeValue: false },
  nsSeparator: false,
});

/** What the command says, in the language of the terminal. Keys are relative to `import_words.` */
export const words: TFunction = i18n.getFixedT(language, null, 'import_words') as TFunction;

/** A refusal as a person reads it: what is wrong, and what to do. */
export function refusalWords({ code, params }: Pick<Refusal, 'code' | 'params'>): string {
  const say = i18n.getFixedT(language, null, 'refusals');
  return `${say(`${code}.text`, params)}\n${say(`${code}.next`, params)}`;
}

export function reasonWords(reason: string, params: Record<string, string>): string {
  return i18n.t(`imports.reasons.${reason}`, params);
}

/** “12,000 rows, 58 %, about 3 s left”. */
export function progressWords(progress: {
  records: number;
  bytes_read: number;
  bytes_total: number;
  elapsedMs: number;
}): string {
  const { records, bytes_read, bytes_total, elapsedMs } = progress;
  const share = bytes_total === 0 ? 1 : Math.min(1, bytes_read / bytes_total);
  const left = share > 0 ? Math.ceil((elapsedMs / share - elapsedMs) / 1000) : 0;
  return words('progress', {
    records: records.toLocaleString('en-US'),
    percent: Math.floor(share * 100),
    left,
  });
}

/** Agreement and every kind of disagreement, and the places where the source's counters contradict its events. */
export function comparisonLines(result: Comparison): string[] {
  const { reopenings, reassignments, incidents } = result;
  return [
    words('compare.title', { incidents, events: result.events }),
    ...Object.entries(result.states)
      .sort((a, b) => b[1] - a[1])
      .map(([state, count]) => `  ${state}: ${count}`),
    words('compare.not_new', { count: result.not_begun_as_new }),
    words('compare.reopenings', { ...reopenings, incidents }),
    words('compare.reassignments', { ...reassignments, incidents }),
    ...(result.places.length === 0 ? [words('compare.agrees')] : []),
    ...Object.entries(result.contradictions).map(([kind, count]) =>
      words('compare.kind', { what: i18n.t(`imports.contradictions.${kind}`), count }),
    ),
    ...result.places.map(({ incident, line, kind }) =>
      words('compare.place', { incident, line, what: i18n.t(`imports.contradictions.${kind}`) }),
    ),
  ];
}
