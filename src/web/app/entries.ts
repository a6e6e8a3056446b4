import {
  type Icon,
  IconBuildingCommunity,
  IconCalendarEvent,
  IconChecklist,
  IconHistory,
  IconInbox,
  IconMapPin,
  IconSettings,
  IconUser,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { phoneWays } from './phone/phone-ways.ts';
import { screens } from './routes.tsx';
import { meQuery } from './session.ts';

export type Entry = {
  path: string;
  label: string;
  Icon: Icon;
  permission?: string;
  /** The key after `g` that leads there at the desk. */
  key?: string;
};

export const deskEntries: Entry[] = [
  { path: '/tickets', label: 'app.entries.tickets', Icon: IconInbox, permission: 'tickets.list', key: 't' },
  {
    path: '/promises',
    label: 'app.entries.promises',
    Icon: IconChecklist,
    permission: 'promises.list',
    key: 'p',
  },
  { path: '/visits', label: 'app.entries.visits', Icon: IconMapPin, permission: 'visits.list', key: 'v' },
  {
    path: '/customers',
    label: 'app.entries.customers',
    Icon: IconBuildingCommunity,
    key: 'c',
    permission: 'customers.list',
  },
  { path: '/audit', label: 'app.entries.audit', Icon: IconHistory, permission: 'audit.list', key: 'h' },
  { path: '/settings', label: 'app.entries.settings', Icon: IconSettings, key: 's' },
];

const phoneIcons = {
  '/today': IconCalendarEvent,
  '/tickets': IconInbox,
  '/promises': IconChecklist,
  '/me': IconUser,
};

export const phoneEntries: Entry[] = phoneWays.map((way) => ({ ...way, Icon: phoneIcons[way.path] }));

/** The entries that lead somewhere for this person: what isn't there or isn't theirs is not shown. */
export function useEntries(entries: Entry[]): Entry[] {
  const { data: me } = useQuery(meQuery);
  return entries.filter(
    ({ path, permission }) =>
      screens.some((line) => line.path === path) &&
      (permission === undefined || me?.permissions.includes(permission)),
  );
}
