import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { PortalQuestion } from '#domain/channels/commands.ts';
import { useWords } from '../../ui/use-words.ts';
import { nextWords } from './next-words.ts';
import style from './portal.module.css';
import { StateMark } from './StateMark.tsx';

/** A question in a list: what it was about, how it stands, what happens next and when. */
export function QuestionCard({ question }: { question: PortalQuestion }) {
  const words = useWords();
  const next = nextWords(question, words);
  return (
    <Link to="/portal/questions/$id" params={{ id: question.id }} className={style.card}>
      <span className={style.cardMain}>
        <span className={style.cardTitle}>{question.title}</span>
        <span className={`${style.next} ${style[next.tone]}`}>{next.text}</span>
        <span className={style.small}>
          <StateMark state={question.state} />
          {!question.is_mine && (
            <span>{words.t('portal.ask.asked_by', { name: question.asked_by_name })}</span>
          )}
          {question.site_name && <span>{question.site_name}</span>}
          <span>{words.time(question.created_at)}</span>
        </span>
      </span>
      <IconChevronRight size={20} aria-hidden className={style.chevron} />
    </Link>
  );
}
