import { Anchor, Button, Checkbox, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActProblem } from '../ui/ErrorState.tsx';
import type { ProblemError } from '../ui/problem.ts';
import { auth } from './api.ts';

type Props = { onSignedIn: () => void; email?: string; forgotten?: () => void };

/** Address and password, and the second factor where one is set. Also used where a session ran out in mid-work. */
export function SignInForm({ onSignedIn, email: known = '', forgotten }: Props) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const signIn = useMutation<{ second_factor_needed: boolean }, ProblemError>({
    mutationFn: () => auth('sign-in/email', { email: email.trim(), password }),
    onSuccess: (answer) => (answer.second_factor_needed ? setAsked(true) : onSignedIn()),
  });
  if (asked) {
    return (
      <SecondFactorForm
        onSignedIn={onSignedIn}
        onStartAgain={() => {
          setAsked(false);
          setPassword('');
        }}
      />
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() && password) signIn.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" mt="lg">
        <TextInput
          type="email"
          label={t('people.email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          autoFocus={known === ''}
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={t('people.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          autoFocus={known !== ''}
          data-autofocus={known !== '' || undefined}
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('people.show_password') }}
        />
        <ActProblem error={signIn.error} isKept={false} />
        <Button type="submit" fullWidth loading={signIn.isPending} disabled={!email.trim() || !password}>
          {t('people.sign_in.act')}
        </Button>
        {forgotten && (
          <Anchor component="button" type="button" onClick={forgotten} ta="center">
            {t('people.sign_in.forgotten')}
          </Anchor>
        )}
      </Stack>
    </form>
  );
}

function SecondFactorForm({
  onSignedIn,
  onStartAgain,
}: {
  onSignedIn: () => void;
  onStartAgain: () => void;
}) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [byBackup, setByBackup] = useState(false);
  const [trusted, setTrusted] = useState(false);
  const verify = useMutation<unknown, ProblemError, string>({
    mutationFn: (given) =>
      auth(byBackup ? 'two-factor/verify-backup-code' : 'two-factor/verify-totp', {
        code: given,
        trust_device: trusted,
      }),
    onSuccess: onSignedIn,
    onError: () => setCode(''),
  });
  const isOver = verify.error?.code === 'people.second_factor_expired';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) verify.mutate(code.trim());
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" mt="lg">
        <TextInput
          label={t(byBackup ? 'people.second_factor.backup_code' : 'people.second_factor.code')}
          description={t(byBackup ? 'people.second_factor.backup_hint' : 'people.second_factor.hint')}
          value={code}
          onChange={(event) => {
            const given = event.currentTarget.value;
            setCode(given);
            if (!byBackup && /^\d{6}$/.test(given.trim()) && !verify.isPending) verify.mutate(given.trim());
          }}
          autoComplete="one-time-code"
          inputMode={byBackup ? 'text' : 'numeric'}
          autoFocus
          key={byBackup ? 'backup' : 'app'}
        />
        <Checkbox
          label={t('people.second_factor.trust')}
          checked={trusted}
          onChange={(event) => setTrusted(event.currentTarget.checked)}
        />
        <ActProblem error={verify.error} isKept={false} />
        {isOver ? (
          <Button type="button" fullWidth onClick={onStartAgain}>
            {t('people.second_factor.start_again')}
          </Button>
        ) : (
          <>
            <Button type="submit" fullWidth loading={verify.isPending} disabled={!code.trim()}>
              {t('people.sign_in.act')}
            </Button>
            <Anchor
              component="button"
              type="button"
              ta="center"
              onClick={() => {
                setByBackup(!byBackup);
                setCode('');
                verify.reset();
              }}
            >
              {t(byBackup ? 'people.second_factor.use_app' : 'people.second_factor.use_backup')}
            </Anchor>
          </>
        )}
      </Stack>
    </form>
  );
}
