import { Button, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FoundThing } from '#domain/search/commands.ts';
import { longestQuery } from '#domain/search/query-length.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { type Column, List } from '../ui/List.tsx';
import { Screen } from '../ui/Screen.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { usePages } from '../ui/use-pages.ts';
import { FoundText } from './FoundText.tsx';
import { inShort, kindWords, pathOf, stateWords } from './found-words.ts';
import { SearchFilters } from './SearchFilters.tsx';
import { CutNote, StateNote } from './SearchNote.tsx';
import style from './search.module.css';
import { queryOf, useSearchFilters } from './search-filters.ts';
import { useWording } from './use-wording.ts';

const look = { density: 'roomy', columns: {} } as const;
const idOf = (thing: FoundThing) => thing.id;
// As wide as the desk's shells are at least.
const narrow = '(max-width: 767px)';

/** R51: one field over everything one may read; filters as chips; the best first. */
export function SearchScreen() {
  const { t } = useTranslation();
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false });
  const { chosen, change } = useSearchFilters();
  const { wording, setWording, settled } = useWording(chosen.q ?? '', (q) =>
    change({ ...chosen, q: q || undefined }),
  );
  const columns = useColumns();
  const asked = settled.trim();
  const pages = usePages<FoundThing>('search', '/api/search', queryOf({ ...chosen, q: asked }), {
    enabled: asked !== '',
  });
  const isFiltered = Object.keys(chosen).some((name) => name !== 'q' && chosen[name] !== undefined);
  return (
    <Screen
      title={t('search.title')}
      fills
      below={
        <div className={style.head}>
          <TextInput
            className={style.field}
            size={isNarrow ? 'lg' : 'md'}
            type="search"
            autoFocus
            maxLength={longestQuery}
            value={wording}
            onChange={(event) => setWording(event.currentTarget.value)}
            onKeyDown={(event) => {
              // Down leads out of the field and into what was found.
              if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return;
              event.preventDefault();
              event.currentTarget.blur();
              document.querySelector<HTMLElement>('#main section[tabindex="0"]')?.focus();
            }}
            leftSection={<IconSearch size="1.1em" aria-hidden />}
            placeholder={t('search.placeholder')}
            aria-label={t('search.title')}
          />
          <CutNote wording={wording} />
          <SearchFilters chosen={chosen} change={change} found={pages.items} />
          <StateNote state={chosen.state} />
        </div>
      }
    >
      {asked === '' ? (
        <EmptyState
          icon={<IconSearch size={36} stroke={1.4} aria-hidden />}
          title={t('search.start.title')}
          why={t('search.start.why')}
        />
      ) : (
        <List
          key={JSON.stringify([chosen, asked])}
          label={t('search.found')}
          name="search"
          kind="search"
          pages={pages}
          columns={columns}
          look={look}
          idOf={idOf}
          pathOf={pathOf}
          card={isNarrow ? (thing) => <Card thing={thing} /> : undefined}
          empty={
            <EmptyState
              icon={<IconSearch size={36} stroke={1.4} aria-hidden />}
              title={t('search.empty.title', { asked: inShort(asked) })}
              why={t(isFiltered ? 'search.empty.why_filtered' : 'search.empty.why')}
            >
              {isFiltered && (
                <Button variant="default" onClick={() => change({ q: chosen.q })}>
                  {t('search.empty.everywhere')}
                </Button>
              )}
            </EmptyState>
          }
        />
      )}
    </Screen>
  );
}

function useColumns(): Column<FoundThing>[] {
  const { t } = useTranslation();
  return [
    {
      name: 'kind',
      label: t('search.columns.kind'),
      render: (thing) => <span className={style.soft}>{kindWords(thing, t)}</span>,
    },
    {
      name: 'found',
      label: t('search.columns.found'),
      isMain: true,
      render: (thing) => <FoundText thing={thing} />,
    },
    {
      name: 'customer',
      label: t('search.columns.customer'),
      render: ({ customer }) => <span className={style.soft}>{customer.name}</span>,
    },
    { name: 'state', label: t('search.columns.state'), render: (thing) => <State thing={thing} /> },
    { name: 'when', label: t('search.columns.when'), render: (thing) => <TimeText at={thing.happened_at} /> },
  ];
}

function State({ thing }: { thing: FoundThing }) {
  const { t } = useTranslation();
  const words = stateWords(thing, t);
  return words && <span className={style.soft}>{words}</span>;
}

function Card({ thing }: { thing: FoundThing }) {
  const { t } = useTranslation();
  return (
    <>
      <FoundText thing={thing} />
      <span className={style.under}>
        <span>{kindWords(thing, t)}</span>
        <span>{thing.customer.name}</span>
        <State thing={thing} />
        <TimeText at={thing.happened_at} />
      </span>
    </>
  );
}
