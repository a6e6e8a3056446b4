import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { questionsQuery } from '../api.ts';
import style from './portal.module.css';
import { QuestionCard } from './QuestionCard.tsx';

type Which = 'open' | 'closed';

/** All questions, those in hand and those that are done. */
export function QuestionsPage() {
  const { t } = useTranslation();
  const [which, setWhich] = useState<Which>('open');
  const list = useInfiniteQuery(questionsQuery(which));
  const items = list.data?.pages.flatMap((page) => page.items);
  const isOfAll = items?.some((question) => !question.is_mine) ?? false;
  return (
    <div className={`${style.page} ${style.narrow}`}>
      <h1>{t(isOfAll ? 'portal.questions.title_all' : 'portal.questions.title')}</h1>
      <SegmentedControl
        className={style.tabs}
        aria-label={t('portal.questions.title')}
        value={which}
        onChange={(value) => setWhich(value as Which)}
        data={[
          { value: 'open', label: t('portal.questions.open') },
          { value: 'closed', label: t('portal.questions.closed') },
        ]}
      />
      {list.error && !items && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={96} radius={12} />}
      {items?.length === 0 && (
        <EmptyState title={t(`portal.questions.empty_${which}`)}>
          <Button component={Link} to="/portal">
            {t('portal.questions.ask')}
          </Button>
        </EmptyState>
      )}
      <ul className={style.plain}>
        {items?.map((question) => (
          <li key={question.id}>
            <QuestionCard question={question} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          className={style.goOn}
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('portal.questions.more')}
        </Button>
      )}
    </div>
  );
}
