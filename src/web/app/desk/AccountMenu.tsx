import { Menu } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '#domain/people/commands.ts';
import { ColorSchemeSwitch } from '../../ui/ColorSchemeSwitch.tsx';
import { LanguageSwitch } from '../../ui/LanguageSwitch.tsx';
import { signOut } from '../session.ts';
import { chooseLanguage } from '../use-account.ts';
import style from './DeskShell.module.css';

/** Who is signed in, and what belongs to this device: language, light or dark, signing out. */
export function AccountMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const roles = me.roles.map((role) => t(`app.roles.${role}`)).join(t('app.and'));
  return (
    <div className={style.me}>
      <Menu position="top-start" width={260}>
        <Menu.Target>
          <button type="button" className={`${style.entry} ${style.person}`}>
            <IconUserCircle size="1.5em" stroke={1.5} aria-hidden />
            <span>
              {me.name}
              <span className={style.roles}>{roles}</span>
            </span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={style.menuBlock}>
            <LanguageSwitch onSwitched={(language) => void chooseLanguage(me, language)} />
            <ColorSchemeSwitch />
          </div>
          <Menu.Divider />
          <Menu.Item
            component={Link}
            to="/settings/account"
            leftSection={<IconUserCircle size="1.2em" aria-hidden />}
          >
            {t('people.account.title')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size="1.2em" aria-hidden />} onClick={() => void signOut()}>
            {t('app.sign_out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
