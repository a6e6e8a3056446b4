import { Alert, Button, Checkbox, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { toMs } from '#domain/ground/instant.ts';
import { dayNumber, isAway, sinceLastDay } from '#domain/visits/days.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { correctedNow } from '../../offline/device-clock.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { DraftWords } from './DraftWords.tsx';
import { type Promised, PromisedToday } from './PromisedToday.tsx';
import { Sheet } from './Sheet.tsx';
import { useSave } from './use-save.ts';

type Fields = { promised_today: Promised | null; no_wrap_up_reason: string; comes_back: boolean };

// What is planned for longer than this from now goes on after a night.
const nightMs = 12 * 3_600_000;

/** Leaving the site, for today or for good: not without the last question, and not without this day's wrap-up or a word why. */
export function LeaveSheet({ page, onClose }: { page: VisitPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { visit } = page;
  const wrapUps = sinceLastDay(visit, visit.wrap_ups);
  const day = dayNumber(visit);
  const draft = useDraft<Fields>(`visit:${visit.id}:leave${day ? `:${day}` : ''}`, {
    promised_today: wrapUps.at(-1)?.promised_today ?? null,
    no_wrap_up_reason: '',
    comes_back: toMs(visit.planned_to) - toMs(correctedNow()) > nightMs,
  });
  const { save, problem, isSaving } = useSave(visit.id);
  const { no_wrap_up_reason } = draft.value;
  const ends = isAway(visit);
  const comes_back = !ends && (draft.value.comes_back ?? false);
  // Leaving ends the day: what was promised on it is in the record, and nobody says beside it that there was nothing.
  const isNoted = sinceLastDay(visit, visit.promises).length > 0;
  const promised_today = isNoted ? 'noted' : draft.value.promised_today;
  const set = (change: Partial<Fields>) => draft.change((before) => ({ ...before, ...change }));
  const needsReason = !ends && wrapUps.length === 0;
  const reason = no_wrap_up_reason.replace(/\s+/g, ' ').trim();
  const isReady = (promised_today === 'nothing' || isNoted) && (!needsReason || reason !== '');
  const leave = async () => {
    if (promised_today === null) return;
    const body = { promised_today, comes_back, no_wrap_up_reason: needsReason ? reason : null };
    if (!(await save({ name: 'leave', body }))) return;
    draft.clear();
    onClose();
  };
  const runs = visit.log.filter(({ ended_at }) => ended_at === null);
  return (
    <Sheet
      title={t(ends ? 'visits_phone.leave.end' : 'visits_phone.leave.title')}
      onClose={onClose}
      onSubmit={() => void leave()}
      foot={
        <>
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving} disabled={!isReady}>
            {t(`visits_phone.leave.${ends ? 'end' : comes_back ? 'act_today' : 'act'}`)}
          </Button>
        </>
      }
    >
      <DraftWords draft={draft} />
      {!ends && (
        <Checkbox
          size="md"
          label={t('visits_phone.leave.comes_back')}
          description={t('visits_phone.leave.comes_back_help')}
          checked={comes_back}
          onChange={(event) => set({ comes_back: event.currentTarget.checked })}
        />
      )}
      {!ends && !comes_back && sinceLastDay(visit, visit.signatures).length === 0 && (
        <Alert variant="light" color="yellow">
          {t('visits_phone.leave.unsigned')}
        </Alert>
      )}
      {runs.map((entry) => (
        <p key={entry.id}>
          {t(`visits_phone.leave.${ends ? 'ends_now' : 'ends'}`, {
            kind: t(`visits.work_kinds.${entry.kind}`),
          })}
        </p>
      ))}
      {needsReason && (
        <Textarea
          label={t('visits_phone.leave.no_wrap_up_reason')}
          description={t('visits_phone.leave.no_wrap_up_help')}
          autosize
          minRows={2}
          maxLength={500}
          value={no_wrap_up_reason}
          onChange={(event) => set({ no_wrap_up_reason: event.currentTarget.value })}
        />
      )}
      <PromisedToday
        page={page}
        value={promised_today}
        options={isNoted ? ['noted'] : ['nothing', 'noted']}
        onChange={(answer) => set({ promised_today: answer })}
      />
    </Sheet>
  );
}
