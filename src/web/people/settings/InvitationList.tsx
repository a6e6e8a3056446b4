import { Button, Group } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '#domain/people/commands.ts';
import { send } from '../../ui/api-client.ts';
import { ActProblem, ErrorState } from '../../ui/ErrorState.tsx';
import type { ProblemError } from '../../ui/problem.ts';
import { queryClient } from '../../ui/query-client.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { invitationsQuery } from '../api.ts';
import row from '../Rows.module.css';
import { Section } from '../Section.tsx';
import { linkHere, ShownOnce } from '../ShownOnce.tsx';

/** Invitations that nobody has accepted yet. */
export function InvitationList({ onInvite }: { onInvite: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(invitationsQuery);
  return (
    <Section title={t('people.invitations.title')} hint={t('people.invitations.hint')}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <Group gap="sm">
          <span className="cp-soft">{t('people.invitations.none')}</span>
          <Button variant="subtle" size="xs" onClick={onInvite}>
            {t('people.invite.open')}
          </Button>
        </Group>
      )}
      {data && data.length > 0 && (
        <ul className={row.rows}>
          {data.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const [link, setLink] = useState<string | null>(null);
  const refresh = () => void queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  const again = useMutation<{ link: string | null }, ProblemError>({
    mutationFn: () => send({ method: 'POST', path: `/api/invitations/${invitation.id}/resend`, body: {} }),
    onSuccess: (answer) => {
      setLink(answer.link && linkHere(answer.link));
      refresh();
    },
  });
  const revoke = useMutation<unknown, ProblemError>({
    mutationFn: () => send({ method: 'POST', path: `/api/invitations/${invitation.id}/revoke`, body: {} }),
    onSuccess: refresh,
  });
  const what =
    invitation.kind === 'contact'
      ? t('people.invitations.for_portal')
      : invitation.roles.map((role) => t(`people.roles.${role}`)).join(t('people.comma'));
  return (
    <li className={`${row.row} ${row.actsBelow}`}>
      <div className={row.main}>
        <div className={row.name}>{invitation.name}</div>
        <div className={row.soft}>{invitation.email}</div>
      </div>
      <div className={row.tags}>
        <span className={row.soft}>
          {t('people.invitations.by', { what, name: invitation.invited_by_name })}
        </span>
      </div>
      <div className={row.state}>
        {invitation.state === 'expired' ? t('people.invitations.expired') : t('people.invitations.until')}{' '}
        <TimeText at={invitation.expires_at} dayOnly />
      </div>
      <div className={row.acts}>
        <Button variant="default" size="xs" loading={again.isPending} onClick={() => again.mutate()}>
          {t('people.invitations.again')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          loading={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          {t('people.invitations.revoke')}
        </Button>
      </div>
      {(link || again.error || revoke.error) && (
        <div style={{ flexBasis: '100%' }}>
          <ActProblem error={again.error ?? revoke.error} isKept={false} />
          {link && (
            <ShownOnce
              label={t('people.invite.link')}
              value={link}
              hint={t('people.invite.link_hint', { name: invitation.name, email: invitation.email })}
            />
          )}
        </div>
      )}
    </li>
  );
}
