import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PromiseRow } from '#domain/promises/commands.ts';
import { useDraft } from '../ui/drafts.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { say } from '../ui/undo.ts';
import { useDeclinePromise, useKeepPromise } from './api.ts';
import { type ToldDraft, ToldFields, toldFrom } from './ToldFields.tsx';

type Props = { promise: PromiseRow; how: 'keep' | 'decline'; onClose: () => void };

/** Kept, or not going to be: either way the customer was told, and the dialog asks how. */
export function SettlePromiseDialog({ promise, how, onClose }: Props) {
  const { t } = useTranslation();
  const draft = useDraft<ToldDraft & { reason: string }>(`promise:${promise.id}:${how}`, {
    how: null,
    note: '',
    reason: '',
  });
  const done = () => {
    draft.clear();
    say({ text: t(`promises.${how}.done`) });
    onClose();
  };
  const keep = useKeepPromise({ onDone: done });
  const decline = useDeclinePromise({ onDone: done });
  const act = how === 'keep' ? keep : decline;
  const { value } = draft;
  const isReady = value.how !== null && (how === 'keep' || value.reason.trim() !== '');
  const submit = () => {
    if (value.how === null) return;
    const told = toldFrom({ ...value, how: value.how });
    if (how === 'keep') keep.mutate({ id: promise.id, told });
    else decline.mutate({ id: promise.id, reason: value.reason.trim(), told });
  };
  return (
    <Modal opened onClose={onClose} title={t(`promises.${how}.title`)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <Text fw={500}>{promise.words}</Text>
          {how === 'decline' && (
            <Textarea
              label={t('promises.decline.reason')}
              description={t('promises.decline.reason_help')}
              value={value.reason}
              onChange={(event) => draft.change({ ...value, reason: event.currentTarget.value })}
              autosize
              minRows={2}
              maxLength={1000}
              data-autofocus
            />
          )}
          <ToldFields value={value} onChange={(told) => draft.change({ ...value, ...told })} />
          <ActProblem error={act.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('promises.not_now')}
            </Button>
            <Button type="submit" disabled={!isReady} loading={act.isPending}>
              {t(`promises.${how}.act`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
