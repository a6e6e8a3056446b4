import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailboxView } from '#domain/channels/mailbox-commands.ts';
import { Section } from '../../people/Section.tsx';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { refresh } from '../../ui/live.ts';
import { say } from '../../ui/undo.ts';
import { useAct } from '../../ui/use-act.ts';
import style from './mailboxes.module.css';

type Passwords = { imap_password?: string; smtp_password?: string };

/** Passwords go in and never come out: what is kept is only said to be there. No draft holds one. */
export function PasswordForm({ box }: { box: MailboxView }) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Passwords>({});
  const save = useAct<Passwords, { id: string }>(
    (body) => ({ method: 'POST', path: `/api/mailboxes/${box.id}/set-passwords`, body }),
    {
      onDone: () => {
        setValues({});
        refresh('mailbox', box.id);
        say({ text: t('mailboxes.passwords.saved') });
      },
    },
  );
  const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const sides = (['imap', 'smtp'] as const).filter((side) => box[`${side}_host`] !== null);
  if (sides.length === 0) return null;
  return (
    <Section title={t('mailboxes.passwords.title')} hint={t('mailboxes.passwords.hint')}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (Object.keys(filled).length > 0) save.mutate(filled);
        }}
      >
        {sides.map((side) => (
          <PasswordInput
            key={side}
            label={t(`mailboxes.passwords.${side}`)}
            description={t(`mailboxes.passwords.${box[`has_${side}_password`] ? 'kept' : 'missing'}`)}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('people.show_password') }}
            maxLength={500}
            value={values[`${side}_password`] ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setValues((before) => ({ ...before, [`${side}_password`]: value }));
            }}
          />
        ))}
        <ActProblem error={save.error} isKept={false} />
        <div className={style.acts}>
          <Button type="submit" loading={save.isPending} disabled={Object.keys(filled).length === 0}>
            {t('mailboxes.passwords.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
