import { readFileSync } from 'node:fs';
import { createInstance, type TFunction } from 'i18next';
import type { Locale } from '#domain/people/person.ts';

const read = (locale: Locale) =>
  JSON.parse(
    readFileSync(new URL(`../../../../locales/parts/reports_paper.${locale}.json`, import.meta.url), 'utf8'),
  ) as Record<string, unknown>;

const i18n = createInstance();
await i18n.init({
  fallbackLng: 'zh-CN',
  resources: { 'zh-CN': { translation: read('zh-CN') }, en: { translation: read('en') } },
  // Paper is no HTML, and what people wrote is filled in as it is, never read as a reference to another text.
  interpolation: { escapeValue: false, skipOnVariables: true },
  nsSeparator: false,
});

/** The words of the report's paper. Keys are relative to `reports_paper.`. */
export function textsFor(locale: Locale): TFunction {
  return i18n.getFixedT(locale, null, 'reports_paper');
}
