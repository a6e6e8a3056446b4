import { Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import style from './CommandPalette.module.css';

export type PaletteItem = { id: string; label: string; hint?: string; to?: string; run?: () => void };
export type PaletteGroup = { label: string; items: PaletteItem[] };
/** Answers a query with groups, best first. Gets '' too, for what to offer before anything is typed. */
export type PaletteSource = (query: string, signal: AbortSignal) => Promise<PaletteGroup[]> | PaletteGroup[];

type Props = { onClose: () => void; sources: PaletteSource[]; placeholder: string };
const pauseMs = 90;

/** ⌘K: one field over everything that has a name or a number. */
export function CommandPalette({ onClose, sources, placeholder }: Props) {
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      attributes={{ content: { 'aria-label': placeholder } }}
    >
      <Search onClose={onClose} sources={sources} placeholder={placeholder} />
    </Modal>
  );
}

function Search({ onClose, sources, placeholder }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const { groups, isDone } = useFound(query, sources);
  const items = groups.flatMap((group) => group.items);
  const choose = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    item.run?.();
    if (item.to) void navigate({ to: item.to });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((before) => Math.min(items.length - 1, Math.max(0, before + step)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(items[at]);
    }
  };
  return (
    <>
      <input
        className={style.field}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        placeholder={placeholder}
        aria-label={placeholder}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-activedescendant={items[at] ? `${listId}-${at}` : undefined}
        data-autofocus
        autoComplete="off"
      />
      <div className={style.results} id={listId} role="listbox" aria-label={placeholder}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox has no element of its own
          <div key={group.label} role="group" aria-label={group.label}>
            <div className={style.group} aria-hidden>
              {group.label}
            </div>
            {group.items.map((item) => {
              const index = items.indexOf(item);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the keyboard
                // biome-ignore lint/a11y/useFocusableInteractive: the field above holds the focus
                <div
                  key={item.id}
                  id={`${listId}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  className={style.item}
                  onClick={() => choose(item)}
                  onPointerMove={() => setAt(index)}
                >
                  <span className={style.itemText}>{item.label}</span>
                  {item.hint && <span className={style.hint}>{item.hint}</span>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {items.length === 0 && (
        <p className={style.none}>{isDone ? t('ui.palette.nothing') : t('ui.palette.looking')}</p>
      )}
    </>
  );
}

function useFound(query: string, sources: PaletteSource[]): { groups: PaletteGroup[]; isDone: boolean } {
  const [found, setFound] = useState<{ groups: PaletteGroup[]; isDone: boolean }>({
    groups: [],
    isDone: false,
  });
  useEffect(() => {
    const abort = new AbortController();
    const answers: PaletteGroup[][] = sources.map(() => []);
    let missing = sources.length;
    const timer = setTimeout(
      () => {
        sources.forEach(async (source, index) => {
          answers[index] = await Promise.resolve(source(query.trim(), abort.signal)).catch(() => []);
          missing -= 1;
          if (abort.signal.aborted) return;
          setFound({
            groups: answers.flat().filter((group) => group.items.length > 0),
            isDone: missing === 0,
          });
        });
      },
      query === '' ? 0 : pauseMs,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query]);
  return found;
}
