import { Button, Modal, TextInput } from '@mantine/core';
import { useClipboard, useMediaQuery } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TimeText } from '../ui/TimeText.tsx';
import style from './forms.module.css';

export type Invitation = { name: string; link: string | null; expires_at: string | null };

/** The link of an invitation, shown once: to copy into whatever the two of them talk in. */
export function InvitationDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { t } = useTranslation();
  const isPhone = useMediaQuery('(max-width: 48em)') ?? false;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('contacts.invite.title', { name: invitation.name })}
      fullScreen={isPhone}
    >
      <InvitationLink invitation={invitation} />
      <Button mt="md" variant="default" onClick={onClose}>
        {t('contacts.invite.done')}
      </Button>
    </Modal>
  );
}

export function InvitationLink({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 4_000 });
  if (invitation.link === null) return <p>{t('contacts.invite.reopened', { name: invitation.name })}</p>;
  const { link } = invitation;
  return (
    <div className={style.invitation}>
      <p>{t('contacts.invite.what', { name: invitation.name })}</p>
      <TextInput
        label={t('contacts.invite.link')}
        value={link}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        leftSection={
          clipboard.copied ? <IconCheck size="1.1em" aria-hidden /> : <IconCopy size="1.1em" aria-hidden />
        }
        onClick={() => clipboard.copy(link)}
      >
        {clipboard.copied ? t('contacts.invite.copied') : t('contacts.invite.copy')}
      </Button>
      {clipboard.error && <p role="alert">{t('contacts.invite.copy_failed')}</p>}
      {invitation.expires_at && (
        <p className="cp-soft">
          {t('contacts.invite.until')} <TimeText at={invitation.expires_at} />
        </p>
      )}
    </div>
  );
}
