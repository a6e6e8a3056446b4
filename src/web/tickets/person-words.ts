import type { TFunction } from 'i18next';
import type { TicketPage } from '#domain/tickets/commands.ts';

type Requester = Pick<TicketPage, 'requester_name' | 'requester_form_of_address' | 'requester_roles'>;

/** What the requester is in this matter: 「使用方」. */
export function rolesOfRequester(ticket: Requester, t: TFunction): string {
  return ticket.requester_roles.map((role) => t(`tickets.roles.${role}`)).join(t('app.and'));
}

/** 「王女士（使用方）」: how they are addressed, and what they are in this matter. */
export function readerOf(ticket: Requester, t: TFunction): string {
  const name = ticket.requester_form_of_address ?? ticket.requester_name;
  const role = rolesOfRequester(ticket, t);
  return role === '' ? name : t('ui.person_with_role', { name, role });
}
