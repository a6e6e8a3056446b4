import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { email as emailShape } from '#domain/people/person.ts';
import { refresh } from '../ui/live.ts';
import { useAct } from '../ui/use-act.ts';
import type { Invitation } from './InvitationDialog.tsx';
import { type Field, RecordDialog, textOrNull } from './RecordDialog.tsx';
import type { Sent } from './use-record.ts';

type Props = { onClose: () => void; onInvited: (invitation: Invitation) => void };
type Input = { body: { name: string; [field: string]: unknown }; done: () => void };

/** A colleague who is to have an account of their own. */
export function InviteColleagueDialog({ onClose, onInvited }: Props) {
  const { t } = useTranslation();
  const [invitationId] = useState(uuidv7);
  const invite = useAct<Input, Sent>(({ body }) => ({ method: 'POST', path: '/api/portal/people', body }), {
    onDone: ({ id, link, expires_at }, { body, done }) => {
      refresh('contact', id);
      done();
      onInvited({ name: body.name, link, expires_at });
    },
  });
  const fields: Field[] = [
    { name: 'name', label: t('contacts.fields.name'), required: true, max: 100 },
    {
      name: 'email',
      label: t('contacts.fields.email'),
      help: t('colleagues.invite.email_help'),
      kind: 'email',
      required: true,
      max: 254,
      check: (value) => (emailShape.safeParse(value).success ? null : t('contacts.wrong_email')),
    },
    { name: 'title', label: t('contacts.fields.title'), max: 100 },
    {
      name: 'sees',
      label: t('colleagues.invite.sees'),
      kind: 'select',
      options: [
        { value: 'own', label: t('contacts.sees.own') },
        { value: 'all', label: t('contacts.sees.all') },
      ],
    },
  ];
  return (
    <RecordDialog
      name="colleague"
      title={t('colleagues.invite.title')}
      submit={t('colleagues.invite.act')}
      fields={fields}
      present={{ name: '', email: '', title: '', sees: 'own' }}
      problem={invite.error}
      isPending={invite.isPending}
      onClose={onClose}
      onSubmit={({ id, values, done }) =>
        invite.mutate({
          body: {
            id,
            invitation_id: invitationId,
            name: String(values.name).trim(),
            email: String(values.email).trim(),
            title: textOrNull(values.title ?? ''),
            sees: values.sees,
          },
          done,
        })
      }
    />
  );
}
