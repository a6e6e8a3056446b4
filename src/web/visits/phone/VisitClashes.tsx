import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { openClashes, valueAt } from '#domain/visits/clashes.ts';
import type { VisitAbout } from '#domain/visits/views.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { useWords } from '../../ui/use-words.ts';
import { fieldName, valueWords } from './field-words.tsx';
import { useSave } from './use-save.ts';
import style from './visit.module.css';

type Props = { visit: Visit; about: VisitAbout; mayDecide: boolean };

/** Two people changed one thing: both values side by side until a person decides. */
export function VisitClashes({ visit, about, mayDecide }: Props) {
  const { t } = useTranslation();
  const words = useWords();
  const { save, problem, isSaving } = useSave(visit.id);
  const clashes = openClashes(visit);
  if (clashes.length === 0) return null;
  return (
    <div className={style.troubles}>
      {clashes.map((clash) => {
        const name = fieldName(clash.field, t);
        const settle = (keep: 'theirs' | 'mine') =>
          void save(
            { name: 'settle_clash', body: { clash_id: clash.id, keep } },
            { said: t('visits_phone.clash.settled') },
          );
        return (
          <section key={clash.id} className={style.trouble} aria-label={t('visits_phone.clash.of', { name })}>
            <h3>{t('visits_phone.clash.of', { name })}</h3>
            <div className={style.values}>
              <div className={style.value}>
                <div>
                  <span className="cp-soft">{t('visits_phone.clash.theirs')}</span>
                  <p>{valueWords(clash.field, valueAt(visit, clash.field), about, words)}</p>
                </div>
                {mayDecide && (
                  <Button size="xs" variant="default" disabled={isSaving} onClick={() => settle('theirs')}>
                    {t('visits_phone.clash.keep_theirs')}
                  </Button>
                )}
              </div>
              <div className={style.value}>
                <div>
                  <span className="cp-soft">
                    {t('visits_phone.clash.mine', { name: clash.by_name })} <TimeText at={clash.at} />
                  </span>
                  <p>{valueWords(clash.field, clash.mine, about, words)}</p>
                </div>
                {mayDecide && (
                  <Button size="xs" variant="default" disabled={isSaving} onClick={() => settle('mine')}>
                    {t('visits_phone.clash.take_mine')}
                  </Button>
                )}
              </div>
            </div>
          </section>
        );
      })}
      <ActProblem error={problem} isKept={false} />
    </div>
  );
}
