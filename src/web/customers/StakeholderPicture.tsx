import { IconCircleCheck, IconCoins, IconMessages, IconServerCog, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ContactView } from '#domain/customers/commands.ts';
import { type StakeholderRole, stakeholderRoles } from '#domain/customers/contact.ts';
import style from './people.module.css';

const icons: Record<StakeholderRole, typeof IconUser> = {
  pays: IconCoins,
  approves: IconCircleCheck,
  uses: IconUser,
  runs: IconServerCog,
  interface: IconMessages,
};

/** R35 at a glance: the five parts of a matter and who plays them; a part nobody plays is a question to ask. */
export function StakeholderPicture({ contacts }: { contacts: ContactView[] }) {
  const { t } = useTranslation();
  return (
    <ul className={style.picture} aria-label={t('contacts.picture')}>
      {stakeholderRoles.map((role) => {
        const players = contacts.filter((contact) => contact.roles.includes(role));
        const Icon = icons[role];
        return (
          <li key={role} data-known={players.length > 0}>
            <span className={style.part}>
              <Icon size="1.15em" stroke={1.7} aria-hidden />
              {t(`contacts.roles.${role}`)}
            </span>
            <span className={style.players}>
              {players.length > 0
                ? players.map((player) => player.name).join(t('customers.list_comma'))
                : t('contacts.unknown_role')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
