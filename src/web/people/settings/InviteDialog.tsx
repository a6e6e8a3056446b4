import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { StaffRole } from '#domain/ground/policy.ts';
import { email as emailShape } from '#domain/people/person.ts';
import { send } from '../../ui/api-client.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { presentLanguage } from '../../ui/present-language.ts';
import type { ProblemError } from '../../ui/problem.ts';
import { queryClient } from '../../ui/query-client.ts';
import { invitationsQuery } from '../api.ts';
import { linkHere, ShownOnce } from '../ShownOnce.tsx';
import { RoleChoice } from './RoleChoice.tsx';

type Sent = { id: string; link: string | null };

/** A colleague is let in: who, where the link goes, what they may do. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [emailLeft, setEmailLeft] = useState(false);
  const [roles, setRoles] = useState<StaffRole[]>(['engineer']);
  const invite = useMutation<Sent, ProblemError>({
    mutationFn: () => {
      const body = { id: uuidv7(), name: name.trim(), email: email.trim(), roles, locale: presentLanguage() };
      return send<Sent>({ method: 'POST', path: '/api/invitations', body });
    },
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  const isEmail = emailShape.safeParse(email).success;
  const isReady = name.trim() !== '' && isEmail && roles.length > 0;
  const sent = invite.data;
  return (
    <Modal opened onClose={onClose} title={t(sent ? 'people.invite.sent_title' : 'people.invite.title')}>
      {sent ? (
        <Stack gap="md">
          {sent.link && (
            <ShownOnce
              label={t('people.invite.link')}
              value={linkHere(sent.link)}
              hint={t('people.invite.link_hint', { name: name.trim(), email: email.trim() })}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('people.done')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) invite.mutate();
          }}
        >
          <Stack gap="md">
            <TextInput
              label={t('people.name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            <TextInput
              type="email"
              label={t('people.email')}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              onBlur={() => setEmailLeft(true)}
              error={emailLeft && email !== '' && !isEmail ? t('people.not_an_email') : undefined}
            />
            <RoleChoice value={roles} onChange={setRoles} />
            <ActProblem error={invite.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('people.cancel')}
              </Button>
              <Button type="submit" loading={invite.isPending} disabled={!isReady}>
                {t('people.invite.act')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
