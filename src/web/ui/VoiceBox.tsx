import { IconLock, IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import style from './VoiceBox.module.css';

export type Voice = 'customer' | 'internal';

type Props = {
  voice: Voice;
  /** Who will read it: 「王女士（使用方）」. Only for the customer's voice. */
  reader?: string | undefined;
  /** At the right of the head: what changes the voice, or when it was written. */
  side?: ReactNode;
  /** In place of 「将发给…」: for words that were already sent. */
  head?: ReactNode;
  children: ReactNode;
};

/** The frame around words with a voice. The whole box changes with it, so that the two can't be mixed up. */
export function VoiceBox({ voice, reader, side, head, children }: Props) {
  const { t } = useTranslation();
  const Icon = voice === 'customer' ? IconSend : IconLock;
  const title = voice === 'customer' ? t('ui.voice.to', { reader: reader ?? '' }) : t('ui.voice.internal');
  return (
    <section
      className={`${style.box} ${style[voice]}`}
      data-voice={voice}
      aria-label={head === undefined ? title : undefined}
    >
      <div className={style.head}>
        <span className={style.whom}>
          <Icon size="1.15em" stroke={1.9} aria-hidden />
          {head ?? title}
        </span>
        {side !== undefined && <span className={style.side}>{side}</span>}
      </div>
      <div className={style.body}>{children}</div>
    </section>
  );
}
