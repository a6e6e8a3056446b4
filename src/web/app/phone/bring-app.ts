import { pictureStaysAlone } from '../../ui/first-picture.ts';

/** Loads the app, which carried.html holds back in a template. It starts once its styles are there, as in index.html. */
export async function bringApp(): Promise<void> {
  const held = document.getElementById('app') as HTMLTemplateElement;
  const parts = [...document.importNode(held.content, true).children] as HTMLElement[];
  const scripts = parts.filter((part) => part instanceof HTMLScriptElement);
  const links = parts.filter((part) => part instanceof HTMLLinkElement);
  const styles = links.filter(({ rel }) => rel === 'stylesheet').map(isThere);
  document.head.append(...links);
  await Promise.all(styles);
  for (const script of scripts) script.addEventListener('error', pictureStaysAlone);
  document.head.append(...scripts);
}

function isThere(link: HTMLLinkElement): Promise<void> {
  return new Promise((resolve) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => resolve());
  });
}
