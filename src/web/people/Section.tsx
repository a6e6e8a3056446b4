import type { ReactNode } from 'react';
import style from './Section.module.css';

/** One matter of a settings page: what it is, one line on it, and its fields or rows. */
export function Section({
  title,
  hint,
  acts,
  children,
}: {
  title: string;
  hint?: ReactNode;
  acts?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={style.section}>
      <div className={style.head}>
        <div className={style.words}>
          <h2>{title}</h2>
          {hint && <p>{hint}</p>}
        </div>
        {acts}
      </div>
      {children}
    </section>
  );
}
