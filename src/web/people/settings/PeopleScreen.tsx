import { ActionIcon, Badge, Button, Menu, Skeleton, Stack } from '@mantine/core';
import { IconDots, IconShieldCheck, IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#domain/people/commands.ts';
import { useMe } from '../../app/session.ts';
import { send } from '../../ui/api-client.ts';
import { ActProblem, ErrorState } from '../../ui/ErrorState.tsx';
import type { ProblemError } from '../../ui/problem.ts';
import { queryClient } from '../../ui/query-client.ts';
import { Screen } from '../../ui/Screen.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { say } from '../../ui/undo.ts';
import { peopleQuery } from '../api.ts';
import row from '../Rows.module.css';
import { Section } from '../Section.tsx';
import { BackToSettings } from './BackToSettings.tsx';
import { EditPersonDialog } from './EditPersonDialog.tsx';
import { InvitationList } from './InvitationList.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { PersonSessionsDialog } from './PersonSessionsDialog.tsx';

type Act = 'disable' | 'enable' | 'reset-two-factor';

/** Who works here and what they may do; who has been invited. Everybody may look, administrators change. */
export function PeopleScreen() {
  const { t } = useTranslation();
  const me = useMe();
  const { data: people, error, refetch } = useQuery(peopleQuery);
  const [inviting, setInviting] = useState(false);
  const mayInvite = me.permissions.includes('invitations.send');
  const working = people?.filter((person) => !person.disabled_at) ?? [];
  const gone = people?.filter((person) => person.disabled_at) ?? [];
  return (
    <Screen
      title={t('people.screen.title')}
      back={<BackToSettings />}
      acts={
        mayInvite && (
          <Button leftSection={<IconUserPlus size="1.1em" aria-hidden />} onClick={() => setInviting(true)}>
            {t('people.invite.open')}
          </Button>
        )
      }
    >
      {error && !people && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!people && !error && <Waiting />}
      {people && (
        <Section title={t('people.screen.colleagues')} hint={t('people.screen.colleagues_hint')}>
          <ul className={row.rows}>
            {working.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                isMe={person.id === me.id}
                permissions={me.permissions}
              />
            ))}
          </ul>
        </Section>
      )}
      {mayInvite && <InvitationList onInvite={() => setInviting(true)} />}
      {gone.length > 0 && (
        <Section title={t('people.screen.disabled')} hint={t('people.screen.disabled_hint')}>
          <ul className={row.rows}>
            {gone.map((person) => (
              <PersonRow key={person.id} person={person} isMe={false} permissions={me.permissions} />
            ))}
          </ul>
        </Section>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Screen>
  );
}

function PersonRow({ person, isMe, permissions }: { person: Person; isMe: boolean; permissions: string[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'edit' | 'sessions' | null>(null);
  const act = useMutation<Person, ProblemError, Act>({
    mutationFn: (what) =>
      send<Person>({ method: 'POST', path: `/api/people/${person.id}/${what}`, body: {} }),
    onSuccess: (_, what) => {
      void queryClient.invalidateQueries({ queryKey: ['persons'] });
      const undo = what === 'disable' ? { undo: () => act.mutate('enable') } : {};
      say({ text: t(`people.acts.${what.replaceAll('-', '_')}_done`, { name: person.name }), ...undo });
    },
  });
  const may = (permission: string) => permissions.includes(permission);
  return (
    <li className={`${row.row} ${person.disabled_at ? row.off : ''}`}>
      <div className={row.main}>
        <div className={row.name}>
          {person.name}
          {isMe && <span className={row.soft}> {t('people.this_is_you')}</span>}
        </div>
        <div className={`${row.soft} ${row.reach}`}>
          <span>{person.email}</span>
          {person.phone && <a href={`tel:${person.phone}`}>{person.phone}</a>}
        </div>
      </div>
      <div className={row.tags}>
        {person.roles.map((role) => (
          <Badge key={role} variant="default" tt="none" fw={400}>
            {t(`people.roles.${role}`)}
          </Badge>
        ))}
      </div>
      <div className={row.state}>
        {person.disabled_at ? (
          <>
            {t('people.disabled_since')} <TimeText at={person.disabled_at} dayOnly />
          </>
        ) : (
          person.two_factor_enabled && (
            <span>
              <IconShieldCheck size="1.1em" aria-hidden style={{ verticalAlign: '-0.15em' }} />{' '}
              {t('people.two_factor.short')}
            </span>
          )
        )}
      </div>
      {may('people.edit') && (
        <div className={row.acts}>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={t('people.acts_on', { name: person.name })} loading={act.isPending}>
                <IconDots size="1.1em" aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setOpen('edit')}>{t('people.acts.edit')}</Menu.Item>
              {!person.disabled_at && (
                <Menu.Item onClick={() => setOpen('sessions')}>{t('people.acts.sessions')}</Menu.Item>
              )}
              {person.two_factor_enabled && (
                <Menu.Item onClick={() => act.mutate('reset-two-factor')}>
                  {t('people.acts.reset_two_factor')}
                </Menu.Item>
              )}
              {person.disabled_at ? (
                <Menu.Item onClick={() => act.mutate('enable')}>{t('people.acts.enable')}</Menu.Item>
              ) : (
                !isMe && (
                  <Menu.Item color="red" onClick={() => act.mutate('disable')}>
                    {t('people.acts.disable')}
                  </Menu.Item>
                )
              )}
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
      {act.error && (
        <div style={{ flexBasis: '100%' }}>
          <ActProblem error={act.error} isKept={false} />
        </div>
      )}
      {open === 'edit' && <EditPersonDialog person={person} onClose={() => setOpen(null)} />}
      {open === 'sessions' && <PersonSessionsDialog person={person} onClose={() => setOpen(null)} />}
    </li>
  );
}

function Waiting() {
  return (
    <Stack gap="lg" aria-hidden>
      {[70, 55, 62, 48].map((width) => (
        <Skeleton key={width} height={18} width={`${width}%`} />
      ))}
    </Stack>
  );
}
