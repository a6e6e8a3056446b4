import type { TFunction } from 'i18next';
import type { VisitAbout, VisitContact } from '#domain/visits/views.ts';
import type { Visit } from '#domain/visits/visit.ts';

/** How one speaks to them: the form of address, else the name. */
export function addressOf(contact: Pick<VisitContact, 'name' | 'form_of_address'>): string {
  return contact.form_of_address || contact.name;
}

/** By name, with what they are in this matter. */
export function contactWords(contact: VisitContact, t: TFunction): string {
  const roles = contact.roles.map((role) => t(`tickets.roles.${role}`)).join(t('app.and'));
  const title = contact.title ?? '';
  const role = roles || title;
  return role === '' ? contact.name : t('ui.person_with_role', { name: contact.name, role });
}

export function contactOf(about: VisitAbout, id: string | null): VisitContact | null {
  return about.contacts.find((contact) => contact.id === id) ?? null;
}

/** Who reads what is written for the customer: the interface person, else the customer as a whole. */
export function readerWords(visit: Visit, about: VisitAbout, t: TFunction): string {
  const contact = contactOf(about, visit.interface_contact_id);
  return contact
    ? t('ui.person_with_role', { name: addressOf(contact), role: t('tickets.roles.interface') })
    : about.customer.name;
}

/** The zone of the place where the work is done. */
export function zoneOf(about: VisitAbout): string {
  return about.site?.zone ?? about.customer.zone;
}
