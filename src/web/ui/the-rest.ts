import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { loadTexts } from './i18n.ts';
import { loadSealedDrafts } from './kept-drafts.ts';
import { problemOfPart } from './missing-part.ts';

let rest: Promise<unknown> | undefined;

/**
 * What first screens do without, so that they stand sooner: the sentences of the other screens, the styles of menus and
 * dialogs, what seals drafts. Asked for while the first screen is read, and awaited by whatever needs it.
 */
export function loadTheRest(): Promise<unknown> {
  rest ??= Promise.all([import('./mantine-more-styles.ts'), loadTexts('all'), loadSealedDrafts()]);
  // A load that failed for want of a network is tried again by the next who needs it.
  rest.catch(() => {
    rest = undefined;
  });
  return rest;
}

/** Once the first screen stands and the browser has nothing better to do. */
export function loadTheRestInIdleTime(): void {
  const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 300));
  setTimeout(() => idle(() => void loadTheRest().catch(() => {})), 200);
}

/** A part of a screen that comes when it is first needed: a dialog, a menu. */
export function lazyPart<Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    try {
      const [file] = await Promise.all([load(), loadTheRest()]);
      return { default: file[name] };
    } catch (error) {
      throw (await problemOfPart(error)) ?? error;
    }
  });
}
