import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActProblem } from '../ui/ErrorState.tsx';
import type { ProblemError } from '../ui/problem.ts';
import { auth } from './api.ts';
import { go } from './going.ts';
import { isGoodPassword, NewPassword } from './NewPassword.tsx';
import { OutsidePage } from './OutsidePage.tsx';

/** Where the link of a reset mail leads. */
export function ResetPassword() {
  const { token = '' } = useParams({ strict: false }) as { token?: string };
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const reset = useMutation<unknown, ProblemError>({
    mutationFn: () => auth('reset-password', { token, password }),
  });
  if (reset.isSuccess) {
    return (
      <OutsidePage title={t('people.reset.done_title')} lead={t('people.reset.done')}>
        <Button fullWidth mt="lg" onClick={() => go('/')}>
          {t('people.sign_in.act')}
        </Button>
      </OutsidePage>
    );
  }
  const isOver = reset.error?.code === 'people.reset_link_invalid';
  return (
    <OutsidePage title={t('people.reset.title')} lead={t('people.reset.lead')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isGoodPassword(password)) reset.mutate();
        }}
      >
        <Stack gap="md" mt="lg">
          <NewPassword value={password} onChange={setPassword} label={t('people.new_password')} autoFocus />
          <ActProblem error={reset.error} isKept={!isOver} />
          {isOver ? (
            <Button type="button" fullWidth onClick={() => go('/forgot-password')}>
              {t('people.reset.ask_again')}
            </Button>
          ) : (
            <Button type="submit" fullWidth loading={reset.isPending} disabled={!isGoodPassword(password)}>
              {t('people.reset.act')}
            </Button>
          )}
        </Stack>
      </form>
    </OutsidePage>
  );
}
