import { Button, NumberInput, Textarea } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Instant, toMs } from '#domain/ground/instant.ts';
import { sinceLastDay } from '#domain/visits/days.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { draftWrapUp } from '#domain/visits/wrapping-up.ts';
import { correctedNow } from '../../offline/device-clock.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { DraftWords } from './DraftWords.tsx';
import { type Promised, PromisedToday } from './PromisedToday.tsx';
import { Sheet } from './Sheet.tsx';
import style from './stations.module.css';
import { useMakingDraft, usePlaceOfNext } from './use-making-draft.ts';
import { useSave } from './use-save.ts';

type Fields = {
  rested_on: string;
  problems: string;
  advice: string;
  support_needed: string;
  tomorrow: string;
  reaction: string;
  promised_today: Promised | null;
  began_at: Instant;
  /** As the clock says, unless somebody knows better. */
  minutes: number | '' | null;
};
const longestTalkMs = 3_600_000;
const parts = ['rested_on', 'problems', 'advice', 'support_needed', 'tomorrow', 'reaction'] as const;
const longest = { rested_on: 4_000, problems: 8_000, advice: 8_000, support_needed: 4_000, tomorrow: 4_000 };

/** R26: the talk that ends the day, drafted from what is in the record, with its own clock. */
export function WrapUpSheet({ page, onClose }: { page: VisitPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { visit } = page;
  const [start] = useState<Fields>(() => ({
    ...draftWrapUp(visit),
    reaction: '',
    promised_today: null,
    began_at: correctedNow(),
    minutes: null,
  }));
  const place = usePlaceOfNext(`visit:${visit.id}:wrap-up`, visit.wrap_ups);
  const draft = useMakingDraft<Fields>(place, start, visit.wrap_ups);
  const { save, problem, isSaving } = useSave(visit.id);
  const { value } = draft;
  const set = (change: Partial<Fields>) => draft.change((before) => ({ ...before, ...change }));
  // Words that were left for hours are from another talk.
  const isAnother = toMs(start.began_at) - toMs(value.began_at) > longestTalkMs;
  const seconds = useSecondsSince(isAnother ? start.began_at : value.began_at);
  const byClock = Math.min(600, Math.ceil(seconds / 60));
  const { promised_today } = value;
  const isReady =
    value.rested_on.trim() !== '' &&
    (promised_today === 'nothing' ||
      (promised_today === 'noted' && sinceLastDay(visit, visit.promises).length > 0));
  const keep = async () => {
    if (promised_today === null) return;
    const { began_at, ...said } = value;
    const minutes = said.minutes === '' || said.minutes === null ? byClock : said.minutes;
    if (!(await save({ name: 'wrap_up', body: { ...said, id: draft.id, promised_today, minutes } }))) return;
    draft.clear();
    onClose();
  };
  return (
    <Sheet
      title={t('visits_phone.wrap_up.title')}
      onClose={onClose}
      onSubmit={() => void keep()}
      foot={
        <>
          {promised_today === null && <p className="cp-soft">{t('visits_phone.promised.unanswered')}</p>}
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving} disabled={!isReady}>
            {t('visits_phone.wrap_up.act')}
          </Button>
        </>
      }
    >
      <p className={style.timer} role="timer">
        <IconClock size={20} aria-hidden />
        {t('visits_phone.wrap_up.timer', { time: clockWords(seconds) })}
      </p>
      <DraftWords draft={draft} />
      <p className="cp-soft">{t('visits_phone.wrap_up.drafted')}</p>
      {parts.map((part) => (
        <Textarea
          key={part}
          label={t(`visits_phone.wrap_up.${part}`)}
          description={t(`visits_phone.wrap_up.${part}_help`)}
          autosize
          minRows={2}
          maxLength={part === 'reaction' ? 2_000 : longest[part]}
          value={value[part]}
          onChange={(event) => set({ [part]: event.currentTarget.value })}
        />
      ))}
      <PromisedToday
        page={page}
        value={promised_today}
        onChange={(answer) => set({ promised_today: answer })}
      />
      <NumberInput
        label={t('visits_phone.wrap_up.minutes')}
        description={t('visits_phone.wrap_up.minutes_help')}
        value={value.minutes ?? byClock}
        min={0}
        max={600}
        allowDecimal={false}
        inputMode="numeric"
        hideControls
        onChange={(next) => set({ minutes: typeof next === 'number' ? next : '' })}
      />
    </Sheet>
  );
}

function useSecondsSince(began: Instant): number {
  const [now, setNow] = useState(correctedNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(correctedNow()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.round((toMs(now) - toMs(began)) / 1_000));
}

function clockWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
