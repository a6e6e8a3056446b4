import { type ReactNode, useId } from 'react';
import style from './visit-page.module.css';

type Props = {
  /** Where the page's own table of contents leads to. */
  name: string;
  title: string;
  /** Beside the title: how it stands, in words. */
  state?: ReactNode;
  acts?: ReactNode;
  children: ReactNode;
};

export function VisitSection({ name, title, state, acts, children }: Props) {
  const id = useId();
  return (
    <section className={style.section} id={name} aria-labelledby={id}>
      <header className={style.sectionHead}>
        <h2 id={id}>{title}</h2>
        {state}
        {acts && <div className={style.sectionActs}>{acts}</div>}
      </header>
      {children}
    </section>
  );
}
