import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '#domain/people/commands.ts';
import { DropMenu, type DropMenuProps } from '../ui/DropMenu.tsx';
import { lazyPart } from '../ui/the-rest.ts';
import { signOut } from './session.ts';
import { chooseLanguage } from './use-account.ts';

const DeviceSwitches = lazyPart(() => import('../ui/DeviceSwitches.tsx'), 'DeviceSwitches');

type Props = {
  me: Me;
  position: NonNullable<DropMenuProps['position']>;
  children: DropMenuProps['children'];
};

/** What belongs to the person and to this device: their account, language, light or dark, signing out. */
export function AccountDrop({ me, position, children }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <DropMenu
      position={position}
      width={280}
      top={<DeviceSwitches onLanguage={(language) => void chooseLanguage(me, language)} />}
      entries={[
        { kind: 'divider', key: 'line' },
        {
          kind: 'item',
          key: 'account',
          label: t('people.account.title'),
          icon: <IconUserCircle size="1.2em" aria-hidden />,
          onChoose: () => void navigate({ to: '/settings/account' }),
        },
        {
          kind: 'item',
          key: 'sign_out',
          label: t('app.sign_out'),
          icon: <IconLogout size="1.2em" aria-hidden />,
          onChoose: () => void signOut(),
        },
      ]}
    >
      {children}
    </DropMenu>
  );
}
