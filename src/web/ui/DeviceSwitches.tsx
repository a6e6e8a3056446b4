import { ColorSchemeSwitch } from './ColorSchemeSwitch.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import type { Language } from './present-language.ts';

/** What is set for this device: language, light or dark. */
export function DeviceSwitches({ onLanguage }: { onLanguage: (language: Language) => void }) {
  return (
    <div style={{ display: 'grid', gap: 8, padding: '6px 10px' }}>
      <LanguageSwitch onSwitched={onLanguage} />
      <ColorSchemeSwitch />
    </div>
  );
}
