import { IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#domain/people/commands.ts';
import { AccountDrop } from '../AccountDrop.tsx';
import style from './DeskShell.module.css';

/** Who is signed in, and what belongs to this device: language, light or dark, signing out. */
export function AccountMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const roles = me.roles.map((role) => t(`app.roles.${role}`)).join(t('app.and'));
  return (
    <div className={style.me}>
      <AccountDrop me={me} position="top-start">
        <button type="button" className={`${style.entry} ${style.person}`}>
          <IconUserCircle size="1.5em" stroke={1.5} aria-hidden />
          <span>
            {me.name}
            <span className={style.roles}>{roles}</span>
          </span>
        </button>
      </AccountDrop>
    </div>
  );
}
