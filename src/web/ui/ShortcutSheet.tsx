import { Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import style from './ShortcutSheet.module.css';
import { keyCaps, type Shortcut, useShortcutGroups } from './shortcuts.ts';

type Line = { label: string; ways: string[] };

/** Two ways to the same thing are one line: 「查找」 is there by ⌘K and by /. */
function byLabel(lines: Line[], { label = '', keys }: Shortcut): Line[] {
  const known = lines.find((line) => line.label === label);
  if (!known) return [...lines, { label, ways: [keys] }];
  known.ways.push(keys);
  return lines;
}

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
                .reduce(byLabel, [])
                .map(({ label, ways }) => (
                  <div key={label} className={style.row}>
                    <dt>{label}</dt>
                    <dd>
                      {ways.map((keys, index) => (
                        <Fragment key={keys}>
                          {index > 0 && <span className="cp-soft">{t('ui.shortcuts.or')}</span>}
                          {keyCaps(keys).map((cap) => (
                            <Kbd key={cap}>{cap}</Kbd>
                          ))}
                        </Fragment>
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
