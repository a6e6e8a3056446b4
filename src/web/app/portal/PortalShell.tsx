import { ActionIcon } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChecklist, IconHome, IconMessages, IconUserCircle, IconUsers } from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '#domain/people/commands.ts';
import { FirmMark } from '../../people/FirmMark.tsx';
import { NetworkSentence } from '../../ui/NetworkSentence.tsx';
import { Toasts } from '../../ui/Toasts.tsx';
import { AccountDrop } from '../AccountDrop.tsx';
import { narrowScreen } from '../phone-screen.ts';
import { useMe } from '../session.ts';
import style from './PortalShell.module.css';

const entries = [
  { path: '/portal', label: 'portal.nav.home', Icon: IconHome },
  { path: '/portal/questions', label: 'portal.nav.questions', Icon: IconMessages },
  { path: '/portal/promises', label: 'portal.nav.promises', Icon: IconChecklist },
  { path: '/portal/people', label: 'colleagues.title', Icon: IconUsers, permission: 'portal.people.list' },
];

/** The portal: the firm's own house, with few doors; on a phone they stand at the thumb. */
export function PortalShell() {
  const { t } = useTranslation();
  const me = useMe();
  const isNarrow = useMediaQuery(narrowScreen, undefined, {
    getInitialValueInEffect: false,
  });
  const nav = (
    <nav className={style.nav} aria-label={t('portal.nav.label')}>
      {entries
        .filter(({ permission }) => !permission || me.permissions.includes(permission))
        .map(({ path, label, Icon }) => (
          <Link
            key={path}
            to={path}
            className={style.entry}
            activeOptions={{ exact: path === '/portal', includeSearch: false }}
          >
            {isNarrow && <Icon size={24} stroke={1.6} aria-hidden />}
            {t(label)}
          </Link>
        ))}
    </nav>
  );
  return (
    <div className={style.shell}>
      <a href="#main" className="cp-skip">
        {t('ui.skip')}
      </a>
      <header>
        <NetworkSentence />
        <div className={style.top}>
          <Link to="/portal" className={style.home}>
            <FirmMark firm={me.firm} />
          </Link>
          {!isNarrow && nav}
          <PersonMenu me={me} />
        </div>
      </header>
      <main id="main" className={style.main} tabIndex={-1}>
        <Outlet />
      </main>
      {isNarrow && nav}
      <Toasts />
    </div>
  );
}

function PersonMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  return (
    <AccountDrop me={me} position="bottom-end">
      <ActionIcon aria-label={t('app.account', { name: me.name })}>
        <IconUserCircle size={26} stroke={1.5} aria-hidden />
      </ActionIcon>
    </AccountDrop>
  );
}
