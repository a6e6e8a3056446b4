import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import style from './customers.module.css';

type Props = {
  title: string;
  /** How many, where the number says something. */
  count?: number | undefined;
  add?: { label: string; onAdd: () => void } | false | undefined;
  children: ReactNode;
};

/** A part of the customer's page: its title, what can be added to it, its things. */
export function Section({ title, count, add, children }: Props) {
  const id = useId();
  return (
    <section className={style.section} aria-labelledby={id}>
      <header className={style.sectionHead}>
        <h2 id={id}>
          {title}
          {count !== undefined && count > 0 && <span className={style.count}>{count}</span>}
        </h2>
        {add && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size="1.1em" aria-hidden />}
            onClick={add.onAdd}
          >
            {add.label}
          </Button>
        )}
      </header>
      {children}
    </section>
  );
}
