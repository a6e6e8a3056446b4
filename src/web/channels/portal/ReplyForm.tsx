import { Button, Group, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { FileDrop, type KeptFile } from '../../ui/FileDrop.tsx';
import { refresh } from '../../ui/live.ts';
import { useAct } from '../../ui/use-act.ts';
import ask from './AskForm.module.css';
import style from './QuestionPage.module.css';

type ReplyDraft = { words: string; files: KeptFile[] };
const empty: ReplyDraft = { words: '', files: [] };

/** Their next word. The draft's id is the message's id, so that sending twice says it once. */
export function ReplyForm({ questionId, firm }: { questionId: string; firm: string }) {
  const { t } = useTranslation();
  const draft = useDraft<ReplyDraft>(`portal.reply.${questionId}`, empty);
  const { change, value } = draft;
  const [isUploading, setUploading] = useState(false);
  const reply = useAct<void, { id: string }>(
    () => ({
      method: 'POST',
      path: `/api/portal/tickets/${questionId}/reply`,
      body: { id: draft.id, words: value.words, file_ids: value.files.map(({ id }) => id) },
    }),
    {
      onDone: () => {
        draft.clear();
        refresh('ticket', questionId);
      },
    },
  );
  const hasWords = value.words.trim() !== '';
  const submit = () => {
    if (hasWords && !isUploading && !reply.isPending) reply.mutate();
  };
  return (
    <form
      className={style.reply}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !event.nativeEvent.isComposing)
          submit();
      }}
    >
      <FileDrop
        files={value.files}
        onChange={(files) => change((before) => ({ ...before, files: files(before.files) }))}
        onBusy={setUploading}
      >
        <Textarea
          label={t('portal.question.reply', { firm })}
          placeholder={t('portal.question.reply_placeholder')}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={20_000}
          value={value.words}
          onChange={(event) => {
            const words = event.currentTarget.value;
            change((before) => ({ ...before, words }));
          }}
        />
      </FileDrop>
      {!draft.isSafe && <p role="alert">{t('portal.ask.unsafe')}</p>}
      <ActProblem error={reply.error} />
      <Group justify="flex-end" gap="sm">
        {isUploading && <span className="cp-soft">{t('portal.ask.uploading')}</span>}
        <Button
          type="submit"
          className={ask.send}
          leftSection={<IconSend size={20} aria-hidden />}
          disabled={!hasWords || isUploading}
          loading={reply.isPending}
        >
          {t('portal.question.reply_send', { firm })}
        </Button>
      </Group>
    </form>
  );
}
