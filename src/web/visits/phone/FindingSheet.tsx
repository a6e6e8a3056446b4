import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { VisitPage } from '#domain/visits/views.ts';
import { type Finding, type Photo, type Risk, risks } from '#domain/visits/visit.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { Choice } from './Choice.tsx';
import { changesOf } from './changes-of.ts';
import { DraftWords } from './DraftWords.tsx';
import { PhotoField } from './PhotoField.tsx';
import { Sheet } from './Sheet.tsx';
import { useMakingDraft } from './use-making-draft.ts';
import { useSave } from './use-save.ts';

type Reaction = 'agrees' | 'disagrees' | 'later';
type Fields = {
  what: string;
  risk: Risk;
  standard: string;
  evidence: string;
  advice: string;
  cheaper_advice: string;
  obstacle: string;
  reaction: Reaction | null;
  reaction_words: string;
  photos: Photo[];
};
const reactions = ['agrees', 'disagrees', 'later', 'open'] as const;
const parts = ['standard', 'evidence', 'advice', 'cheaper_advice', 'obstacle'] as const;
const empty: Fields = {
  what: '',
  risk: 'medium',
  standard: '',
  evidence: '',
  advice: '',
  cheaper_advice: '',
  obstacle: '',
  reaction: null,
  reaction_words: '',
  photos: [],
};
type Props = { page: VisitPage; finding?: Finding | undefined; onClose: () => void };

/** Something that is not as it should be: how risky, by which measure, what we advise, what they say to it. */
export function FindingSheet({ page, finding, onClose }: Props) {
  const { t } = useTranslation();
  const { visit } = page;
  const start = finding ? fieldsOf(finding) : empty;
  const draft = useMakingDraft<{ base: Fields; fields: Fields }>(
    `visit:${visit.id}:finding:${finding?.id ?? 'new'}`,
    { base: start, fields: start },
    visit.findings,
  );
  const { save, problem, isSaving } = useSave(visit.id);
  const [isBusy, setBusy] = useState(false);
  const { base, fields } = draft.value;
  const set = (change: Partial<Fields>) =>
    draft.change((before) => ({ ...before, fields: { ...before.fields, ...change } }));
  const keep = async () => {
    const photos = fields.photos.map(({ file_id }) => file_id);
    const isKept = finding
      ? await save(
          {
            name: 'edit_finding',
            body: { id: uuidv7(), finding_id: finding.id, changes: changesOf(base, fields) },
          },
          { photos },
        )
      : await save({ name: 'find', body: { id: draft.id, ...fields } }, { photos });
    if (!isKept) return;
    draft.clear();
    onClose();
  };
  return (
    <Sheet
      title={t(finding ? 'visits_phone.finding.edit' : 'visits_phone.finding.new')}
      onClose={onClose}
      onSubmit={() => void keep()}
      foot={
        <>
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving} disabled={fields.what.trim() === '' || isBusy}>
            {t('visits_phone.finding.act')}
          </Button>
        </>
      }
    >
      <DraftWords draft={draft} />
      <Textarea
        label={t('visits_phone.finding.what')}
        description={t('visits_phone.finding.what_help')}
        autosize
        minRows={2}
        maxLength={2_000}
        value={fields.what}
        onChange={(event) => set({ what: event.currentTarget.value })}
      />
      <Choice
        label={t('visits_phone.finding.risk')}
        value={fields.risk}
        onChange={(risk) => set({ risk })}
        options={risks.map((one) => ({ value: one, label: t(`visits.risks.${one}`) }))}
      />
      {parts.map((part) => (
        <Textarea
          key={part}
          label={t(`visits_phone.finding.${part}`)}
          autosize
          minRows={part === 'standard' || part === 'obstacle' ? 1 : 2}
          maxLength={part === 'standard' || part === 'obstacle' ? 1_000 : 4_000}
          value={fields[part]}
          onChange={(event) => set({ [part]: event.currentTarget.value })}
        />
      ))}
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
      <Choice
        label={t('visits_phone.finding.reaction')}
        value={fields.reaction ?? 'open'}
        onChange={(next) => set({ reaction: next === 'open' ? null : next })}
        options={reactions.map((one) => ({
          value: one,
          label: t(one === 'open' ? 'visits_phone.finding.no_reaction' : `visits.reactions.${one}`),
        }))}
      />
      <TextInput
        label={t('visits_phone.finding.reaction_words')}
        maxLength={1_000}
        value={fields.reaction_words}
        onChange={(event) => set({ reaction_words: event.currentTarget.value })}
      />
    </Sheet>
  );
}

function fieldsOf(finding: Finding): Fields {
  const { id, by_id, by_name, at, ...fields } = finding;
  return fields;
}
