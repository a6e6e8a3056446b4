import { Button, Skeleton } from '@mantine/core';
import { IconArrowLeft, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PortalConversation } from '#domain/channels/commands.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { useWords } from '../../ui/use-words.ts';
import { homeQuery, questionQuery } from '../api.ts';
import { Conversation } from './Conversation.tsx';
import { nextWords } from './next-words.ts';
import { OwedList } from './OwedList.tsx';
import page from './portal.module.css';
import style from './QuestionPage.module.css';
import { RatingForm } from './RatingForm.tsx';
import { ReplyForm } from './ReplyForm.tsx';
import { StateMark } from './StateMark.tsx';
import { VisitCard } from './VisitCard.tsx';

/** One question as a conversation: how it stands on top, the words below, the answer at the end. */
export function QuestionPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t, i18n } = useTranslation();
  const { data: question, error, refetch } = useQuery(questionQuery(id));
  const { data: home } = useQuery(homeQuery);
  const firm = (i18n.language === 'en' ? home?.firm.name_en : null) ?? home?.firm.name ?? '';
  return (
    <div className={`${page.page} ${page.narrow}`}>
      <Button
        component={Link}
        to="/portal"
        variant="subtle"
        color="gray"
        size="compact-md"
        className={style.back}
        leftSection={<IconArrowLeft size={20} aria-hidden />}
      >
        {t('portal.question.back')}
      </Button>
      {error && !question ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : question ? (
        <Question question={question} firm={firm} />
      ) : (
        <div aria-busy>
          <Skeleton height={32} width="70%" />
          <Skeleton height={72} mt="md" radius={12} />
          <Skeleton height={140} mt="xl" radius={12} />
        </div>
      )}
    </div>
  );
}

function Question({ question, firm }: { question: PortalConversation; firm: string }) {
  const { t } = useTranslation();
  return (
    <>
      <h1>{question.title}</h1>
      <p className={`${page.small} ${style.about}`}>
        <StateMark state={question.state} />
        <span>
          {question.is_mine
            ? t('portal.question.mine')
            : t('portal.ask.asked_by', { name: question.asked_by_name })}
        </span>
        {question.site_name && <span>{question.site_name}</span>}
        <span>{t('portal.question.number', { number: question.number })}</span>
      </p>
      {question.state === 'done' ? <Ending question={question} /> : <Next question={question} />}
      {question.visits.length > 0 && (
        <section className={page.section}>
          <h2>{t('portal_visits.title')}</h2>
          <ul className={page.plain}>
            {question.visits.map((visit) => (
              <li key={visit.id}>
                <VisitCard visit={visit} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Conversation messages={question.messages} firm={firm} />
      {question.promises.length > 0 && (
        <section className={page.section}>
          <h2>{t('portal.question.promises')}</h2>
          <OwedList promises={question.promises} showFrom={false} />
        </section>
      )}
      {question.state === 'done' ? (
        <AskAgain question={question} />
      ) : (
        <ReplyForm key={question.id} questionId={question.id} firm={firm} />
      )}
    </>
  );
}

function Next({ question }: { question: PortalConversation }) {
  const words = useWords();
  const { text, tone } = nextWords(question, words);
  return (
    <p className={`${style.next} ${page[tone]}`} data-tone={tone} role="status">
      {text}
    </p>
  );
}

/** What was done, in their words, and the one question we ask back. */
function Ending({ question }: { question: PortalConversation }) {
  const words = useWords();
  const { t } = words;
  return (
    <section className={style.ending}>
      {question.done_for_customer && (
        <>
          <h2>
            <IconCircleCheck size={22} aria-hidden />
            {t('portal.question.done_title')}
          </h2>
          <p className={style.endingWords}>{question.done_for_customer}</p>
        </>
      )}
      <p className={page.small}>{nextWords(question, words).text}</p>
      <RatingForm question={question} />
    </section>
  );
}

/** A settled matter stays settled; what is not right yet begins anew, saying where it comes from. */
function AskAgain({ question }: { question: PortalConversation }) {
  const { t } = useTranslation();
  return (
    <div className={style.again}>
      <p className="cp-soft">{t('portal.question.closed')}</p>
      <Button component={Link} to="/portal" search={{ again: question.id } as never} variant="default">
        {t('portal.question.ask_again')}
      </Button>
    </div>
  );
}
