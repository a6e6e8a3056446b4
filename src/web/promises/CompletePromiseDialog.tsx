import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PromiseRow } from '#domain/promises/commands.ts';
import { useDraft } from '../ui/drafts.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { say } from '../ui/undo.ts';
import { useCompletePromise } from './api.ts';
import { type Parts, PromiseParts } from './PromiseParts.tsx';

/** Fills in what a promise caught in passing still lacks. */
export function CompletePromiseDialog({ promise, onClose }: { promise: PromiseRow; onClose: () => void }) {
  const { t } = useTranslation();
  const draft = useDraft<Parts>(`promise:${promise.id}:complete`, {
    to_contact_id: promise.to_contact_id,
    owner_id: promise.owner_id,
    due_at: promise.due_at,
  });
  const complete = useCompletePromise({
    onDone: () => {
      draft.clear();
      say({ text: t('promises.complete.done') });
      onClose();
    },
  });
  const changed = Object.entries(draft.value).filter(
    ([part, value]) => value !== null && value !== promise[part as keyof Parts],
  );
  return (
    <Modal opened onClose={onClose} title={t('promises.complete.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          complete.mutate({ id: promise.id, parts: Object.fromEntries(changed) });
        }}
      >
        <Stack>
          <Text fw={500}>{promise.words}</Text>
          <PromiseParts
            customerId={promise.customer_id}
            zone={promise.customer_zone}
            value={draft.value}
            onChange={draft.change}
          />
          <ActProblem error={complete.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('promises.not_now')}
            </Button>
            <Button type="submit" disabled={changed.length === 0} loading={complete.isPending}>
              {t('promises.complete.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
