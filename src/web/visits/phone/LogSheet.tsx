import { Alert, Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { Instant } from '#domain/ground/instant.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { type LogEntry, type Photo, type WorkKind, workKinds } from '#domain/visits/visit.ts';
import { refuseEntry } from '#domain/visits/working.ts';
import { useMe } from '../../app/session.ts';
import { correctedNow } from '../../offline/device-clock.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { useWords } from '../../ui/use-words.ts';
import { VoiceBox } from '../../ui/VoiceBox.tsx';
import { Choice } from './Choice.tsx';
import { changesOf } from './changes-of.ts';
import { contactWords, readerWords, zoneOf } from './contact-words.ts';
import { DraftWords } from './DraftWords.tsx';
import { MomentInput } from './MomentInput.tsx';
import { newStretch } from './new-stretch.ts';
import { PhotoField } from './PhotoField.tsx';
import { Sheet } from './Sheet.tsx';
import { useMakingDraft } from './use-making-draft.ts';
import { useSave } from './use-save.ts';

type Fields = {
  kind: WorkKind;
  started_at: Instant;
  ended_at: Instant | null;
  line: string;
  customer_line: string;
  waiting_for: string;
  waiting_on_contact_id: string | null;
  photos: Photo[];
};
type Props = {
  page: VisitPage;
  /** The entry to change; none for a new one. */
  entry?: LogEntry | undefined;
  /** The kind that a new one begins with. */
  kind?: WorkKind | undefined;
  onClose: () => void;
};

/** A stretch of time on site: of what kind, since when, until when, and what to say of it to whom. */
export function LogSheet({ page, entry, kind, onClose }: Props) {
  const { t } = useTranslation();
  const words = useWords();
  const me = useMe();
  const { visit, about } = page;
  const running = visit.log.find(({ ended_at, id }) => ended_at === null && id !== entry?.id);
  const draft = useMakingDraft<{ base: Fields | null; fields: Fields }>(
    `visit:${visit.id}:log:${entry?.id ?? kind ?? 'new'}`,
    entry
      ? { base: fieldsOf(entry), fields: fieldsOf(entry) }
      : { base: null, fields: newFields(page, kind) },
    visit.log,
  );
  const { save, problem, isSaving } = useSave(visit.id);
  const [isBusy, setBusy] = useState(false);
  const { base, fields } = draft.value;
  const set = (change: Partial<Fields>) =>
    draft.change((before) => ({ ...before, fields: { ...before.fields, ...change } }));
  const stopsRunning = !entry && running !== undefined && fields.ended_at === null;
  const keep = async () => {
    const photos = fields.photos.map(({ file_id }) => file_id);
    // What cannot be kept as it is must not end what runs.
    const mayBe = refuseEntry(visit, fields, { ...me, happened_at: correctedNow() }) === null;
    if (stopsRunning && mayBe && !(await save(endOf(running, fields.started_at)))) return;
    const isKept =
      entry && base
        ? await save(
            {
              name: 'edit_log',
              body: { id: uuidv7(), entry_id: entry.id, changes: changesOf(base, fields) },
            },
            { photos },
          )
        : await save({ name: 'log', body: { id: draft.id, ...fields } }, { photos });
    if (!isKept) return;
    draft.clear();
    onClose();
  };
  const isWaiting = fields.kind === 'waiting';
  const lastEnd = visit.log.findLast(({ ended_at }) => ended_at !== null)?.ended_at;
  return (
    <Sheet
      title={t(entry ? 'visits_phone.log.edit' : 'visits_phone.log.new')}
      onClose={onClose}
      onSubmit={() => void keep()}
      foot={
        <>
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving} disabled={isBusy}>
            {t('visits_phone.log.act')}
          </Button>
        </>
      }
    >
      <DraftWords draft={draft} />
      <Choice
        label={t('visits_phone.log.kind')}
        value={fields.kind}
        onChange={(next) => set({ kind: next })}
        options={workKinds.map((one) => ({ value: one, label: t(`visits.work_kinds.${one}`) }))}
      />
      {isWaiting && (
        <>
          <TextInput
            label={t('visits_phone.log.waiting_for')}
            description={t('visits_phone.log.waiting_help')}
            value={fields.waiting_for}
            maxLength={500}
            onChange={(event) => set({ waiting_for: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('visits_phone.log.waiting_on')}
            value={fields.waiting_on_contact_id ?? ''}
            onChange={(event) => set({ waiting_on_contact_id: event.currentTarget.value || null })}
            data={[
              { value: '', label: t('visits_phone.choose') },
              ...about.contacts.map((contact) => ({ value: contact.id, label: contactWords(contact, t) })),
            ]}
          />
        </>
      )}
      <MomentInput
        label={t('visits_phone.log.since')}
        value={fields.started_at}
        zone={zoneOf(about)}
        onChange={(at) => at && set({ started_at: at })}
        near={lastEnd ? [{ label: t('visits_phone.log.after_last'), at: lastEnd }] : []}
      />
      <MomentInput
        label={t('visits_phone.log.until')}
        value={fields.ended_at}
        zone={zoneOf(about)}
        onChange={(at) => set({ ended_at: at })}
        none={t('visits_phone.log.runs')}
      />
      {stopsRunning && (
        <Alert variant="light" color="gray">
          {t('visits_phone.log.stops_running', {
            kind: t(`visits.work_kinds.${running.kind}`),
            time: words.time(fields.started_at),
          })}
        </Alert>
      )}
      <VoiceBox
        voice="customer"
        head={t('visits_phone.log.read_by', { reader: readerWords(visit, about, t) })}
      >
        <Textarea
          variant="unstyled"
          label={t('visits_phone.log.customer_line')}
          autosize
          minRows={2}
          maxLength={2_000}
          value={fields.customer_line}
          onChange={(event) => set({ customer_line: event.currentTarget.value })}
        />
      </VoiceBox>
      <VoiceBox voice="internal">
        <Textarea
          variant="unstyled"
          label={t('visits_phone.log.line')}
          autosize
          minRows={2}
          maxLength={4_000}
          value={fields.line}
          onChange={(event) => set({ line: event.currentTarget.value })}
        />
      </VoiceBox>
      <PhotoField
        visitId={visit.id}
        customerId={visit.customer_id}
        photos={fields.photos}
        onBusy={setBusy}
        onChange={(change) =>
          draft.change((before) => ({
            ...before,
            fields: { ...before.fields, photos: change(before.fields.photos) },
          }))
        }
      />
    </Sheet>
  );
}

function fieldsOf(entry: LogEntry): Fields {
  const { kind, started_at, ended_at, line, customer_line, waiting_for, waiting_on_contact_id, photos } =
    entry;
  return { kind, started_at, ended_at, line, customer_line, waiting_for, waiting_on_contact_id, photos };
}

function newFields({ visit }: VisitPage, kind: WorkKind | undefined): Fields {
  return {
    kind: kind ?? 'work',
    ...newStretch(visit, { runs: kind !== undefined, now: correctedNow() }),
    line: '',
    customer_line: '',
    waiting_for: '',
    waiting_on_contact_id: visit.interface_contact_id,
    photos: [],
  };
}

/** The act that ends a stretch of time. */
export function endOf(entry: LogEntry, at: Instant) {
  const ended_at = at > entry.started_at ? at : entry.started_at;
  return {
    name: 'edit_log' as const,
    body: { id: uuidv7(), entry_id: entry.id, changes: { ended_at: { from: null, to: ended_at } } },
  };
}
