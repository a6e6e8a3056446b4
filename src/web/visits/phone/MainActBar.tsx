import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { lazyPart } from '../../ui/the-rest.ts';
import { LeaveSheet } from './LeaveSheet.tsx';
import { LogSheet } from './LogSheet.tsx';
import { useSavedWord } from './saved-word.ts';
import type { MainAct, Station } from './stations.ts';
import { useSave } from './use-save.ts';
import style from './visit.module.css';
import { WrapUpSheet } from './WrapUpSheet.tsx';

// The signature pad is needed once a day.
const SignSheet = lazyPart(() => import('./SignSheet.tsx'), 'SignSheet');

type Props = {
  page: VisitPage;
  act: MainAct | null;
  /** Whether the visit is the reader's to work on. */
  isMine: boolean;
  onStation: (station: Station) => void;
};
const sheets: MainAct[] = ['log', 'wrap_up', 'sign', 'leave'];

/** The one big act, within the thumb's reach; or in words why there is none now. */
export function MainActBar({ page, act, isMine, onStation }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<MainAct | null>(null);
  const { visit } = page;
  const { save, problem, isSaving } = useSave(visit.id);
  const saved = useSavedWord();
  const close = () => setOpen(null);
  const run = async () => {
    if (act === null) return;
    if (sheets.includes(act)) {
      if (act === 'log') onStation('work');
      setOpen(act);
    } else {
      await save(
        { name: act as 'depart' | 'arrive' | 'start', body: {} },
        { said: t(`visits_phone.main.${act}_done`) },
      );
    }
  };
  return (
    <div className={style.main} data-main-act>
      <div className={style.savedPlace} role="status">
        {saved && (
          <span className={style.saved}>
            <IconCheck size={18} aria-hidden />
            {saved}
          </span>
        )}
      </div>
      <ActProblem error={problem} isKept={false} />
      {act ? (
        <Button fullWidth size="lg" className={style.mainAct} disabled={isSaving} onClick={() => void run()}>
          {t(`visits_phone.main.${act}`)}
        </Button>
      ) : (
        isMine &&
        visit.state === 'planned' && <p className="cp-soft">{t('visits_phone.main.not_dispatched')}</p>
      )}
      {open === 'log' && <LogSheet page={page} onClose={close} />}
      {open === 'wrap_up' && <WrapUpSheet page={page} onClose={close} />}
      {open === 'leave' && <LeaveSheet page={page} onClose={close} />}
      {open === 'sign' && (
        <Suspense fallback={null}>
          <SignSheet page={page} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
