import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromiseRow } from '#domain/promises/commands.ts';
import type { MessageView, TicketPage } from '#domain/tickets/commands.ts';
import { useMay, useMe } from '../app/session.ts';
import { MakePromiseDialog } from '../promises/MakePromiseDialog.tsx';
import style from './Conversation.module.css';
import { Message } from './Message.tsx';
import { MailNotes } from './MessageMail.tsx';

type Props = { ticket: TicketPage; promises: PromiseRow[]; children: React.ReactNode };
type Picked = { message: MessageView; sentence: string };

/** What was said, oldest first, with the newest in sight; the reply box below. */
export function Conversation({ ticket, promises, children }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const mayPromise = useMay('promises.make') && ticket.state !== 'closed';
  const [picked, setPicked] = useState<Picked | null>(null);
  const scroller = useRef<HTMLUListElement>(null);
  const count = ticket.messages.length;
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [count, ticket.id]);
  useKeepBottom(scroller);
  const ownerOf = (message: MessageView) => (message.author_kind === 'staff' ? message.author_id : me.id);
  return (
    <div className={style.column}>
      <MailNotes ticketId={ticket.id} />
      <ul
        ref={scroller}
        className={style.messages}
        aria-label={t('tickets.conversation')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {ticket.messages.map((message) => (
          <Message
            key={message.id}
            ticketId={ticket.id}
            message={message}
            promises={promises.filter((promise) => promise.message_id === message.id)}
            onPromise={mayPromise ? (sentence) => setPicked({ message, sentence }) : undefined}
          />
        ))}
      </ul>
      {children}
      {picked && (
        <MakePromiseDialog
          ticket={ticket}
          words={picked.sentence}
          messageId={picked.message.id}
          ownerId={ownerOf(picked.message)}
          onClose={() => setPicked(null)}
        />
      )}
    </div>
  );
}

/** The last word stays in sight when the reply box grows, for one who was at the bottom. */
function useKeepBottom(scroller: React.RefObject<HTMLUListElement | null>): void {
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    let wasAtBottom = true;
    const onScroll = () => {
      wasAtBottom = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
    };
    const observer = new ResizeObserver(() => {
      if (wasAtBottom) box.scrollTo({ top: box.scrollHeight });
    });
    observer.observe(box);
    box.addEventListener('scroll', onScroll);
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, [scroller]);
}
