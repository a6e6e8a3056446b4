import { Button, Skeleton, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFirmName } from '../app/session.ts';
import { send } from '../ui/api-client.ts';
import { ActProblem, ErrorState } from '../ui/ErrorState.tsx';
import { hasChosenLanguage, switchLanguage } from '../ui/i18n.ts';
import { type Language, presentLanguage } from '../ui/present-language.ts';
import type { ProblemError } from '../ui/problem.ts';
import { auth, invitationQuery, type OpenedInvitation } from './api.ts';
import { go } from './going.ts';
import { isGoodPassword, NewPassword } from './NewPassword.tsx';
import { OutsidePage } from './OutsidePage.tsx';

/** Where the link of an invitation leads: a name, a password, and one is in. */
export function AcceptInvitation() {
  const { token = '' } = useParams({ strict: false }) as { token?: string };
  const { t } = useTranslation();
  const { data: invitation, error, refetch } = useQuery(invitationQuery(token));
  const language = invitation?.locale;
  useEffect(() => {
    if (language && !hasChosenLanguage()) void switchLanguage(language as Language);
  }, [language]);
  if (error) {
    const isUsed = (error as ProblemError).code === 'people.invitation_accepted';
    return (
      <OutsidePage title={t('people.invitation.title')}>
        <ErrorState
          error={error}
          {...((error as ProblemError).kind === 'unreachable' ? { onRetry: refetch } : {})}
        />
        <Button fullWidth variant={isUsed ? 'filled' : 'default'} onClick={() => go('/')}>
          {t('people.back_to_sign_in')}
        </Button>
      </OutsidePage>
    );
  }
  if (!invitation) {
    return (
      <OutsidePage title={t('people.invitation.title')}>
        <Skeleton height={18} mt="md" />
        <Skeleton height={34} mt="lg" />
        <Skeleton height={34} mt="lg" />
      </OutsidePage>
    );
  }
  return <Acceptance token={token} invitation={invitation} />;
}

function Acceptance({ token, invitation }: { token: string; invitation: OpenedInvitation }) {
  const { t } = useTranslation();
  const { email, firm, kind } = invitation;
  const firmName = useFirmName(firm);
  const [name, setName] = useState(invitation.name);
  const [password, setPassword] = useState('');
  const accept = useMutation<unknown, ProblemError>({
    mutationFn: async () => {
      const locale = presentLanguage();
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai';
      const body = { token, name: name.trim(), password, locale, zone };
      await send({ method: 'POST', path: '/api/invitation-links/accept', body, without_sign_in: true });
      await auth('sign-in/email', { email, password });
    },
    onSuccess: () => go('/'),
  });
  const about = [name, email];
  const isReady = name.trim() !== '' && isGoodPassword(password, about);
  return (
    <OutsidePage
      title={t(kind === 'staff' ? 'people.invitation.staff_title' : 'people.invitation.portal_title', {
        firm: firmName,
      })}
      lead={t(kind === 'staff' ? 'people.invitation.staff_lead' : 'people.invitation.portal_lead', {
        name: invitation.invited_by_name,
      })}
      firm={firm}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) accept.mutate();
        }}
      >
        <Stack gap="md" mt="lg">
          <TextInput
            label={t('people.email')}
            value={email}
            readOnly
            autoComplete="username"
            description={t('people.invitation.email_hint')}
          />
          <TextInput
            label={t('people.your_name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="name"
          />
          <NewPassword value={password} onChange={setPassword} about={about} autoFocus />
          <ActProblem error={accept.error} />
          <Button type="submit" fullWidth loading={accept.isPending} disabled={!isReady}>
            {t('people.invitation.act')}
          </Button>
        </Stack>
      </form>
    </OutsidePage>
  );
}
