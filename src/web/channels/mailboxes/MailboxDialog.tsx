import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { afterClosings, connectionSecurities } from '#domain/channels/mailbox.ts';
import type { MailboxView } from '#domain/channels/mailbox-commands.ts';
import { ticketKinds } from '#domain/tickets/ticket.ts';
import {
  asValues,
  changesOf,
  type Field,
  RecordDialog,
  textOrNull,
  type Values,
} from '../../customers/RecordDialog.tsx';
import { peopleQuery } from '../../people/api.ts';
import { refresh } from '../../ui/live.ts';
import { say } from '../../ui/undo.ts';
import { useAct } from '../../ui/use-act.ts';

type Props = { box?: MailboxView; onClose: () => void };

const numbers = ['imap_port', 'smtp_port'];
const texts = ['name', 'address', 'locale', 'ticket_kind', 'after_closing', 'imap_folder'];
const switches = ['takes_existing', 'sends_receipts', 'plain_allowed'] as const;

/** A new mailbox, or how one is reached and what becomes of its mails. Passwords have a form of their own. */
export function MailboxDialog({ box, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const fields = useFields();
  const save = useAct<{ act: ReturnType<typeof asAct>; done: () => void }, { id: string }>(({ act }) => act, {
    onDone: ({ id }, { done }) => {
      refresh('mailbox', id);
      done();
      if (box) say({ text: t('mailboxes.saved') });
      else void navigate({ to: `/settings/mailboxes/${id}` });
    },
  });
  const present = box ?? {
    locale: 'zh-CN',
    ticket_kind: 'incident',
    after_closing: 'reopen',
    sends_receipts: true,
    imap_port: 993,
    imap_security: 'tls',
    imap_folder: 'INBOX',
    smtp_port: 465,
    smtp_security: 'tls',
  };
  const options = switches.filter((name) => present[name as keyof typeof present] === true);
  return (
    <RecordDialog
      name={box ? `mailbox ${box.id}` : 'mailbox'}
      title={box ? t('mailboxes.edit_title') : t('mailboxes.create_title')}
      submit={box ? t('mailboxes.save') : t('mailboxes.create')}
      fields={fields}
      present={{ ...asValues(present, fields), options }}
      problem={save.error}
      isPending={save.isPending}
      onClose={onClose}
      onSubmit={({ id, values, base, done }) =>
        save.mutate({ act: asAct({ boxId: box?.id, id, values: whole(values), base: whole(base) }), done })
      }
    />
  );
}

/** A side without a host is not set up: its port and encryption say nothing then. */
function whole(values: Values): Values {
  const { options = [], ...rest } = values;
  const flags = Object.fromEntries(switches.map((name) => [name, String(options.includes(name))]));
  const cleared = (['imap', 'smtp'] as const).flatMap((side) =>
    textOrNull(rest[`${side}_host`] ?? '') === null
      ? ['port', 'security', ...(side === 'imap' ? ['user'] : [])].map(
          (part) => [`${side}_${part}`, ''] as const,
        )
      : [],
  );
  return { ...rest, ...flags, ...Object.fromEntries(cleared) };
}

function asAct(form: { boxId: string | undefined; id: string; values: Values; base: Values }) {
  const read = (name: string, value: Values[string]) => {
    if ((switches as readonly string[]).includes(name)) return value === 'true';
    if (numbers.includes(name)) return textOrNull(value) === null ? null : Number(value);
    if (name === 'signature') return String(value);
    return texts.includes(name) ? String(value).trim() : textOrNull(value);
  };
  if (form.boxId) {
    const changes = changesOf(form, read);
    return { method: 'PATCH' as const, path: `/api/mailboxes/${form.boxId}`, body: { changes } };
  }
  const body = Object.fromEntries(
    Object.entries(form.values).map(([name, value]) => [name, read(name, value)]),
  );
  return { method: 'POST' as const, path: '/api/mailboxes', body: { id: form.id, ...body } };
}

function useFields(): Field[] {
  const { t } = useTranslation();
  const { data } = useQuery(peopleQuery);
  const people = (data ?? [])
    .filter(({ disabled_at }) => disabled_at === null)
    .map(({ id, name }) => ({ value: id, label: name }));
  const field = (name: string, more: Partial<Field> = {}): Field => ({
    name,
    label: t(`mailboxes.fields.${name}`),
    max: 254,
    ...more,
  });
  const help = (name: string) => ({ help: t(`mailboxes.help.${name}`) });
  const securities = connectionSecurities.map((value) => ({
    value,
    label: t(`mailboxes.security.${value}`),
  }));
  const side = (name: 'imap' | 'smtp'): Field[] => [
    field(`${name}_host`, { ...help(`${name}_host`), half: true }),
    field(`${name}_user`, { half: true }),
    field(`${name}_security`, { kind: 'select', options: securities, half: true }),
    field(`${name}_port`, { kind: 'number', half: true, max: 5 }),
  ];
  return [
    field('name', { ...help('name'), required: true, half: true, max: 100 }),
    field('address', { ...help('address'), required: true, half: true, kind: 'email' }),
    ...side('imap'),
    field('imap_folder', { ...help('imap_folder'), required: true, max: 200 }),
    ...side('smtp'),
    field('sender_name', { ...help('sender_name'), half: true, max: 100 }),
    field('locale', {
      kind: 'select',
      half: true,
      options: [
        { value: 'zh-CN', label: t('ui.languages.zh') },
        { value: 'en', label: t('ui.languages.en') },
      ],
    }),
    field('signature', { ...help('signature'), kind: 'area', max: 1_000 }),
    field('ticket_kind', {
      kind: 'select',
      half: true,
      options: ticketKinds.map((value) => ({ value, label: t(`tickets.kinds.${value}`) })),
    }),
    field('assignee_id', {
      ...help('assignee_id'),
      kind: 'select',
      half: true,
      options: [{ value: '', label: t('mailboxes.nobody') }, ...people],
    }),
    field('after_closing', {
      kind: 'select',
      options: afterClosings.map((value) => ({ value, label: t(`mailboxes.after.${value}`) })),
    }),
    field('options', {
      kind: 'checks',
      options: switches.map((value) => ({ value, label: t(`mailboxes.options.${value}`) })),
    }),
  ];
}
