import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import style from './ClashView.module.css';

export type ShownClash = { field: string; label: string; yours: ReactNode; theirs: ReactNode };

type Props = {
  clashes: ShownClash[];
  onTakeMine: (field: string) => void;
  onTakeTheirs: (field: string) => void;
};

/** Two people changed the same thing: both values side by side, nothing is lost, a person decides. */
export function ClashView({ clashes, onTakeMine, onTakeTheirs }: Props) {
  const { t } = useTranslation();
  return (
    <div className={style.clashes} role="alert">
      <p>{t('ui.clash.what')}</p>
      {clashes.map((clash) => (
        <section key={clash.field}>
          <strong>{clash.label}</strong>
          <div className={style.values}>
            <div className={style.value}>
              <span className={style.whose}>{t('ui.clash.yours')}</span>
              <span>{clash.yours}</span>
              <Button size="xs" onClick={() => onTakeMine(clash.field)}>
                {t('ui.clash.take_yours')}
              </Button>
            </div>
            <div className={style.value}>
              <span className={style.whose}>{t('ui.clash.theirs')}</span>
              <span>{clash.theirs}</span>
              <Button size="xs" variant="default" onClick={() => onTakeTheirs(clash.field)}>
                {t('ui.clash.keep_theirs')}
              </Button>
            </div>
          </div>
        </section>
      ))}
    </div>
  );
}
