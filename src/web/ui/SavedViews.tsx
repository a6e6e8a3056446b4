import { ActionIcon } from '@mantine/core';
import { IconBookmarkPlus, IconDots, IconUsers } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DropMenu } from './DropMenu.tsx';
import type { Chosen } from './FilterChips.tsx';
import style from './SavedViews.module.css';
import { lazyPart } from './the-rest.ts';

const NameViewDialog = lazyPart(() => import('./NameViewDialog.tsx'), 'NameViewDialog');

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
        <DropMenu
          entries={[
            { kind: 'item', key: 'delete', label: t('ui.views.delete'), onChoose: () => onDelete(match) },
          ]}
        >
          <ActionIcon aria-label={t('ui.views.more', { name: match.name })}>
            <IconDots size="1.1em" aria-hidden />
          </ActionIcon>
        </DropMenu>
      )}
      {match === undefined && onSave && (
        <button type="button" className={style.view} onClick={() => setNaming(true)}>
          <IconBookmarkPlus size="1.1em" aria-hidden />
          {t('ui.views.save')}
        </button>
      )}
      <Suspense>
        {isNaming && (
          <NameViewDialog
            onClose={() => setNaming(false)}
            onName={(name, is_shared) => onSave?.({ name, is_shared, filters: chosen })}
          />
        )}
      </Suspense>
    </section>
  );
}
