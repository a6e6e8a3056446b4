import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import style from './Screen.module.css';

type Props = {
  title: string;
  /** Above the title: the way back to the list it belongs to. */
  back?: ReactNode;
  /** Beside the title: the screen's main acts. */
  acts?: ReactNode;
  /** Below the title: views, filters, tabs. */
  below?: ReactNode;
  /** A list or columns that scroll by themselves, in place of one scrolling page. */
  fills?: boolean;
  children: ReactNode;
};

/** The frame of a screen inside a shell: title, acts, and a body that scrolls. */
export function Screen({ title, back, acts, below, fills = false, children }: Props) {
  useTitle(title);
  return (
    <div className={style.screen}>
      <header className={style.head}>
        {back}
        <div className={style.titleRow}>
          <h1 className={style.title}>{title}</h1>
          {acts}
        </div>
        {below}
      </header>
      {fills ? (
        <div className={style.body}>{children}</div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={`${style.body} ${style.scrolls}`} tabIndex={0} aria-label={title}>
          <div className={style.inner}>{children}</div>
        </section>
      )}
    </div>
  );
}

let ownName = '';

/** The name that stands behind each page's title in the browser's tab: the firm's, in the portal. */
export function setOwnName(name: string): void {
  ownName = name;
}

export function useTitle(title: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('ui.page_title', { title, name: ownName });
  }, [title, t]);
}
