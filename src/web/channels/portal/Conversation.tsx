import { useTranslation } from 'react-i18next';
import type { PortalMessage } from '#domain/channels/commands.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { useWords } from '../../ui/use-words.ts';
import { FileTiles } from '../files/FileTile.tsx';
import style from './QuestionPage.module.css';

/** The words both sides wrote, oldest first: theirs at the right, ours at the left with a name. */
export function Conversation({ messages, firm }: { messages: PortalMessage[]; firm: string }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('portal.question.conversation')}>
      <ol className={style.messages}>
        {messages.map((message) => (
          <li key={message.id} className={style.message} data-from={message.from}>
            <Bubble message={message} firm={firm} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Bubble({ message, firm }: { message: PortalMessage; firm: string }) {
  const words = useWords();
  const { t } = words;
  const isOver = message.next_update_at !== null && message.next_update_at < words.now;
  return (
    <>
      <p className={style.author}>
        <strong>{message.from === 'me' ? t('portal.question.me') : message.author_name}</strong>
        {message.from === 'firm' && firm !== '' && <span>{firm}</span>}
        <TimeText at={message.happened_at} />
      </p>
      <div className={style.bubble}>
        <p className={style.words}>{message.body}</p>
        <FileTiles files={message.files} />
        {message.next_update_at !== null && !isOver && (
          <p className={style.promise}>
            {t(message.no_answer_yet ? 'portal.question.no_answer_yet' : 'portal.question.next_by', {
              time: words.time(message.next_update_at),
            })}
          </p>
        )}
      </div>
    </>
  );
}
