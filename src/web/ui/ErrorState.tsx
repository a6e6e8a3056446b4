import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import style from './EmptyState.module.css';
import { ProblemError } from './problem.ts';
import { sentenceOf } from './sentences.ts';

const asProblem = (error: unknown) =>
  error instanceof ProblemError ? error : new ProblemError({ status: 500, code: 'ui.screen_broke' });

const needsReload = ({ code }: ProblemError) => code === 'ui.newer_app' || code === 'ui.part_missing';

/** What was typed a moment ago is still on its way to the disk (drafts.ts). */
const sealedAfterMs = 500;

function Reload() {
  const { t } = useTranslation();
  return (
    <Button variant="default" onClick={() => setTimeout(() => location.reload(), sealedAfterMs)}>
      {t('ui.reload')}
    </Button>
  );
}

/** A whole place that could not be shown: what happened, what to do, the reference small below. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const { text, next } = sentenceOf(problem, t);
  return (
    <div className={style.state} role="alert">
      <div className={style.icon}>
        <IconAlertTriangle size={32} stroke={1.5} aria-hidden />
      </div>
      <h2>{text}</h2>
      <p className={style.why}>{next}</p>
      {needsReload(problem) ? (
        <div className={style.acts}>
          <Reload />
        </div>
      ) : (
        onRetry && (
          <div className={style.acts}>
            <Button variant="default" onClick={onRetry}>
              {t('ui.try_again')}
            </Button>
          </div>
        )
      )}
      {problem.reference && (
        <p className={style.reference}>{t('ui.reference', { reference: problem.reference })}</p>
      )}
    </div>
  );
}

/** Over the screen, for what should have stood over it; what was typed outlives the reload. */
export function ErrorOver({ error, onClose }: { error: unknown; onClose: (() => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <div className={style.over}>
      <ErrorState error={error} onRetry={() => location.reload()} />
      {onClose && (
        <Button variant="subtle" fullWidth onClick={onClose}>
          {t('ui.close')}
        </Button>
      )}
    </div>
  );
}

/** An act that was refused or failed, beside the form it came from; whatever was typed is still there. */
export function ActProblem({ error, isKept = true }: { error: unknown; isKept?: boolean }) {
  const { t } = useTranslation();
  if (!error) return null;
  const problem = asProblem(error);
  const { text, next } = sentenceOf(problem, t);
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={text} role="alert">
      <div>{next}</div>
      {needsReload(problem) ? <Reload /> : isKept && <div>{t('ui.input_kept')}</div>}
      {problem.kind === 'bug' && problem.reference && (
        <div className={style.reference}>{t('ui.reference', { reference: problem.reference })}</div>
      )}
    </Alert>
  );
}
