import { readFileSync } from 'node:fs';
import { createInstance, type TFunction } from 'i18next';
import type { Locale } from '#domain/people/person.ts';

const read = (locale: Locale) =>
  JSON.parse(
    readFileSync(new URL(`../../../../locales/parts/mail.${locale}.json`, import.meta.url), 'utf8'),
  ) as Record<string, unknown>;

const i18n = createInstance();
await i18n.init({
  fallbackLng: 'zh-CN',
  resources: { 'zh-CN': { translation: read('zh-CN') }, en: { translation: read('en') } },
  // Letters are made of plain text; whatever becomes HTML is escaped there.
  interpolation: { escapeValue: false },
  // What people wrote is filled in as it is, never read as a reference to another text.
  nsSeparator: false,
});

/** The sentences of mails in the recipient's language. Keys are relative to `mail.`. */
export function textsFor(locale: Locale): TFunction {
  return i18n.getFixedT(locale, null, 'mail');
}

export function hasText(key: string): boolean {
  return i18n.exists(`mail.${key}`, { lng: 'zh-CN' });
}

/** “11月23日 周一 14:30”, “Mon 23 Nov, 14:30”: as people say it, in the recipient's zone. */
export function whenInWords(instant: string, place: { locale: Locale; zone: string }): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(place.locale === 'en' ? 'en-GB' : 'zh-CN', {
      timeZone: place.zone,
      ...options,
    }).format(new Date(instant));
  const time = part({ hour: '2-digit', minute: '2-digit', hour12: false });
  return place.locale === 'en'
    ? `${part({ weekday: 'short', day: 'numeric', month: 'short' })}, ${time}`
    : `${part({ month: 'long', day: 'numeric' })} ${part({ weekday: 'short' })} ${time}`;
}
