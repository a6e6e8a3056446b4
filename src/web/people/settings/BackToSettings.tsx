import { IconChevronLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The way back from one of the settings to their list. */
export function BackToSettings() {
  const { t } = useTranslation();
  return (
    <Link
      to="/settings"
      style={{ display: 'inline-flex', alignItems: 'center', gap: 4, alignSelf: 'flex-start' }}
    >
      <IconChevronLeft size="1.1em" aria-hidden />
      {t('people.settings.title')}
    </Link>
  );
}
