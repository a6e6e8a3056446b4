import { Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../ui/api-client.ts';
import { WhenInput } from '../ui/WhenInput.tsx';

export type Parts = { to_contact_id: string | null; owner_id: string | null; due_at: string | null };

type Named = { id: string; name: string };

const colleaguesQuery = {
  queryKey: ['people', 'list', 'colleagues'],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await get<{ items: Named[] }>('/api/people', { limit: 100 }, { signal })).items,
  staleTime: 300_000,
};

const contactsQuery = (customerId: string) => ({
  queryKey: ['customers', customerId, 'contacts'],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (
      await get<{ contacts: (Named & { left_at: string | null })[] }>(
        `/api/customers/${customerId}`,
        {},
        { signal },
      )
    ).contacts,
  staleTime: 60_000,
});

/** To whom, by whom, until when: the three parts besides the words. All may wait; nothing said is lost. */
export function PromiseParts(props: {
  customerId: string;
  zone: string;
  value: Parts;
  onChange: (next: Parts) => void;
}) {
  const { customerId, zone, value, onChange } = props;
  const { t } = useTranslation();
  const colleagues = useQuery(colleaguesQuery);
  const contacts = useQuery(contactsQuery(customerId));
  const options = (people: readonly Named[] | undefined) =>
    (people ?? []).map((person) => ({ value: person.id, label: person.name }));
  return (
    <Stack>
      <Select
        label={t('promises.parts.to_contact_id')}
        data={options(contacts.data?.filter((contact) => contact.left_at === null))}
        value={value.to_contact_id}
        onChange={(to_contact_id) => onChange({ ...value, to_contact_id })}
        searchable
        clearable
      />
      <Select
        label={t('promises.parts.owner_id')}
        data={options(colleagues.data)}
        value={value.owner_id}
        onChange={(owner_id) => onChange({ ...value, owner_id })}
        searchable
        clearable
      />
      <WhenInput
        label={t('promises.parts.due_at')}
        value={value.due_at}
        zone={zone}
        onChange={(due_at) => onChange({ ...value, due_at })}
      />
    </Stack>
  );
}
