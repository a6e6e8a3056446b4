import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PromiseRow } from '#domain/promises/commands.ts';
import { useDraft } from '../ui/drafts.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { say } from '../ui/undo.ts';
import { WhenInput } from '../ui/WhenInput.tsx';
import { useMovePromise } from './api.ts';

type Fields = { to: string | null; agreed_by: string; reason: string };

/** Another time, which the customer agreed to: who agreed, and why it moves. */
export function MovePromiseDialog({ promise, onClose }: { promise: PromiseRow; onClose: () => void }) {
  const { t } = useTranslation();
  const draft = useDraft<Fields>(`promise:${promise.id}:move`, {
    to: null,
    agreed_by: promise.to_contact_name ?? '',
    reason: '',
  });
  const move = useMovePromise({
    onDone: () => {
      draft.clear();
      say({ text: t('promises.move.done') });
      onClose();
    },
  });
  const { value } = draft;
  const isReady = value.to !== null && value.agreed_by.trim() !== '' && value.reason.trim() !== '';
  return (
    <Modal opened onClose={onClose} title={t('promises.move.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (value.to === null) return;
          const { to, agreed_by, reason } = value;
          move.mutate({ id: promise.id, to, agreed_by: agreed_by.trim(), reason: reason.trim() });
        }}
      >
        <Stack>
          <Text fw={500}>{promise.words}</Text>
          <WhenInput
            label={t('promises.move.to')}
            value={value.to}
            zone={promise.customer_zone}
            onChange={(to) => draft.change({ ...value, to })}
          />
          <TextInput
            label={t('promises.move.agreed_by')}
            value={value.agreed_by}
            onChange={(event) => draft.change({ ...value, agreed_by: event.currentTarget.value })}
            maxLength={200}
          />
          <Textarea
            label={t('promises.move.reason')}
            value={value.reason}
            onChange={(event) => draft.change({ ...value, reason: event.currentTarget.value })}
            autosize
            minRows={2}
            maxLength={1000}
          />
          <ActProblem error={move.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('promises.not_now')}
            </Button>
            <Button type="submit" disabled={!isReady} loading={move.isPending}>
              {t('promises.move.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
