import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import style from './DraftNotice.module.css';
import type { Draft } from './drafts.ts';

/** Says that a form holds what was left from before, or that the device could not keep what was typed. */
export function DraftNotice({ draft }: { draft: Pick<Draft<unknown>, 'wasRestored' | 'clear' | 'isSafe'> }) {
  const { t } = useTranslation();
  if (!draft.isSafe) return <p className={style.notice}>{t('ui.draft.unsafe')}</p>;
  if (!draft.wasRestored) return null;
  return (
    <div className={style.notice}>
      <span>{t('ui.draft.restored')}</span>
      <Button size="xs" variant="subtle" onClick={draft.clear}>
        {t('ui.draft.discard')}
      </Button>
    </div>
  );
}
