import { readStored } from './device-storage.ts';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** The device's choice, else what the browser asks for; Chinese first. */
export function presentLanguage(): Language {
  const stored = readStored<Language>('language');
  if (stored && languages.includes(stored)) return stored;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}
