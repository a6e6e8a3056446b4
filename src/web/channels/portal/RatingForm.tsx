import { Button, Rating, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PortalConversation } from '#domain/channels/commands.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { refresh } from '../../ui/live.ts';
import { useAct } from '../../ui/use-act.ts';
import style from './QuestionPage.module.css';

type RatingDraft = { score: number; words: string };
const empty: RatingDraft = { score: 0, words: '' };

/** One to five and, if they like, a few words; once. */
export function RatingForm({ question }: { question: PortalConversation }) {
  const { t } = useTranslation();
  const draft = useDraft<RatingDraft>(`portal.rating.${question.id}`, empty);
  const { score, words } = draft.value;
  const rate = useAct<void, { id: string }>(
    () => ({
      method: 'POST',
      path: `/api/portal/tickets/${question.id}/rate`,
      body: { id: draft.id, score, words: words.trim() === '' ? null : words },
    }),
    {
      onDone: () => {
        draft.clear();
        refresh('ticket', question.id);
      },
    },
  );
  if (question.rating) {
    const given = t(`portal.rating.score_${question.rating.score}`);
    return (
      <div className={style.rating}>
        <div className={style.given}>
          <Rating value={question.rating.score} readOnly aria-label={given} />
          {t('portal.rating.given', { score: given })}
        </div>
        {question.rating.words && <p className={style.words}>{question.rating.words}</p>}
        <p className="cp-soft">{t('portal.rating.thanks')}</p>
      </div>
    );
  }
  if (!question.can_rate) return null;
  return (
    <form
      className={style.rating}
      onSubmit={(event) => {
        event.preventDefault();
        rate.mutate();
      }}
    >
      <fieldset className={style.stars}>
        <legend>{t('portal.rating.title')}</legend>
        <Rating
          size={36}
          value={score}
          onChange={(value) => draft.change((before) => ({ ...before, score: value }))}
          getSymbolLabel={(value) =>
            value === 0 ? t('portal.rating.title') : t(`portal.rating.score_${value}`)
          }
        />
        <span aria-live="polite">{score > 0 && t(`portal.rating.score_${score}`)}</span>
      </fieldset>
      {score > 0 && (
        <>
          <Textarea
            label={t('portal.rating.words')}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={2_000}
            value={words}
            onChange={(event) => {
              const said = event.currentTarget.value;
              draft.change((before) => ({ ...before, words: said }));
            }}
          />
          <ActProblem error={rate.error} />
          <Button type="submit" loading={rate.isPending}>
            {t('portal.rating.send')}
          </Button>
        </>
      )}
    </form>
  );
}
