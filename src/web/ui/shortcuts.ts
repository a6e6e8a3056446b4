import { useEffect, useRef, useSyncExternalStore } from 'react';

export type Shortcut = {
  /** `j`, `?`, `enter`, `escape`, `mod+k`, `mod+enter`; `g v` is one key after the other. */
  keys: string;
  /** What it does, already in the reader's words; without it the sheet leaves it out. */
  label?: string;
  run: (event: KeyboardEvent) => void;
  /** Also while a person types: for sending and for leaving the field. */
  whileTyping?: boolean;
  off?: boolean;
};

type Group = { title: string; shortcuts: Shortcut[] };

let groups: readonly Group[] = [];
const watchers = new Set<() => void>();

function setGroups(next: readonly Group[]): void {
  groups = next;
  for (const watcher of watchers) watcher();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="combobox"], [role="listbox"], [role="menu"]'))
    return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : '';
  const named = key === ' ' ? 'space' : key;
  return `${mod}${event.altKey ? 'alt+' : ''}${named}`;
}

// The first key of two, and how long the second is waited for.
let first: { name: string; at: number } | null = null;
const secondWithinMs = 1_500;

function onKey(event: KeyboardEvent): void {
  // While an input method composes Chinese, keys belong to it.
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  // Shift and the like come before the key that is meant.
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
  const isSecond = first !== null && event.timeStamp - first.at < secondWithinMs;
  const name = isSecond ? `${first?.name} ${nameOf(event)}` : nameOf(event);
  first = null;
  if (runShortcut(event, name) || isSecond) return;
  const isFirst = groups.some((group) =>
    group.shortcuts.some(({ keys, off }) => !off && keys.startsWith(`${name} `)),
  );
  if (isFirst && !isTyping(event.target)) first = { name, at: event.timeStamp };
}

/** Whether a shortcut took the key. */
function runShortcut(event: KeyboardEvent, name: string): boolean {
  const typing = isTyping(event.target);
  const dialog = document.querySelector('[role="dialog"][aria-modal="true"]');
  for (const group of [...groups].reverse()) {
    for (const shortcut of group.shortcuts) {
      if (shortcut.keys !== name || shortcut.off || (typing && !shortcut.whileTyping)) continue;
      if (dialog && !shortcut.whileTyping) continue;
      // Enter on a focused button or link is that button's own.
      if (name === 'enter' && event.target instanceof HTMLElement && event.target.closest('a, button'))
        return true;
      event.preventDefault();
      shortcut.run(event);
      return true;
    }
  }
  return false;
}

if (typeof document !== 'undefined') document.addEventListener('keydown', onKey);

/** Shortcuts of a screen, there while it is shown. They never fire while a person types, unless marked. */
export function useShortcuts(title: string, shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const shape = shortcuts.map(({ keys, label, off }) => `${keys}:${label}:${off}`).join('|');
  useEffect(() => {
    const group: Group = {
      title,
      shortcuts: latest.current.map((shortcut, index) => ({
        ...shortcut,
        run: (event) => latest.current[index]?.run(event),
      })),
    };
    setGroups([...groups, group]);
    return () => setGroups(groups.filter((other) => other !== group));
  }, [title, shape]);
}

export function useShortcutGroups(): readonly Group[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => groups,
  );
}

/** A key as it is written on this machine's keyboard. */
export function keyCaps(keys: string): string[] {
  const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);
  const caps: Record<string, string> = {
    mod: isMac ? '⌘' : 'Ctrl',
    enter: '↵',
    escape: 'Esc',
    arrowup: '↑',
    arrowdown: '↓',
  };
  return keys.split(/[+ ]/).map((key) => caps[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}
