import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { switchLanguage } from './i18n.ts';
import { type Language, languages } from './present-language.ts';

// Each language is named in itself, in whatever language the screen is: nobody has to read the other one first.
const names: Record<Language, string> = { 'zh-CN': 'ui.languages.zh', en: 'ui.languages.en' };

/** `onSwitched` is for keeping the choice with the person's account too. */
export function LanguageSwitch({ onSwitched }: { onSwitched?: (language: Language) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('ui.language')}
      value={i18n.language}
      data={languages.map((language) => ({ value: language, label: t(names[language]) }))}
      onChange={(value) => {
        void switchLanguage(value as Language);
        onSwitched?.(value as Language);
      }}
    />
  );
}
