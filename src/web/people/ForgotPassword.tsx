import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActProblem } from '../ui/ErrorState.tsx';
import type { ProblemError } from '../ui/problem.ts';
import { auth } from './api.ts';
import { go } from './going.ts';
import { OutsidePage } from './OutsidePage.tsx';

export function ForgotPassword() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const ask = useMutation<unknown, ProblemError>({
    mutationFn: () => auth('request-password-reset', { email: email.trim() }),
  });
  const back = (
    <Anchor component="button" type="button" ta="center" onClick={() => go('/')}>
      {t('people.back_to_sign_in')}
    </Anchor>
  );
  if (ask.isSuccess) {
    return (
      <OutsidePage
        title={t('people.forgot.sent_title')}
        lead={t('people.forgot.sent', { email: email.trim() })}
      >
        <Stack mt="lg">{back}</Stack>
      </OutsidePage>
    );
  }
  return (
    <OutsidePage title={t('people.forgot.title')} lead={t('people.forgot.lead')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (email.trim()) ask.mutate();
        }}
      >
        <Stack gap="md" mt="lg">
          <TextInput
            type="email"
            label={t('people.email')}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            autoComplete="username"
            inputMode="email"
            autoFocus
          />
          <ActProblem error={ask.error} />
          <Button type="submit" fullWidth loading={ask.isPending} disabled={!email.trim()}>
            {t('people.forgot.act')}
          </Button>
          {back}
        </Stack>
      </form>
    </OutsidePage>
  );
}
