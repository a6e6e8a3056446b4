import { IconChevronLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import style from './Screen.module.css';

/** The way back from one of many to the list of them; stands above the title. */
export function BackLink({ to, label }: { to: string; label: string }) {
  return (
    <Link to={to} className={style.back}>
      <IconChevronLeft size="1.1em" aria-hidden />
      {label}
    </Link>
  );
}
