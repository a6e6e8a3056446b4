import type { ReactNode } from 'react';
import style from './EmptyState.module.css';

type Props = {
  title: string;
  /** Why it is empty, and whether that is good. */
  why?: ReactNode;
  icon?: ReactNode;
  /** The next step. */
  children?: ReactNode;
};

/** A place with nothing in it says why, and what comes next. */
export function EmptyState({ title, why, icon, children }: Props) {
  return (
    <div className={style.state}>
      {icon && <div className={style.icon}>{icon}</div>}
      <h2>{title}</h2>
      {why && <p className={style.why}>{why}</p>}
      {children && <div className={style.acts}>{children}</div>}
    </div>
  );
}
