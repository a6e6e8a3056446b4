import { IconCornerDownRight, IconHeartHandshake, IconLock, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromiseRow } from '#domain/promises/commands.ts';
import type { MessageView } from '#domain/tickets/commands.ts';
import { PromiseCard } from '../promises/PromiseCard.tsx';
import { FileStrip } from '../ui/FileDrop.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import style from './Conversation.module.css';
import { MessageMail } from './MessageMail.tsx';
import { sentencesOf } from './sentences-of.ts';

type Props = {
  ticketId: string;
  message: MessageView;
  promises: PromiseRow[];
  /** Turns a sentence of it into a promise; missing where nothing can be promised any more. */
  onPromise?: ((sentence: string) => void) | undefined;
};

/** One message: whose word it is and who can read it show in its place, colour, mark and words. */
export function Message({ ticketId, message, promises, onPromise }: Props) {
  const { t } = useTranslation();
  const isOurs = message.author_kind !== 'contact';
  return (
    <li className={`${style.message} ${isOurs ? style.ours : style.theirs}`}>
      <article className={style.bubble} data-voice={message.voice}>
        <div className={style.who}>
          <strong>{message.author_name}</strong>
          {isOurs && <VoiceTag voice={message.voice} />}
          <TimeText at={message.happened_at} />
        </div>
        <div className={style.words}>
          {sentencesOf(message.body).map((piece, index) =>
            piece.isSentence && onPromise ? (
              <Sentence key={index} text={piece.text} onPromise={onPromise} />
            ) : (
              piece.text
            ),
          )}
        </div>
        {message.no_answer_yet && message.next_update_at && (
          <div className={style.noAnswer}>
            <IconCornerDownRight size="1.1em" aria-hidden /> {t('tickets.reply.no_answer_until')}{' '}
            <TimeText at={message.next_update_at} />
          </div>
        )}
        <FileStrip files={message.files} />
        {message.voice === 'customer' && <MessageMail ticketId={ticketId} messageId={message.id} />}
      </article>
      {promises.length > 0 && (
        <div className={style.after}>
          {promises.map((promise) => (
            <PromiseCard key={promise.id} promise={promise} />
          ))}
        </div>
      )}
    </li>
  );
}

function VoiceTag({ voice }: { voice: MessageView['voice'] }) {
  const { t } = useTranslation();
  const Icon = voice === 'customer' ? IconSend : IconLock;
  return (
    <span className={style.tag}>
      <Icon size="1.1em" stroke={1.8} aria-hidden />
      {t(`tickets.voices.${voice}`)}
    </span>
  );
}

function Sentence({ text, onPromise }: { text: string; onPromise: (sentence: string) => void }) {
  const { t } = useTranslation();
  const [isPicked, setPicked] = useState(false);
  const trimmed = text.trim();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it takes the keyboard; the tap only shows it
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <span
      className={style.sentence}
      data-picked={isPicked}
      onClick={() => {
        if (matchMedia('(hover: none)').matches) setPicked((before) => !before);
      }}
    >
      {text.replace(/\n+$/, '')}
      <button
        type="button"
        className={style.pick}
        aria-label={t('tickets.promise.pick', { sentence: trimmed })}
        onClick={(event) => {
          event.stopPropagation();
          setPicked(false);
          onPromise(trimmed.replace(/\s+/g, ' '));
        }}
      >
        <IconHeartHandshake size="1.15em" stroke={1.8} aria-hidden />
        {t('tickets.promise.act')}
      </button>
      {/\n$/.test(text) && '\n'}
    </span>
  );
}
