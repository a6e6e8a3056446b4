import {
  type Icon,
  IconBuilding,
  IconCalendar,
  IconChevronRight,
  IconClockQuestion,
  IconFileImport,
  IconInbox,
  IconMail,
  IconUserCircle,
  IconUserQuestion,
  IconUsers,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { screens } from '../../app/routes.tsx';
import { useMe } from '../../app/session.ts';
import { useShell } from '../../app/shell-kind.ts';
import { Screen } from '../../ui/Screen.tsx';
import style from './SettingsScreen.module.css';

type Entry = { path: string; name: string; Icon: Icon; permission: string };

const entries: Entry[] = [
  { path: '/settings/account', name: 'account', Icon: IconUserCircle, permission: 'me.open' },
  { path: '/settings/people', name: 'people', Icon: IconUsers, permission: 'people.list' },
  { path: '/settings/firm', name: 'firm', Icon: IconBuilding, permission: 'firm.edit' },
  { path: '/settings/calendars', name: 'calendars', Icon: IconCalendar, permission: 'calendars.list' },
  {
    path: '/settings/doubtful-times',
    name: 'doubtful',
    Icon: IconClockQuestion,
    permission: 'tickets.list_doubtful_times',
  },
  { path: '/settings/mailboxes', name: 'mailboxes', Icon: IconInbox, permission: 'mailboxes.list' },
  { path: '/settings/senders', name: 'senders', Icon: IconUserQuestion, permission: 'mail_senders.list' },
  { path: '/settings/mails', name: 'mails', Icon: IconMail, permission: 'mails.list' },
  { path: '/settings/imports', name: 'imports', Icon: IconFileImport, permission: 'imports.list' },
];

/** What can be set, for whoever may set it. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const me = useMe();
  const shell = useShell(me);
  const shown = entries.filter(
    ({ path, permission }) =>
      me.permissions.includes(permission) &&
      screens.some((line) => line.path === path && line.shells.includes(shell)),
  );
  return (
    <Screen title={t('people.settings.title')}>
      <ul className={style.list}>
        {shown.map(({ path, name, Icon }) => (
          <li key={path}>
            <Link to={path} className={style.entry}>
              <Icon size="1.5em" stroke={1.5} aria-hidden />
              <span className={style.words}>
                <span className={style.name}>{t(`people.settings.${name}`)}</span>
                <span className={style.hint}>{t(`people.settings.${name}_hint`)}</span>
              </span>
              <IconChevronRight size="1.1em" aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </Screen>
  );
}
