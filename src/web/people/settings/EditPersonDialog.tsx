import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '#domain/people/commands.ts';
import { email as emailShape } from '#domain/people/person.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { queryClient } from '../../ui/query-client.ts';
import { say } from '../../ui/undo.ts';
import { EditClashes } from '../EditClashes.tsx';
import { useEdit } from '../use-edit.ts';
import { RoleChoice } from './RoleChoice.tsx';

/** Name, address, telephone number and roles of a colleague. */
export function EditPersonDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation();
  const { name, email, phone, roles } = person;
  const edit = useEdit<Pick<Person, 'name' | 'email' | 'phone' | 'roles'>, Person>({
    row: { name, email, phone, roles },
    path: `/api/people/${person.id}`,
    onSaved: (saved) => {
      void queryClient.invalidateQueries({ queryKey: ['persons'] });
      say({ text: t('people.saved', { name: saved.name }) });
      onClose();
    },
  });
  const isReady =
    edit.isChanged &&
    emailShape.safeParse(edit.values.email).success &&
    edit.values.name.trim() !== '' &&
    edit.values.roles.length > 0;
  return (
    <Modal opened onClose={onClose} title={t('people.edit.title', { name })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) edit.save();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('people.name')}
            value={edit.values.name}
            onChange={(event) => edit.set({ name: event.currentTarget.value })}
            data-autofocus
          />
          <TextInput
            type="email"
            label={t('people.email')}
            description={t('people.edit.email_hint')}
            value={edit.values.email}
            onChange={(event) => edit.set({ email: event.currentTarget.value })}
          />
          <TextInput
            type="tel"
            label={t('people.phone')}
            value={edit.values.phone ?? ''}
            onChange={(event) => edit.set({ phone: event.currentTarget.value || null })}
          />
          <RoleChoice value={edit.values.roles} onChange={(chosen) => edit.set({ roles: chosen })} />
          <EditClashes
            edit={edit}
            labelOf={(field) => t(field === 'roles' ? 'people.roles_label' : `people.${field}`)}
            show={(field, value) =>
              field === 'roles'
                ? (value as string[]).map((role) => t(`people.roles.${role}`)).join(t('people.comma'))
                : String(value ?? '—')
            }
          />
          <ActProblem error={edit.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('people.cancel')}
            </Button>
            <Button type="submit" loading={edit.isSaving} disabled={!isReady}>
              {t('people.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
