import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Light, dark, or whatever the device says; kept on the device. */
export function ColorSchemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label={t('ui.scheme.label')}
      value={colorScheme}
      data={[
        { value: 'light', label: t('ui.scheme.light') },
        { value: 'dark', label: t('ui.scheme.dark') },
        { value: 'auto', label: t('ui.scheme.auto') },
      ]}
      onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
    />
  );
}
