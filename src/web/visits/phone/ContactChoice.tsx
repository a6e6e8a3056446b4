import { useTranslation } from 'react-i18next';
import type { VisitContact } from '#domain/visits/views.ts';
import { Choice } from './Choice.tsx';
import { addressOf, contactWords } from './contact-words.ts';

type Props = {
  label: string;
  description?: string;
  contacts: readonly VisitContact[];
  value: string | null;
  onChange: (id: string) => void;
};

/** Somebody of the customer's, by name and role. */
export function ContactChoice({ label, description, contacts, value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Choice
      label={label}
      description={description}
      stacked
      value={value}
      onChange={onChange}
      options={contacts.map((contact) => ({
        value: contact.id,
        label: contactWords(contact, t),
        under: addressOf(contact) === contact.name ? undefined : addressOf(contact),
      }))}
    />
  );
}
