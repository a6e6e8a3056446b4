import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MailRow } from '#domain/channels/commands.ts';
import style from './mails.module.css';

const icons = { sent: IconCheck, waiting: IconClock, failed: IconAlertTriangle, bounced: IconArrowBackUp };

/** What has become of a mail: a word, a shape, and a colour only for what needs somebody. */
export function MailState({ mail }: { mail: MailRow }) {
  const { t } = useTranslation();
  const Icon = icons[mail.state];
  return (
    <span className={`${style.state} ${style[mail.state]}`}>
      <Icon size="1.15em" stroke={1.9} aria-hidden />
      {t(`mails.state.${mail.state}`)}
    </span>
  );
}
