import { ActionIcon, Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
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
  const tick = (isOn: boolean) =>
    isOn ? <IconCheck size="1em" aria-hidden /> : <span style={{ width: '1em' }} />;
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon aria-label={t('ui.list.look')}>
          <IconAdjustmentsHorizontal size="1.25em" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('ui.list.density')}</Menu.Label>
        {(['roomy', 'compact'] as const).map((density) => (
          <Menu.Item
            key={density}
            role="menuitemradio"
            aria-checked={look.density === density}
            leftSection={tick(look.density === density)}
            onClick={() => onChange({ density })}
          >
            {t(`ui.list.${density}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('ui.list.columns')}</Menu.Label>
        {columns
          .filter((column) => !column.isMain)
          .map(({ name, label }) => (
            <Menu.Item
              key={name}
              role="menuitemcheckbox"
              aria-checked={shown.has(name)}
              leftSection={tick(shown.has(name))}
              onClick={() => onChange({ columns: { ...look.columns, [name]: !shown.has(name) } })}
            >
              {label}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
