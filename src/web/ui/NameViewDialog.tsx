import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  onClose: () => void;
  onName: (name: string, isShared: boolean) => void;
};

/** Gives a set of filters a name, and says whether the team sees it too. */
export function NameViewDialog({ onClose, onName }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    onName(name.trim(), isShared);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('ui.views.save')} size="sm">
      <form onSubmit={submit} style={{ display: 'grid', gap: 14 }}>
        <TextInput
          label={t('ui.views.name')}
          description={t('ui.views.name_help')}
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Checkbox
          label={t('ui.views.share')}
          checked={isShared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <Button type="submit" disabled={name.trim() === ''} style={{ justifySelf: 'start' }}>
          {t('ui.views.keep')}
        </Button>
      </form>
    </Modal>
  );
}
