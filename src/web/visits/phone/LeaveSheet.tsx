import { Alert, Button, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { DraftWords } from './DraftWords.tsx';
import { type Promised, PromisedToday } from './PromisedToday.tsx';
import { Sheet } from './Sheet.tsx';
import { useSave } from './use-save.ts';

type Fields = { promised_today: Promised | null; no_wrap_up_reason: string };

/** Leaving the site: not without the last question, and not without a wrap-up or a word why there is none. */
export function LeaveSheet({ page, onClose }: { page: VisitPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { visit } = page;
  const draft = useDraft<Fields>(`visit:${visit.id}:leave`, {
    promised_today: visit.wrap_ups.at(-1)?.promised_today ?? null,
    no_wrap_up_reason: '',
  });
  const { save, problem, isSaving } = useSave(visit.id);
  const { no_wrap_up_reason } = draft.value;
  // Leaving ends the visit: what was promised on it is in the record, and nobody says beside it that there was nothing.
  const isNoted = visit.promises.length > 0;
  const promised_today = isNoted ? 'noted' : draft.value.promised_today;
  const set = (change: Partial<Fields>) => draft.change((before) => ({ ...before, ...change }));
  const needsReason = visit.wrap_ups.length === 0;
  const reason = no_wrap_up_reason.replace(/\s+/g, ' ').trim();
  const isReady = (promised_today === 'nothing' || isNoted) && (!needsReason || reason !== '');
  const leave = async () => {
    if (promised_today === null) return;
    const body = { promised_today, no_wrap_up_reason: needsReason ? reason : null };
    if (!(await save({ name: 'leave', body }))) return;
    draft.clear();
    onClose();
  };
  const runs = visit.log.filter(({ ended_at }) => ended_at === null);
  return (
    <Sheet
      title={t('visits_phone.leave.title')}
      onClose={onClose}
      onSubmit={() => void leave()}
      foot={
        <>
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving} disabled={!isReady}>
            {t('visits_phone.leave.act')}
          </Button>
        </>
      }
    >
      <DraftWords draft={draft} />
      {visit.signatures.length === 0 && (
        <Alert variant="light" color="yellow">
          {t('visits_phone.leave.unsigned')}
        </Alert>
      )}
      {runs.map((entry) => (
        <p key={entry.id}>{t('visits_phone.leave.ends', { kind: t(`visits.work_kinds.${entry.kind}`) })}</p>
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
