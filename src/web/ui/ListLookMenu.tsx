import { ActionIcon } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DropMenu, type MenuEntry } from './DropMenu.tsx';
import { type ListLook, shownColumns } from './list-look.ts';

type Props = {
  columns: { name: string; label: string; isMain?: boolean; isHidden?: boolean }[];
  look: ListLook;
  onChange: (change: Partial<ListLook>) => void;
};

/** Which columns a list shows, and how close its rows stand. */
export function ListLookMenu({ columns, look, onChange }: Props) {
  const { t } = useTranslation();
  const shown = new Set(shownColumns(columns, look).map((column) => column.name));
  const entries: MenuEntry[] = [
    { kind: 'label', key: 'density', label: t('ui.list.density') },
    ...(['roomy', 'compact'] as const).map(
      (density): MenuEntry => ({
        kind: 'item',
        key: density,
        label: t(`ui.list.${density}`),
        isOn: look.density === density,
        keepsOpen: true,
        onChoose: () => onChange({ density }),
      }),
    ),
    { kind: 'label', key: 'columns', label: t('ui.list.columns') },
    ...columns
      .filter((column) => !column.isMain)
      .map(
        ({ name, label }): MenuEntry => ({
          kind: 'item',
          key: name,
          label,
          isOn: shown.has(name),
          keepsOpen: true,
          onChoose: () => onChange({ columns: { ...look.columns, [name]: !shown.has(name) } }),
        }),
      ),
  ];
  return (
    <DropMenu position="bottom-end" entries={entries}>
      <ActionIcon aria-label={t('ui.list.look')}>
        <IconAdjustmentsHorizontal size="1.25em" aria-hidden />
      </ActionIcon>
    </DropMenu>
  );
}
