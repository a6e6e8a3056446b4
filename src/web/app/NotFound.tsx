import { Button } from '@mantine/core';
import { IconMapSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <main>
      <EmptyState
        title={t('app.not_found.title')}
        why={t('app.not_found.why')}
        icon={<IconMapSearch size={36} stroke={1.4} aria-hidden />}
      >
        <Button component={Link} to="/">
          {t('app.not_found.home')}
        </Button>
      </EmptyState>
    </main>
  );
}
