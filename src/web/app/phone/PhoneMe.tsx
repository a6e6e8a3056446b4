import { Button } from '@mantine/core';
import { IconBuildingCommunity, IconLogout, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OnBoardCard } from '../../offline/OnBoardCard.tsx';
import { ColorSchemeSwitch } from '../../ui/ColorSchemeSwitch.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { LanguageSwitch } from '../../ui/LanguageSwitch.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { signOut, useFirmName, useMe } from '../session.ts';
import { chooseLanguage } from '../use-account.ts';
import style from './PhoneShell.module.css';

export function PhoneMe() {
  const { t } = useTranslation();
  const me = useMe();
  const firmName = useFirmName(me.firm);
  return (
    <Screen title={t('app.entries.me')}>
      <div className={style.blocks}>
        <FactList
          facts={[
            { label: t('app.me.name'), value: me.name },
            {
              label: t('app.me.roles'),
              value: me.roles.map((role) => t(`app.roles.${role}`)).join(t('app.and')),
            },
            { label: t('app.me.email'), value: me.email },
            me.phone ? { label: t('app.me.phone'), value: me.phone } : null,
            { label: t('app.me.firm'), value: firmName },
          ]}
        />
        {me.permissions.includes('visits.carry') && <OnBoardCard />}
        <LanguageSwitch onSwitched={(language) => void chooseLanguage(me, language)} />
        <ColorSchemeSwitch />
        <Button
          component={Link}
          to="/customers"
          variant="default"
          leftSection={<IconBuildingCommunity size="1.2em" aria-hidden />}
        >
          {t('app.entries.customers')}
        </Button>
        <Button
          component={Link}
          to="/settings"
          variant="default"
          leftSection={<IconSettings size="1.2em" aria-hidden />}
        >
          {t('people.settings.title')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconLogout size="1.2em" aria-hidden />}
          onClick={() => void signOut()}
        >
          {t('app.sign_out')}
        </Button>
      </div>
    </Screen>
  );
}
