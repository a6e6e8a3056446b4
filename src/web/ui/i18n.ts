import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readStored, writeStored } from './device-storage.ts';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

// One lazy chunk per language: nobody loads the other one's sentences.
const texts: Record<Language, () => Promise<{ default: object }>> = {
  'zh-CN': () => import('../../../locales/zh-CN.json'),
  en: () => import('../../../locales/en.json'),
};

/** The device's choice, else what the browser asks for; Chinese first. */
export function presentLanguage(): Language {
  const stored = readStored<Language>('language');
  if (stored && languages.includes(stored)) return stored;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

export function hasChosenLanguage(): boolean {
  return readStored('language') !== undefined;
}

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  i18next.addResourceBundle(language, 'translation', (await texts[language]()).default);
}

export async function startI18n(): Promise<void> {
  const language = presentLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Changes all words on the screen at once and remembers it on this device. */
export async function switchLanguage(language: Language): Promise<void> {
  writeStored('language', language);
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
