import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../ui/drafts.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { say } from '../ui/undo.ts';
import { useMakePromise } from './api.ts';
import { type Parts, PromiseParts } from './PromiseParts.tsx';

type Props = {
  ticket: { id: string; customer_id: string; customer_zone: string; requester_id: string };
  /** The sentence that became a promise, and the message it was said in; both empty when caught in passing. */
  words: string;
  messageId: string | null;
  /** Who promises, unless somebody else is named: the one who said it. */
  ownerId: string | null;
  onClose: () => void;
};

/** A sentence becomes a promise: its words are there already, to whom and by whom too; the time is what is asked. */
export function MakePromiseDialog({ ticket, words, messageId, ownerId, onClose }: Props) {
  const { t } = useTranslation();
  const draft = useDraft<Parts & { words: string }>(
    `promise:new:${ticket.id}:${messageId ?? ''}:${words.slice(0, 80)}`,
    {
      words,
      to_contact_id: ticket.requester_id,
      owner_id: ownerId,
      due_at: null,
    },
  );
  const { value } = draft;
  const make = useMakePromise({
    onDone: () => {
      draft.clear();
      say({ text: t('promises.make.done') });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('promises.make.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({
            ...value,
            words: value.words.replace(/\s+/g, ' ').trim(),
            id: draft.id,
            subject: { kind: 'ticket', id: ticket.id },
            message_id: messageId,
          });
        }}
      >
        <Stack>
          <Textarea
            label={t('promises.make.words')}
            value={value.words}
            onChange={(event) => draft.change({ ...value, words: event.currentTarget.value })}
            autosize
            minRows={2}
            maxLength={1000}
            required
          />
          <PromiseParts
            customerId={ticket.customer_id}
            zone={ticket.customer_zone}
            value={value}
            onChange={(parts) => draft.change({ ...value, ...parts })}
          />
          <ActProblem error={make.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('promises.not_now')}
            </Button>
            <Button type="submit" disabled={value.words.trim() === ''} loading={make.isPending}>
              {t('promises.make.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
