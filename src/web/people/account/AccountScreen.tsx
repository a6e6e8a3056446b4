import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { signOut, useMe } from '../../app/session.ts';
import { send } from '../../ui/api-client.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import type { ProblemError } from '../../ui/problem.ts';
import { Screen } from '../../ui/Screen.tsx';
import { say } from '../../ui/undo.ts';
import { refreshMe } from '../api.ts';
import row from '../Rows.module.css';
import { Section } from '../Section.tsx';
import { BackToSettings } from '../settings/BackToSettings.tsx';
import { ApiKeysSection } from './ApiKeysSection.tsx';
import { PasswordSection } from './PasswordSection.tsx';
import { ProfileSection } from './ProfileSection.tsx';
import { SessionList } from './SessionList.tsx';
import { TwoFactorSection } from './TwoFactorSection.tsx';

/** Everything about one's own account; in all three shells the same. */
export function AccountScreen() {
  const { t } = useTranslation();
  const me = useMe();
  const account = (
    <Screen
      title={t('people.account.title')}
      acts={<SignOut />}
      back={me.kind === 'staff' && <BackToSettings />}
    >
      <ProfileSection me={me} />
      <PasswordSection me={me} />
      <TwoFactorSection me={me} />
      <SessionsSection />
      {me.permissions.includes('api_keys.create') && <ApiKeysSection me={me} />}
    </Screen>
  );
  // In the portal it stands in the middle, as the other pages there do.
  return me.kind === 'staff' ? account : <div className={row.middle}>{account}</div>;
}

function SignOut() {
  const { t } = useTranslation();
  const out = useMutation<unknown, ProblemError>({ mutationFn: signOut });
  return (
    <Button variant="default" loading={out.isPending} onClick={() => out.mutate()}>
      {t('people.sign_out')}
    </Button>
  );
}

function SessionsSection() {
  const { t } = useTranslation();
  const others = useMutation<{ revoked: number }, ProblemError>({
    mutationFn: () => send({ method: 'POST', path: '/api/sessions/revoke-others', body: {} }),
    onSuccess: ({ revoked }) => {
      say({ text: t('people.sessions.others_ended', { count: revoked }) });
      refreshMe();
    },
  });
  return (
    <Section
      title={t('people.sessions.title')}
      hint={t('people.sessions.hint')}
      acts={
        <Button variant="default" loading={others.isPending} onClick={() => others.mutate()}>
          {t('people.sessions.end_others')}
        </Button>
      }
    >
      <ActProblem error={others.error} isKept={false} />
      <SessionList />
    </Section>
  );
}
