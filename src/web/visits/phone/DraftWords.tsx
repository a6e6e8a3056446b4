import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../ui/drafts.ts';

/** Says when a form shows what was left from before, and at once when the device could not keep what was typed. */
export function DraftWords<T>({ draft }: { draft: Draft<T> }) {
  const { t } = useTranslation();
  if (!draft.isSafe) {
    return (
      <Alert color="red" variant="light" role="alert">
        {t('ui.draft.unsafe')}
      </Alert>
    );
  }
  if (!draft.wasRestored) return null;
  return (
    <Alert color="gray" variant="light">
      {t('visits_phone.restored')}{' '}
      <Button size="xs" variant="subtle" onClick={draft.clear}>
        {t('ui.draft.discard')}
      </Button>
    </Alert>
  );
}
