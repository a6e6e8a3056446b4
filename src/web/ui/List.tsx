import { Button, Skeleton } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from './ErrorState.tsx';
import style from './List.module.css';
import { type ListLook, shownColumns } from './list-look.ts';
import { placeOf, rememberPlace, rememberTrail } from './list-place.ts';
import { type Shortcut, useShortcuts } from './shortcuts.ts';
import type { Pages } from './use-pages.ts';

export type Column<T> = {
  name: string;
  label: string;
  render: (item: T) => ReactNode;
  /** The column that takes the room that is left and holds the link. Exactly one. */
  isMain?: boolean;
  /** Left out until a person chooses it. */
  isHidden?: boolean;
};

type Props<T> = {
  /** What it is for screen readers, and the name under which its place is kept. */
  label: string;
  name: string;
  /** What it lists, for "next one" on the page of one: see list-place.ts. */
  kind: string;
  pages: Pages<T>;
  columns: Column<T>[];
  look: ListLook;
  idOf: (item: T) => string;
  pathOf: (item: T) => string;
  empty: ReactNode;
  /** One row on a narrow screen. Without it the table is shown there too. */
  card?: ((item: T) => ReactNode) | undefined;
  /** Further keys on the marked row. */
  keys?: { keys: string; label: string; run: (item: T) => void }[];
};

/**
 * A list of rows with a marked one: j and k move, Enter opens, scrolling loads the next page, and coming back shows
 * the same rows at the same height.
 */
export function List<T>(props: Props<T>) {
  const { label, name, kind, pages, idOf, pathOf, card } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [active, setActive] = useState<string | null>(placeOf(name).active);
  const scroller = useRef<HTMLElement>(null);
  const items = pages.items;

  useEffect(() => {
    if (items) rememberTrail(kind, items.map(idOf));
  }, [items, kind, idOf]);
  useLayoutEffect(() => {
    if (items && scroller.current) scroller.current.scrollTop = placeOf(name).top;
  }, [items === undefined]);

  const at = items?.findIndex((item) => idOf(item) === active) ?? -1;
  const mark = (index: number) => {
    const item = items?.[index];
    if (!item) return;
    const id = idOf(item);
    setActive(id);
    rememberPlace(name, { active: id });
    scroller.current?.querySelector(`[data-row="${id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const withMarked = (run: (item: T) => void) => () => {
    const item = items?.[at];
    if (item) run(item);
  };
  const down = () => mark(at + 1);
  const up = () => mark(at < 0 ? 0 : at - 1);
  const shortcuts: Shortcut[] = [
    { keys: 'j', label: t('ui.list.down'), run: down },
    { keys: 'k', label: t('ui.list.up'), run: up },
    { keys: 'arrowdown', run: down },
    { keys: 'arrowup', run: up },
    {
      keys: 'enter',
      label: t('ui.list.open'),
      run: withMarked((item) => void navigate({ to: pathOf(item) })),
    },
    ...(props.keys ?? []).map((key) => ({ ...key, run: withMarked(key.run) })),
  ];
  useShortcuts(label, shortcuts);

  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    rememberPlace(name, { top: box.scrollTop });
    const left = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (left < 600 && pages.hasMore && !pages.isLoadingMore) pages.loadMore();
  };

  if (pages.error && !items) return <ErrorState error={pages.error} onRetry={pages.retry} />;
  if (items?.length === 0) return <div className={style.scroller}>{props.empty}</div>;
  const open = (item: T) => {
    rememberPlace(name, { active: idOf(item) });
    setActive(idOf(item));
  };
  return (
    <section
      ref={scroller}
      className={style.scroller}
      onScroll={onScroll}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {items === undefined && <RowSkeletons />}
      {items !== undefined && card && (
        <ul className={style.cards}>
          {items.map((item) => (
            <li key={idOf(item)} className={style.card} data-row={idOf(item)}>
              <Link to={pathOf(item)} onClick={() => open(item)}>
                {card(item)}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {items !== undefined && !card && <Rows {...props} items={items} active={active} onOpen={open} />}
      {pages.hasMore && (
        <div className={style.foot}>
          <Button variant="subtle" loading={pages.isLoadingMore} onClick={pages.loadMore}>
            {t('ui.list.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

type RowsProps<T> = Props<T> & { items: T[]; active: string | null; onOpen: (item: T) => void };

function Rows<T>({ columns, look, items, idOf, pathOf, active, onOpen }: RowsProps<T>) {
  const navigate = useNavigate();
  const shown = shownColumns(columns, look);
  return (
    <table className={`${style.table} ${look.density === 'compact' ? style.compact : ''}`}>
      <thead>
        <tr>
          {shown.map((column) => (
            <th key={column.name} scope="col">
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr
            key={idOf(item)}
            data-row={idOf(item)}
            data-active={idOf(item) === active}
            className={style.row}
            onClick={(event) => {
              // A tap on a link or button in the row is that one's; selected text is being copied.
              if ((event.target as HTMLElement).closest('a, button') || getSelection()?.toString()) return;
              onOpen(item);
              void navigate({ to: pathOf(item) });
            }}
          >
            {shown.map((column) =>
              column.isMain ? (
                <td key={column.name} className={style.grow}>
                  <Link to={pathOf(item)} className={style.main} onClick={() => onOpen(item)}>
                    {column.render(item)}
                  </Link>
                </td>
              ) : (
                <td key={column.name} className={style.cell}>
                  {column.render(item)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function RowSkeletons({ count = 8 }: { count?: number }) {
  return (
    <div className={style.skeleton} aria-hidden>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={18} my={26} width={`${88 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  );
}
