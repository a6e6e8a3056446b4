import { ActionIcon, Button, Menu, Skeleton } from '@mantine/core';
import { IconDots, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { Colleague } from '#domain/customers/commands.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ActProblem, ErrorState } from '../ui/ErrorState.tsx';
import { refresh } from '../ui/live.ts';
import { useTitle } from '../ui/Screen.tsx';
import { say } from '../ui/undo.ts';
import { useAct } from '../ui/use-act.ts';
import { usePages } from '../ui/use-pages.ts';
import formsStyle from './forms.module.css';
import { type Invitation, InvitationDialog } from './InvitationDialog.tsx';
import { InviteColleagueDialog } from './InviteColleagueDialog.tsx';
import style from './people.module.css';
import { useInvite } from './use-record.ts';

/** The portal's page for whoever manages their own company's people: who is in, who sees what, who is new. */
export function PortalPeopleScreen() {
  const { t } = useTranslation();
  useTitle(t('colleagues.title'));
  const pages = usePages<Colleague>('contacts', '/api/portal/people');
  const [isInviting, setInviting] = useState(false);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  return (
    <div className={style.portalPage}>
      <header className={style.portalHead}>
        <h1>{t('colleagues.title')}</h1>
        <Button leftSection={<IconUserPlus size="1.1em" aria-hidden />} onClick={() => setInviting(true)}>
          {t('colleagues.invite.title')}
        </Button>
      </header>
      <p className={style.lead}>{t('colleagues.lead')}</p>
      {pages.error && !pages.items && <ErrorState error={pages.error} onRetry={pages.retry} />}
      {pages.isLoading && <Skeleton height={160} aria-hidden />}
      {pages.items?.length === 0 && (
        <EmptyState
          icon={<IconUsers size={32} stroke={1.5} aria-hidden />}
          title={t('colleagues.empty')}
          why={t('colleagues.empty_why')}
        />
      )}
      <ul className={style.colleagues}>
        {pages.items?.map((colleague) => (
          <ColleagueRow key={colleague.id} colleague={colleague} onInvited={setInvitation} />
        ))}
      </ul>
      {pages.hasMore && (
        <Button variant="subtle" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          {t('ui.list.more')}
        </Button>
      )}
      {isInviting && <InviteColleagueDialog onClose={() => setInviting(false)} onInvited={setInvitation} />}
      {invitation && <InvitationDialog invitation={invitation} onClose={() => setInvitation(null)} />}
    </div>
  );
}

type RowProps = { colleague: Colleague; onInvited: (invitation: Invitation) => void };

function ColleagueRow({ colleague, onInvited }: RowProps) {
  const { t } = useTranslation();
  const { id, name } = colleague;
  const [invitationId, setInvitationId] = useState(uuidv7);
  const invite = useInvite({ kind: 'contact', id });
  const act = useAct<{ door: string; body: object; done: () => void }, { id: string }>(
    ({ door, body }) => ({ method: 'POST', path: `/api/portal/people/${id}/${door}`, body }),
    {
      onDone: (_, { done }) => {
        refresh('contact', id);
        done();
      },
    },
  );
  const onInvite = () =>
    invite.mutate(
      { path: `/api/portal/people/${id}/invite`, invitation_id: invitationId },
      {
        onSuccess: ({ link, expires_at }) => {
          setInvitationId(uuidv7());
          if (link === null) say({ text: t('contacts.invite.reopened', { name }) });
          else onInvited({ name, link, expires_at });
        },
      },
    );
  const see = (sees: 'own' | 'all') =>
    act.mutate({
      door: 'visibility',
      body: { sees },
      done: () =>
        say({
          text: t(`colleagues.sees_now.${sees}`, { name }),
          undo: () => see(sees === 'all' ? 'own' : 'all'),
        }),
    });
  const end = () =>
    act.mutate({
      door: 'end-access',
      body: {},
      done: () => say({ text: t('contacts.end_access.done', { name }), undo: onInvite }),
    });
  const problem = invite.error ?? act.error;
  const isOut = colleague.portal === 'none' || colleague.portal === 'expired';
  return (
    <li>
      <div className={style.personMain}>
        <div className={style.personName}>
          <strong>{colleague.is_me ? t('colleagues.me', { name }) : name}</strong>
          {colleague.title && <span className="cp-soft">{colleague.title}</span>}
        </div>
        <span className="cp-soft">{colleague.email ?? t('colleagues.no_email')}</span>
        <span className={style.portal} data-state={colleague.portal}>
          {[
            t(`colleagues.states.${colleague.portal}`),
            colleague.portal === 'active' && t(`contacts.sees.${colleague.sees}`),
            colleague.is_customer_administrator && t('contacts.manages_people'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {isOut && colleague.email && (
          <Button
            size="xs"
            variant="light"
            className={formsStyle.start}
            loading={invite.isPending}
            onClick={onInvite}
          >
            {t(`contacts.invite.act_${colleague.portal}`)}
          </Button>
        )}
        {problem && <ActProblem error={problem} isKept={false} />}
      </div>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('customers.more', { name })} loading={invite.isPending || act.isPending}>
            <IconDots size="1.25em" aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {colleague.portal !== 'active' && (
            <Menu.Item onClick={onInvite} disabled={colleague.email === null}>
              {colleague.email === null
                ? t('colleagues.needs_email')
                : t(`contacts.invite.act_${colleague.portal}`)}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => see(colleague.sees === 'all' ? 'own' : 'all')}>
            {colleague.sees === 'all' ? t('colleagues.narrow') : t('colleagues.widen')}
          </Menu.Item>
          {!colleague.is_me && (colleague.portal === 'active' || colleague.portal === 'invited') && (
            <Menu.Item onClick={end}>{t('contacts.end_access.act')}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
