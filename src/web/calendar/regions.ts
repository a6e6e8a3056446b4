import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

/** Regions that people here mostly serve. Only China's holidays can be imported; the others are entered by hand. */
const usual = ['CN', 'HK', 'MO', 'TW', 'SG', 'JP', 'US', 'GB', 'DE'];

/** Names of countries come from the browser, in the reader's language. */
export function regionWords(region: string, t: TFunction): string {
  const language = t('calendar.language_of_names');
  const [country = region, part] = region.split('-');
  const name = new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country;
  return part ? `${name} ${part}` : name;
}

export function useRegions(present: string | null): { value: string; label: string }[] {
  const { t } = useTranslation();
  const all = present && !usual.includes(present) ? [...usual, present] : usual;
  return all.map((region) => ({ value: region, label: regionWords(region, t) }));
}
