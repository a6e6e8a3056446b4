import { IconAlertTriangle, IconCheck, IconClock, IconPlayerPause, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MailboxView } from '#domain/channels/mailbox-commands.ts';
import style from './mailboxes.module.css';

const icons = {
  new: IconClock,
  connected: IconCheck,
  failing: IconAlertTriangle,
  paused: IconPlayerPause,
  sends_only: IconSend,
};

/** How a mailbox is, in a word and a shape. */
export function MailboxState({ box }: { box: MailboxView }) {
  const { t } = useTranslation();
  const state = box.paused_at ? 'paused' : box.imap_host === null ? 'sends_only' : box.state;
  const Icon = icons[state];
  return (
    <span className={`${style.state} ${state === 'failing' ? style.failing : ''}`}>
      <Icon size="1.15em" stroke={1.9} aria-hidden />
      {t(`mailboxes.state.${state}`)}
    </span>
  );
}
