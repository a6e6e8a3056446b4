import { lazyRouteComponent } from '@tanstack/react-router';
import { loadTheRest } from '../ui/the-rest.ts';
import type { Shell } from './shell-kind.ts';

export type ScreenLine = { path: string; shells: Shell[]; component: ReturnType<typeof lazyRouteComponent> };

/**
 * One line per screen: its address, the shells in which it stands, its file, its name. `open` screens need no
 * sign-in and stand in no frame.
 */
export const screens: ScreenLine[] = [
  screen('/invitation/$token', ['open'], () => import('../people/AcceptInvitation.tsx'), 'AcceptInvitation'),
  screen('/reset-password/$token', ['open'], () => import('../people/ResetPassword.tsx'), 'ResetPassword'),
  screen('/forgot-password', ['open'], () => import('../people/ForgotPassword.tsx'), 'ForgotPassword'),

  firstScreen('/tickets', ['desk'], () => import('../tickets/TicketQueue.tsx'), 'TicketQueue'),
  screen('/tickets/$id', ['desk'], () => import('../tickets/TicketScreen.tsx'), 'TicketScreen'),
  firstScreen('/today', ['phone'], () => import('../visits/phone/PhoneToday.tsx'), 'PhoneToday'),
  screen('/visits/$id', ['phone'], () => import('../visits/phone/PhoneVisit.tsx'), 'PhoneVisit'),
  firstScreen('/tickets', ['phone'], () => import('../tickets/phone/PhoneTickets.tsx'), 'PhoneTickets'),
  screen('/tickets/$id', ['phone'], () => import('../tickets/phone/PhoneTicket.tsx'), 'PhoneTicket'),
  screen('/visits', ['desk', 'phone'], () => import('../visits/desk/VisitsScreen.tsx'), 'VisitsScreen'),
  screen('/visits/$id', ['desk'], () => import('../visits/desk/VisitScreen.tsx'), 'VisitScreen'),
  screen('/promises', ['desk', 'phone'], () => import('../promises/PromisesScreen.tsx'), 'PromisesScreen'),
  screen(
    '/customers',
    ['desk', 'phone'],
    () => import('../customers/CustomersScreen.tsx'),
    'CustomersScreen',
  ),
  screen(
    '/customers/$id',
    ['desk', 'phone'],
    () => import('../customers/CustomerScreen.tsx'),
    'CustomerScreen',
  ),
  screen('/search', ['desk', 'phone'], () => import('../search/SearchScreen.tsx'), 'SearchScreen'),
  screen('/audit', ['desk'], () => import('../audit/AuditScreen.tsx'), 'AuditScreen'),
  screen(
    '/settings/doubtful-times',
    ['desk'],
    () => import('../tickets/DoubtfulTimesScreen.tsx'),
    'DoubtfulTimesScreen',
  ),
  screen('/me', ['phone'], () => import('./phone/PhoneMe.tsx'), 'PhoneMe'),

  firstScreen('/portal', ['portal'], () => import('../channels/portal/HomePage.tsx'), 'HomePage'),
  screen(
    '/portal/questions',
    ['portal'],
    () => import('../channels/portal/QuestionsPage.tsx'),
    'QuestionsPage',
  ),
  screen(
    '/portal/questions/$id',
    ['portal'],
    () => import('../channels/portal/QuestionPage.tsx'),
    'QuestionPage',
  ),
  screen('/portal/promises', ['portal'], () => import('../channels/portal/PromisesPage.tsx'), 'PromisesPage'),
  screen('/portal/search', ['portal'], () => import('../search/PortalSearchPage.tsx'), 'PortalSearchPage'),

  screen(
    '/portal/people',
    ['portal'],
    () => import('../customers/PortalPeopleScreen.tsx'),
    'PortalPeopleScreen',
  ),

  screen(
    '/settings',
    ['desk', 'phone'],
    () => import('../people/settings/SettingsScreen.tsx'),
    'SettingsScreen',
  ),
  screen(
    '/settings/people',
    ['desk', 'phone'],
    () => import('../people/settings/PeopleScreen.tsx'),
    'PeopleScreen',
  ),
  screen(
    '/settings/firm',
    ['desk', 'phone'],
    () => import('../people/settings/FirmScreen.tsx'),
    'FirmScreen',
  ),
  screen(
    '/settings/calendars',
    ['desk', 'phone'],
    () => import('../calendar/CalendarsScreen.tsx'),
    'CalendarsScreen',
  ),
  screen(
    '/settings/calendars/$id',
    ['desk', 'phone'],
    () => import('../calendar/CalendarScreen.tsx'),
    'CalendarScreen',
  ),
  screen(
    '/settings/mailboxes',
    ['desk', 'phone'],
    () => import('../channels/mailboxes/MailboxesPage.tsx'),
    'MailboxesPage',
  ),
  screen(
    '/settings/mailboxes/$id',
    ['desk', 'phone'],
    () => import('../channels/mailboxes/MailboxPage.tsx'),
    'MailboxPage',
  ),
  screen(
    '/settings/senders',
    ['desk', 'phone'],
    () => import('../channels/mailboxes/SendersPage.tsx'),
    'SendersPage',
  ),
  screen('/settings/mails', ['desk', 'phone'], () => import('../channels/mails/MailsPage.tsx'), 'MailsPage'),
  screen(
    '/settings/mails/$id',
    ['desk', 'phone'],
    () => import('../channels/mails/MailPage.tsx'),
    'MailPage',
  ),
  screen(
    '/settings/imports',
    ['desk', 'phone'],
    () => import('../imports/ImportsScreen.tsx'),
    'ImportsScreen',
  ),
  screen(
    '/settings/imports/new',
    ['desk', 'phone'],
    () => import('../imports/NewImportScreen.tsx'),
    'NewImportScreen',
  ),
  screen(
    '/settings/imports/$id',
    ['desk', 'phone'],
    () => import('../imports/ImportScreen.tsx'),
    'ImportScreen',
  ),
  screen(
    '/settings/account',
    ['desk', 'phone', 'portal'],
    () => import('../people/account/AccountScreen.tsx'),
    'AccountScreen',
  ),
];

type Load = () => Promise<object>;

/** What is shown first after signing in: it makes do with the styles and texts that are loaded at once. */
function firstScreen(path: string, shells: Shell[], load: Load, name: string): ScreenLine {
  return { path, shells, component: lazyRouteComponent(load as () => Promise<Record<string, never>>, name) };
}

function screen(path: string, shells: Shell[], load: Load, name: string): ScreenLine {
  const withTheRest = async () => (await Promise.all([load(), loadTheRest()]))[0];
  return firstScreen(path, shells, withTheRest, name);
}
