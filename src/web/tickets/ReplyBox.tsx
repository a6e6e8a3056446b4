import { Button, Checkbox, Textarea } from '@mantine/core';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instant } from '#domain/ground/instant.ts';
import type { TicketPage } from '#domain/tickets/commands.ts';
import { useMay } from '../app/session.ts';
import { useDraft } from '../ui/drafts.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { FileDrop, type KeptFile } from '../ui/FileDrop.tsx';
import { keyCaps } from '../ui/shortcuts.ts';
import { say } from '../ui/undo.ts';
import { type Voice, VoiceBox } from '../ui/VoiceBox.tsx';
import { WhenInput } from '../ui/WhenInput.tsx';
import { useTicketAct } from './api.ts';
import style from './Conversation.module.css';
import { readerOf } from './person-words.ts';

type Words = { body: string; files: KeptFile[]; no_answer_yet: boolean; next_update_at: Instant | null };
const empty: Words = { body: '', files: [], no_answer_yet: false, next_update_at: null };

type Props = {
  ticket: TicketPage;
  voice: Voice;
  onVoice: (voice: Voice) => void;
  field: RefObject<HTMLTextAreaElement | null>;
  rows?: number;
  /** On the phone the key hints have no use. */
  withKeys?: boolean;
};

/**
 * The reply box in one of two voices. Each voice keeps its own draft: what was written for colleagues never stands in
 * the box for the customer by a slip of the switch.
 */
export function ReplyBox({ ticket, voice, onVoice, field, rows = 3, withKeys = true }: Props) {
  const { t } = useTranslation();
  const mayReply = useMay('tickets.reply');
  const present = mayReply ? voice : 'internal';
  const draft = useDraft<Words>(`ticket:${ticket.id}:${present}`, empty);
  const [isBusy, setBusy] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const { value, change } = draft;
  const isForCustomer = present === 'customer';
  const send = useTicketAct<Words & { id: string }, unknown>(
    ticket.id,
    (words) => ({
      path: `/api/tickets/${ticket.id}/${isForCustomer ? 'reply' : 'note'}`,
      body: isForCustomer ? replyOf(words) : noteOf(words),
    }),
    {
      onDone: () => {
        draft.clear();
        setMissing(false);
        say({
          text: isForCustomer
            ? t('tickets.reply.done', { reader: readerOf(ticket, t) })
            : t('tickets.note.done'),
        });
      },
    },
  );
  const lacksTime = isForCustomer && value.no_answer_yet && value.next_update_at === null;
  const isReady = value.body.trim() !== '' && !isBusy && !send.isPending;
  const submit = () => {
    setMissing(lacksTime);
    if (isReady && !lacksTime) send.mutate({ ...value, id: draft.id });
  };
  return (
    <div className={style.box}>
      <VoiceBox
        voice={present}
        reader={readerOf(ticket, t)}
        side={
          mayReply && (
            <button
              type="button"
              className={style.voiceSwitch}
              onClick={() => onVoice(isForCustomer ? 'internal' : 'customer')}
            >
              {t(isForCustomer ? 'tickets.reply.switch' : 'tickets.note.switch')}
            </button>
          )
        }
      >
        <FileDrop
          files={value.files}
          onChange={(next) => change((before) => ({ ...before, files: next(before.files) }))}
          customerId={ticket.customer_id}
          onBusy={setBusy}
          acts={
            <div className={style.boxActs}>
              {isForCustomer && (
                <Checkbox
                  label={t('tickets.reply.no_answer_yet')}
                  checked={value.no_answer_yet}
                  onChange={(event) => {
                    const no_answer_yet = event.currentTarget.checked;
                    change((before) => ({ ...before, no_answer_yet }));
                  }}
                />
              )}
              <Button
                onClick={submit}
                loading={send.isPending}
                disabled={!isReady}
                variant={isForCustomer ? 'filled' : 'default'}
                color="violet.6"
                rightSection={withKeys ? <SendKeys /> : undefined}
              >
                {t(isForCustomer ? 'tickets.reply.send' : 'tickets.note.send')}
              </Button>
            </div>
          }
        >
          <Textarea
            ref={field}
            variant="unstyled"
            autosize
            minRows={rows}
            maxRows={12}
            value={value.body}
            maxLength={20_000}
            aria-label={t(isForCustomer ? 'tickets.reply.field' : 'tickets.note.field')}
            placeholder={t(isForCustomer ? 'tickets.reply.placeholder' : 'tickets.note.placeholder')}
            onChange={(event) => {
              const body = event.currentTarget.value;
              change((before) => ({ ...before, body }));
            }}
            onKeyDown={(event) => {
              if (
                event.key === 'Enter' &&
                (event.metaKey || event.ctrlKey) &&
                !event.nativeEvent.isComposing
              ) {
                event.preventDefault();
                submit();
              }
            }}
          />
        </FileDrop>
        {isForCustomer && value.no_answer_yet && (
          <div className={style.extra}>
            <WhenInput
              label={t('tickets.reply.next_update')}
              value={value.next_update_at}
              zone={ticket.customer_zone}
              error={isMissing && lacksTime ? t('tickets.reply.next_update_missing') : undefined}
              onChange={(next_update_at) => change((before) => ({ ...before, next_update_at }))}
            />
          </div>
        )}
        {!draft.isSafe && <p role="alert">{t('ui.draft.unsafe')}</p>}
        <ActProblem error={send.error} />
      </VoiceBox>
    </div>
  );
}

function SendKeys() {
  return (
    <span aria-hidden style={{ display: 'inline-flex', gap: 3, fontSize: '0.85em' }}>
      {keyCaps('mod+enter').join(' ')}
    </span>
  );
}

const noteOf = ({ id, body, files }: Words & { id: string }) => ({
  id,
  body,
  file_ids: files.map((file) => file.id),
});

function replyOf(words: Words & { id: string }) {
  const { no_answer_yet, next_update_at } = words;
  return { ...noteOf(words), no_answer_yet, next_update_at: no_answer_yet ? next_update_at : null };
}
