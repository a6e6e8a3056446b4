import { Button, Skeleton, TextInput } from '@mantine/core';
import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FoundForContact } from '#domain/search/commands.ts';
import { longestQuery } from '#domain/search/query-length.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { useTitle } from '../ui/Screen.tsx';
import { usePages } from '../ui/use-pages.ts';
import { useWords } from '../ui/use-words.ts';
import { inShort } from './found-words.ts';
import { MarkedText } from './MarkedText.tsx';
import style from './portal-search.module.css';
import { CutNote } from './SearchNote.tsx';
import { useWording } from './use-wording.ts';

/** What a customer once asked, what was answered, promised and done: found again by any word of it. */
export function PortalSearchPage() {
  const { t } = useTranslation();
  useTitle(t('search.portal.title'));
  const navigate = useNavigate();
  const { q } = useSearch({ strict: false }) as { q?: unknown };
  const kept = typeof q === 'string' || typeof q === 'number' ? String(q) : '';
  const keep = (wording: string) =>
    void navigate({ to: '/portal/search', search: (wording ? { q: wording } : {}) as never, replace: true });
  const { wording, setWording, settled } = useWording(kept, keep);
  const asked = settled.trim();
  const pages = usePages<FoundForContact>(
    'search',
    '/api/portal/search',
    { q: asked },
    { enabled: asked !== '' },
  );
  return (
    <div className={style.page}>
      <h1>{t('search.portal.title')}</h1>
      <TextInput
        size="lg"
        type="search"
        autoFocus
        maxLength={longestQuery}
        value={wording}
        onChange={(event) => setWording(event.currentTarget.value)}
        leftSection={<IconSearch size={20} aria-hidden />}
        placeholder={t('search.portal.placeholder')}
        aria-label={t('search.portal.title')}
      />
      <CutNote wording={wording} />
      {asked === '' && <p>{t('search.portal.start')}</p>}
      {pages.error && !pages.items && <ErrorState error={pages.error} onRetry={pages.retry} />}
      {asked !== '' && pages.isLoading && <Skeleton height={96} radius={12} />}
      {asked !== '' && pages.items?.length === 0 && (
        <EmptyState
          title={t('search.portal.empty', { asked: inShort(asked) })}
          why={t('search.portal.empty_why')}
        >
          <Button component={Link} to="/portal">
            {t('search.portal.ask')}
          </Button>
        </EmptyState>
      )}
      <ul className={style.list}>
        {asked !== '' &&
          pages.items?.map((thing) => (
            <li key={thing.id}>
              <FoundCard thing={thing} />
            </li>
          ))}
      </ul>
      {asked !== '' && pages.hasMore && (
        <Button variant="default" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          {t('search.portal.more')}
        </Button>
      )}
    </div>
  );
}

function FoundCard({ thing }: { thing: FoundForContact }) {
  const words = useWords();
  const { t } = words;
  return (
    <Link to="/portal/questions/$id" params={{ id: thing.ticket?.id ?? '' }} className={style.card}>
      <span className={style.words}>
        <span className={style.title}>
          {thing.kind === 'ticket' ? <MarkedText {...thing.title} /> : thing.ticket?.title}
        </span>
        {thing.body.text !== '' && (
          <span className={style.excerpt}>
            {thing.kind === 'message' && (
              <>
                <MarkedText {...thing.title} />
                {t('search.said')}
              </>
            )}
            <MarkedText {...thing.body} />
          </span>
        )}
        <span className={style.small}>
          <span>{t(`search.portal.kinds.${thing.kind}`)}</span>
          <span>{words.time(thing.happened_at)}</span>
        </span>
      </span>
      <IconChevronRight size={20} aria-hidden className={style.chevron} />
    </Link>
  );
}
