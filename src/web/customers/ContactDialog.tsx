import { useTranslation } from 'react-i18next';
import type { ContactView, CustomerPage } from '#domain/customers/commands.ts';
import { contactChannels, readerLevels, stakeholderRoles } from '#domain/customers/contact.ts';
import { email as emailShape, locales, phone as phoneShape } from '#domain/people/person.ts';
import { asValues, type Field, type FieldValue, RecordDialog, textOrNull } from './RecordDialog.tsx';
import { recordAct } from './record-act.ts';
import { useCustomerAct } from './use-record.ts';

type Props = { customer: CustomerPage; contact?: ContactView; onClose: () => void };

/** A person of the customer's: how to reach them, what part they play, and for whom we write. */
export function ContactDialog({ customer, contact, onClose }: Props) {
  const { t } = useTranslation();
  const save = useCustomerAct(customer.id, contact ? t('customers.saved') : undefined);
  const fields = useFields(customer);
  const fresh = { reader_level: 'lay', locale: 'zh-CN', roles: ['uses'] };
  return (
    <RecordDialog
      name={contact ? `contact ${contact.id}` : `contact of ${customer.id}`}
      title={contact ? t('contacts.edit.title', { name: contact.name }) : t('contacts.create.title')}
      submit={contact ? t('customers.form.save') : t('contacts.create.act')}
      fields={fields}
      present={asValues(contact ?? fresh, fields)}
      problem={save.error}
      isPending={save.isPending}
      onClose={onClose}
      onSubmit={({ done, ...form }) =>
        save.mutate({
          done,
          act: recordAct({ kind: 'contacts', customerId: customer.id, thingId: contact?.id, read }, form),
        })
      }
    />
  );
}

function read(name: string, value: FieldValue): unknown {
  if (name === 'roles') return stakeholderRoles.filter((role) => value.includes(role));
  if (name === 'name' || name === 'reader_level' || name === 'locale') return String(value).trim();
  if (name === 'email') return textOrNull(value)?.toLowerCase() ?? null;
  return textOrNull(value);
}

function useFields(customer: CustomerPage): Field[] {
  const { t } = useTranslation();
  const labelled = (list: readonly string[], words: string) =>
    list.map((value) => ({ value, label: t(`${words}.${value}`) }));
  return [
    { name: 'name', label: t('contacts.fields.name'), required: true, max: 100, half: true },
    {
      name: 'form_of_address',
      label: t('contacts.fields.form_of_address'),
      help: t('contacts.help.form_of_address'),
      max: 60,
      half: true,
    },
    { name: 'title', label: t('contacts.fields.title'), max: 100, half: true },
    {
      name: 'site_id',
      label: t('contacts.fields.site_id'),
      kind: 'select',
      options: [
        { value: '', label: t('contacts.no_site') },
        ...customer.sites.map((site) => ({ value: site.id, label: site.name })),
      ],
      half: true,
    },
    {
      name: 'roles',
      label: t('contacts.fields.roles'),
      help: t('contacts.help.roles'),
      kind: 'checks',
      options: labelled(stakeholderRoles, 'contacts.roles'),
    },
    {
      name: 'reader_level',
      label: t('contacts.fields.reader_level'),
      help: t('contacts.help.reader_level'),
      kind: 'select',
      options: labelled(readerLevels, 'contacts.reader_levels'),
      half: true,
    },
    {
      name: 'preferred_channel',
      label: t('contacts.fields.preferred_channel'),
      kind: 'select',
      options: [
        { value: '', label: t('contacts.no_channel') },
        ...labelled(contactChannels, 'contacts.channels'),
      ],
      half: true,
    },
    {
      name: 'phone',
      label: t('contacts.fields.phone'),
      kind: 'tel',
      max: 40,
      half: true,
      check: (value) => (phoneShape.safeParse(value).success ? null : t('contacts.wrong_phone')),
    },
    {
      name: 'email',
      label: t('contacts.fields.email'),
      help: t('contacts.help.email'),
      kind: 'email',
      max: 254,
      half: true,
      check: (value) => (emailShape.safeParse(value).success ? null : t('contacts.wrong_email')),
    },
    {
      name: 'locale',
      label: t('contacts.fields.locale'),
      kind: 'select',
      options: labelled(locales, 'contacts.locales'),
      half: true,
    },
  ];
}
