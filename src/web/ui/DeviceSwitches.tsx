import { ColorSchemeSwitch } from './ColorSchemeSwitch.tsx';
import type { Language } from './i18n.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';

/** What is set for this device: language, light or dark. */
export function DeviceSwitches({ onLanguage }: { onLanguage: (language: Language) => void }) {
  return (
    <div style={{ display: 'grid', gap: 8, padding: '6px 10px' }}>
      <LanguageSwitch onSwitched={onLanguage} />
      <ColorSchemeSwitch />
    </div>
  );
}
