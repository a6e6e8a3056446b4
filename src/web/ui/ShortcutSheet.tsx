import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import style from './ShortcutSheet.module.css';
import { keyCaps, useShortcutGroups } from './shortcuts.ts';

/** All keys that work here, opened by `?`. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const groups = useShortcutGroups();
  const titles = [...new Set(groups.map((group) => group.title))];
  return (
    <Modal opened onClose={onClose} title={t('ui.shortcuts.title')} size="lg">
      <div className={style.groups}>
        {titles.map((title) => (
          <section key={title}>
            <h3 className={style.title}>{title}</h3>
            <dl className={style.list}>
              {groups
                .filter((group) => group.title === title)
                .flatMap((group) => group.shortcuts)
                .filter((shortcut) => shortcut.label && !shortcut.off)
                .map((shortcut) => (
                  <div key={shortcut.keys} className={style.row}>
                    <dt>{shortcut.label}</dt>
                    <dd>
                      {keyCaps(shortcut.keys).map((cap) => (
                        <Kbd key={cap}>{cap}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
