import { Menu, ScrollArea, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { DropMenuProps, MenuEntry } from './DropMenu.tsx';

/** The menu itself, open from the moment it is there. */
export function DropMenuBody(props: DropMenuProps) {
  const { children, entries, position = 'bottom-start', width, top, search } = props;
  const [isOpen, setOpen] = useState(true);
  const [sought, setSought] = useState('');
  const needle = sought.trim().toLowerCase();
  const shown = entries.filter(
    (entry) => needle === '' || (entry.kind === 'item' && entry.label.toLowerCase().includes(needle)),
  );
  return (
    <Menu opened={isOpen} onChange={setOpen} onClose={() => setSought('')} position={position} width={width}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {top}
        {search && (
          <TextInput
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
            placeholder={search.label}
            aria-label={search.label}
            m={4}
            data-autofocus
          />
        )}
        <ScrollArea.Autosize mah="min(60vh, 26rem)">
          {shown.map((entry) => (
            <Entry key={entry.key} entry={entry} />
          ))}
          {shown.length === 0 && search && <Menu.Label>{search.nothing}</Menu.Label>}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry.kind === 'divider') return <Menu.Divider />;
  if (entry.kind === 'label') return <Menu.Label>{entry.label}</Menu.Label>;
  const tick = entry.isOn ? <IconCheck size="1em" aria-hidden /> : <span style={{ width: '1em' }} />;
  const ticked = { role: 'menuitemcheckbox', 'aria-checked': entry.isOn ?? false };
  return (
    <Menu.Item
      onClick={entry.onChoose}
      closeMenuOnClick={!entry.keepsOpen}
      leftSection={entry.keepsOpen ? tick : entry.icon}
      fw={entry.isOn && !entry.keepsOpen ? 600 : undefined}
      {...(entry.keepsOpen ? ticked : { 'aria-current': entry.isOn ? ('true' as const) : undefined })}
    >
      {entry.label}
    </Menu.Item>
  );
}
