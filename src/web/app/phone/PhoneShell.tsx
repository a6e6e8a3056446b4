import { Button } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NetworkSentence } from '../../ui/NetworkSentence.tsx';
import { putOffSignIn, useSignInNeeded } from '../../ui/session-gate.ts';
import { Toasts } from '../../ui/Toasts.tsx';
import { phoneEntries, useEntries } from '../entries.ts';
import { useMe } from '../session.ts';
import style from './PhoneShell.module.css';

/** The phone of staff: the state of the network always in sight, the ways within the thumb's reach. */
export function PhoneShell() {
  const { t } = useTranslation();
  useMe();
  const entries = useEntries(phoneEntries);
  const signInNeeded = useSignInNeeded();
  return (
    <div className={style.shell}>
      <header className={style.top}>
        <NetworkSentence always />
        {signInNeeded === 'later' && (
          <Button variant="light" fullWidth radius={0} onClick={() => putOffSignIn(false)}>
            {t('app.sign_in_again.title')}
          </Button>
        )}
        {!window.isSecureContext && <p className={style.insecure}>{t('app.insecure')}</p>}
      </header>
      <main id="main" className={style.main} tabIndex={-1}>
        <Outlet />
      </main>
      <nav className={style.bar} aria-label={t('app.rail')}>
        {entries.map(({ path, label, Icon }) => (
          <Link key={path} to={path} className={style.entry}>
            <Icon size={24} stroke={1.6} aria-hidden />
            {t(label)}
          </Link>
        ))}
      </nav>
      <Toasts />
    </div>
  );
}
