import { Button, Group } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { toMs } from '#domain/ground/instant.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { LogEntry, WorkKind } from '#domain/visits/visit.ts';
import { correctedNow } from '../../offline/device-clock.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { useWords } from '../../ui/use-words.ts';
import { endOf } from './LogSheet.tsx';
import style from './log.module.css';
import { useSave } from './use-save.ts';

type Props = {
  page: VisitPage;
  /** Opens the sheet for what needs more than a tap. */
  onOpen: (entry: LogEntry | undefined, kind: WorkKind | undefined) => void;
};
const quick: WorkKind[] = ['work', 'waiting', 'verification', 'report'];

/** What runs now, stopped by one tap; what could run, started by one. */
export function RunningTime({ page, onOpen }: Props) {
  const { t } = useTranslation();
  const words = useWords();
  const { visit } = page;
  const { save, problem, isSaving } = useSave(visit.id);
  const running = visit.log.filter(({ ended_at }) => ended_at === null);
  const begin = async (kind: WorkKind) => {
    // Waiting says for what and for whom: that takes words.
    if (kind === 'waiting') {
      onOpen(undefined, kind);
      return;
    }
    const started_at = correctedNow();
    const blank = { line: '', customer_line: '', waiting_for: '', waiting_on_contact_id: null, photos: [] };
    await save(
      { name: 'log', body: { id: uuidv7(), kind, started_at, ended_at: null, ...blank } },
      { said: t('visits_phone.log.begun', { kind: t(`visits.work_kinds.${kind}`) }) },
    );
  };
  if (running.length === 0) {
    if (visit.state === 'done' || visit.state === 'cancelled') return null;
    return (
      <div className={style.time}>
        <span>{t('visits_phone.log.start_now')}</span>
        <div className={style.quick}>
          {quick.map((kind) => (
            <button
              key={kind}
              type="button"
              disabled={isSaving}
              aria-label={t('visits_phone.log.start_kind', { kind: t(`visits.work_kinds.${kind}`) })}
              onClick={() => void begin(kind)}
            >
              <IconPlayerPlay size={20} stroke={1.7} aria-hidden />
              {t(`visits.work_kinds.${kind}`)}
            </button>
          ))}
        </div>
        <ActProblem error={problem} isKept={false} />
      </div>
    );
  }
  return running.map((entry) => (
    <section key={entry.id} className={style.running} aria-label={t('visits_phone.log.running')}>
      <span>
        <strong>{t(`visits.work_kinds.${entry.kind}`)}</strong>{' '}
        {t('visits_phone.log.running_for', {
          time: words.time(entry.started_at),
          duration: words.workTime(Math.max(0, (toMs(words.now) - toMs(entry.started_at)) / 60_000)),
        })}
      </span>
      <Group gap="md">
        <Button
          disabled={isSaving}
          leftSection={<IconPlayerStop size={20} aria-hidden />}
          onClick={() => void save(endOf(entry, correctedNow()), { said: t('visits_phone.log.stopped') })}
        >
          {t('visits_phone.log.stop')}
        </Button>
        <Button variant="default" onClick={() => onOpen(entry, undefined)}>
          {t('visits_phone.log.add_words')}
        </Button>
      </Group>
      <ActProblem error={problem} isKept={false} />
    </section>
  ));
}
