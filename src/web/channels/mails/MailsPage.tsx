import { Alert, SegmentedControl } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailRow } from '#domain/channels/commands.ts';
import { useMe } from '../../app/session.ts';
import { useShell } from '../../app/shell-kind.ts';
import { BackLink } from '../../ui/BackLink.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { type Column, List } from '../../ui/List.tsx';
import { useListLook } from '../../ui/list-look.ts';
import { Screen } from '../../ui/Screen.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { mailServerQuery } from '../api.ts';
import { MailState } from './MailState.tsx';
import style from './mails.module.css';

const states = ['all', 'waiting', 'failed', 'sent'] as const;
type Which = (typeof states)[number];
const idOf = (mail: MailRow) => mail.id;
const pathOf = (mail: MailRow) => `/settings/mails/${mail.id}`;

/** What went out to customers and colleagues, what waits, and why something did not leave. */
export function MailsPage() {
  const { t } = useTranslation();
  const [which, setWhich] = useState<Which>('all');
  const { data: server } = useQuery(mailServerQuery);
  const pages = usePages<MailRow>('mails', '/api/mails', { state: which === 'all' ? undefined : which });
  const isPhone = useShell(useMe()) === 'phone';
  const [look] = useListLook('mails');
  return (
    <Screen
      title={t('mails.title')}
      back={<BackLink to="/settings" label={t('people.settings.title')} />}
      fills
      below={
        <>
          {server?.configured === false && (
            <Alert
              color="yellow"
              icon={<IconMailOff aria-hidden />}
              title={t('mails.no_server_title')}
              className={style.notice}
            >
              {t('mails.no_server')}
            </Alert>
          )}
          {server?.from && <p className="cp-soft">{t('mails.from', { from: server.from })}</p>}
          <SegmentedControl
            className={style.states}
            aria-label={t('mails.state_label')}
            value={which}
            onChange={(value) => setWhich(value as Which)}
            data={states.map((state) => ({
              value: state,
              label: t(state === 'all' ? 'mails.all' : `mails.state.${state}`),
            }))}
          />
        </>
      }
    >
      <List<MailRow>
        label={t('mails.title')}
        name={`mails.${which}`}
        kind="mails"
        pages={pages}
        look={look}
        idOf={idOf}
        pathOf={pathOf}
        columns={useColumns()}
        card={isPhone ? (mail) => <MailCard mail={mail} /> : undefined}
        empty={<EmptyState title={t(which === 'all' ? 'mails.empty' : 'mails.empty_state')} />}
      />
    </Screen>
  );
}

function MailCard({ mail }: { mail: MailRow }) {
  return (
    <span className={style.card}>
      <span>{mail.subject}</span>
      <span className={style.small}>
        <MailState mail={mail} />
        <span>{mail.to_name ?? mail.to_email}</span>
        <TimeText at={mail.sent_at ?? mail.created_at} />
      </span>
    </span>
  );
}

function useColumns(): Column<MailRow>[] {
  const { t } = useTranslation();
  return [
    { name: 'state', label: t('mails.state_label'), render: (mail) => <MailState mail={mail} /> },
    { name: 'subject', label: t('mails.subject'), isMain: true, render: (mail) => mail.subject },
    { name: 'to', label: t('mails.to'), render: (mail) => mail.to_name ?? mail.to_email },
    { name: 'customer', label: t('mails.customer'), render: (mail) => mail.customer_name ?? '' },
    {
      name: 'when',
      label: t('mails.when'),
      render: (mail) => <TimeText at={mail.sent_at ?? mail.created_at} />,
    },
  ];
}
