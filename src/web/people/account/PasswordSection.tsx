import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#domain/people/commands.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import type { ProblemError } from '../../ui/problem.ts';
import { say } from '../../ui/undo.ts';
import { auth, refreshMe } from '../api.ts';
import { isGoodPassword, NewPassword } from '../NewPassword.tsx';
import row from '../Rows.module.css';
import { Section } from '../Section.tsx';

export function PasswordSection({ me }: { me: Me }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const about = [me.name, me.email];
  const close = () => {
    setOpen(false);
    setCurrent('');
    setNext('');
    change.reset();
  };
  const change = useMutation<unknown, ProblemError>({
    mutationFn: () => auth('change-password', { current_password: current, password: next }),
    onSuccess: () => {
      close();
      say({ text: t('people.account.password_changed') });
      refreshMe();
    },
  });
  const isReady = current !== '' && isGoodPassword(next, about);
  return (
    <Section
      title={t('people.password')}
      hint={t('people.account.password_hint')}
      acts={
        !open && (
          <Button variant="default" onClick={() => setOpen(true)}>
            {t('people.account.change_password')}
          </Button>
        )
      }
    >
      {open && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) change.mutate();
          }}
        >
          <Stack gap="md" className={row.narrow}>
            <input type="text" autoComplete="username" value={me.email} readOnly hidden />
            <PasswordInput
              label={t('people.current_password')}
              value={current}
              onChange={(event) => setCurrent(event.currentTarget.value)}
              autoComplete="current-password"
              autoFocus
              visibilityToggleButtonProps={{ 'aria-label': t('people.show_password') }}
            />
            <NewPassword value={next} onChange={setNext} about={about} label={t('people.new_password')} />
            <ActProblem error={change.error} />
            <Group>
              <Button type="submit" loading={change.isPending} disabled={!isReady}>
                {t('people.account.change_password')}
              </Button>
              <Button variant="subtle" color="gray" onClick={close}>
                {t('people.cancel')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Section>
  );
}
