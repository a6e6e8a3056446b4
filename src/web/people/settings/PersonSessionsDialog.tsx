import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '#domain/people/commands.ts';
import { SessionList } from '../account/SessionList.tsx';

/** Where a colleague is signed in, for administrators. */
export function PersonSessionsDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t('people.sessions.of', { name: person.name })} size="lg">
      <SessionList userId={person.id} />
    </Modal>
  );
}
