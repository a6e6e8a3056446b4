import { useTranslation } from 'react-i18next';
import { BackLink } from '../../ui/BackLink.tsx';

/** The way back from one of the settings to their list. */
export function BackToSettings() {
  const { t } = useTranslation();
  return <BackLink to="/settings" label={t('people.settings.title')} />;
}
