import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readStored, writeStored } from './device-storage.ts';
import { type Language, presentLanguage } from './present-language.ts';

export type Part = 'staff' | 'portal' | 'all';

// Lazy chunks: nobody loads the other language, and first screens load what they say themselves (see vite.config.ts).
const texts: Record<Language, Record<Part, () => Promise<{ default: object }>>> = {
  'zh-CN': {
    staff: () => import('virtual:texts/zh-CN/staff'),
    portal: () => import('virtual:texts/zh-CN/portal'),
    all: () => import('virtual:texts/zh-CN/all'),
  },
  en: {
    staff: () => import('virtual:texts/en/staff'),
    portal: () => import('virtual:texts/en/portal'),
    all: () => import('virtual:texts/en/all'),
  },
};

export function hasChosenLanguage(): boolean {
  return readStored('language') !== undefined;
}

const loaded = new Set<string>();

async function load(language: Language, part: Part): Promise<void> {
  if (loaded.has(`${language} all`) || loaded.has(`${language} ${part}`)) return;
  i18next.addResourceBundle(language, 'translation', (await texts[language][part]()).default, true, true);
  loaded.add(`${language} ${part}`);
}

/** Sees to it that the sentences of a part are there in the present language. */
export function loadTexts(part: Part): Promise<void> {
  return load(i18next.language as Language, part);
}

/** `first`: the part that the first screen needs; the others come by loadTexts. */
export async function startI18n(first: Part): Promise<void> {
  const language = presentLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false, bindI18nStore: 'added' },
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
  await load(language, first);
  document.documentElement.lang = language;
}

/** Changes all words on the screen at once and remembers it on this device. */
export async function switchLanguage(language: Language): Promise<void> {
  writeStored('language', language);
  await load(language, 'all');
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** What the first picture says (see first-picture.ts), as i18next has it in the present language. */
export function firstPictureTexts(): { language: string; texts: object } {
  const { language } = i18next;
  const said = (key: string) => i18next.getResource(language, 'translation', key) as object;
  const { network, time, page_title } = said('ui') as Record<string, object>;
  const texts = {
    app: { rail: said('app.rail'), entries: said('app.entries') },
    offline: { network: said('offline.network') },
    ui: { network, time, page_title },
    visits: { states: said('visits.states') },
    visits_today: said('visits_today'),
  };
  return { language, texts };
}
