import { Alert, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MailboxTried, SideTried } from '#domain/channels/mailbox-commands.ts';
import { Section } from '../../people/Section.tsx';
import { send } from '../../ui/api-client.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import type { ProblemError } from '../../ui/problem.ts';
import style from './mailboxes.module.css';

/** Tries both connections now, and says of each what came of it and what to do. */
export function ConnectionTrial({ boxId }: { boxId: string }) {
  const { t } = useTranslation();
  const trial = useMutation<MailboxTried, ProblemError>({
    mutationFn: () => send<MailboxTried>({ method: 'POST', path: `/api/mailboxes/${boxId}/test`, body: {} }),
  });
  return (
    <Section
      title={t('mailboxes.test.title')}
      hint={t('mailboxes.test.hint')}
      acts={
        <Button variant="default" loading={trial.isPending} onClick={() => trial.mutate()}>
          {t('mailboxes.test.act')}
        </Button>
      }
    >
      <ActProblem error={trial.error} isKept={false} />
      {trial.data && (
        <div className={style.form} role="status">
          <Side label={t('mailboxes.test.receiving')} side={trial.data.receiving} />
          <Side label={t('mailboxes.test.sending')} side={trial.data.sending} />
        </div>
      )}
    </Section>
  );
}

function Side({ label, side }: { label: string; side: SideTried | null }) {
  const { t } = useTranslation();
  if (!side || side.ok)
    return (
      <Alert color={side ? 'green' : 'gray'} title={label}>
        {t(side ? 'mailboxes.test.ok' : 'mailboxes.test.none')}
      </Alert>
    );
  const failure = side.failure ?? 'other';
  return (
    <Alert color="red" title={`${label}: ${t(`mailboxes.failure.${failure}.text`)}`}>
      <p>{t(`mailboxes.failure.${failure}.next`)}</p>
      {side.words && <p>{t('mailboxes.said', { words: side.words })}</p>}
    </Alert>
  );
}
