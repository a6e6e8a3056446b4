import { ActionIcon, Button, Checkbox, Menu, Modal, TextInput } from '@mantine/core';
import { IconBookmarkPlus, IconDots, IconUsers } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chosen } from './FilterChips.tsx';
import style from './SavedViews.module.css';

export type SavedView = { id: string; name: string; filters: Chosen; is_shared?: boolean; is_mine?: boolean };

type Props = {
  /** All of them, the house's own first; only those that are `is_mine` can be removed. */
  views: SavedView[];
  chosen: Chosen;
  onChoose: (filters: Chosen) => void;
  onSave?: (view: { name: string; is_shared: boolean; filters: Chosen }) => void;
  onDelete?: (view: SavedView) => void;
};

const shapeOf = (filters: Chosen) =>
  JSON.stringify(
    Object.entries(filters)
      .filter(([, value]) => value !== undefined)
      .sort(),
  );

/** Saved sets of filters as a bar; the present one is marked, an unknown one can be kept under a name. */
export function SavedViews({ views, chosen, onChoose, onSave, onDelete }: Props) {
  const { t } = useTranslation();
  const [isNaming, setNaming] = useState(false);
  const present = shapeOf(chosen);
  const match = views.find((view) => shapeOf(view.filters) === present);
  return (
    <section className={style.bar} aria-label={t('ui.views.label')}>
      {views.map((view) => (
        <button
          key={view.id}
          type="button"
          className={style.view}
          aria-pressed={view === match}
          onClick={() => onChoose(view.filters)}
        >
          {view.is_shared && <IconUsers size="1em" aria-label={t('ui.views.shared')} />}
          {view.name}
        </button>
      ))}
      {match?.is_mine && onDelete && (
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon aria-label={t('ui.views.more', { name: match.name })}>
              <IconDots size="1.1em" aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onDelete(match)}>{t('ui.views.delete')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {match === undefined && onSave && (
        <button type="button" className={style.view} onClick={() => setNaming(true)}>
          <IconBookmarkPlus size="1.1em" aria-hidden />
          {t('ui.views.save')}
        </button>
      )}
      <NameDialog
        opened={isNaming}
        onClose={() => setNaming(false)}
        onName={(name, is_shared) => onSave?.({ name, is_shared, filters: chosen })}
      />
    </section>
  );
}

type DialogProps = {
  opened: boolean;
  onClose: () => void;
  onName: (name: string, isShared: boolean) => void;
};

function NameDialog({ opened, onClose, onName }: DialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    onName(name.trim(), isShared);
    setName('');
    setShared(false);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('ui.views.save')}
      size="sm"
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
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
