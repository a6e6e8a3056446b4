import { Button, Checkbox, Input, Modal, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import type { ScopeColumn, ScopeParty } from '#domain/visits/visit.ts';
import { useMe } from '../../app/session.ts';
import { DraftNotice } from '../../ui/DraftNotice.tsx';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { say } from '../../ui/undo.ts';
import { useWords } from '../../ui/use-words.ts';
import { instantOfWall, wallOf } from '../../ui/wall-time.ts';
import { useVisitDeskAct } from '../api.ts';
import { useZoneElsewhere } from './SiteTimes.tsx';
import style from './visit-forms.module.css';

type Form = Omit<ScopeColumn, 'hours' | 'said_at'> & { hours: number | null; said_at: string };
type Props = { page: VisitPage; party: ScopeParty; onClose: () => void };

/** One side's column: what they say, and who said it when. */
export function ScopeDialog({ page, party, onClose }: Props) {
  const { t } = useTranslation();
  const { zone, now } = useWords();
  const elsewhere = useZoneElsewhere();
  const id = useId();
  const { visit } = page;
  const nameOfSpeaker = useSpeaker(page, party);
  // What the form was opened upon: a change by somebody else meanwhile is a clash, not a loss.
  const [from] = useState(visit[`scope_${party}`]);
  const [before] = useState<Form>(() => formOf(from, { zone, now, nameOfSpeaker }));
  const draft = useDraft<Form>(`visit:${visit.id}:scope:${party}:${from?.said_at ?? ''}`, before);
  const { value, change } = draft;
  const said_at = instantOfWall(value.said_at, zone);
  const save = useVisitDeskAct(visit.id, {
    onDone: ({ outcome }) => {
      draft.clear();
      say({ text: t(outcome === 'conflict' ? 'visits.edit.conflict' : 'visits.scope.dialog.done') });
      onClose();
    },
  });
  const isReady =
    value.what.trim() !== '' && value.hours !== null && value.said_by.trim() !== '' && said_at !== null;
  const submit = () => {
    if (!isReady || value.hours === null || said_at === null) return;
    const to: ScopeColumn = { ...value, said_by: value.said_by.trim(), hours: value.hours, said_at };
    save.mutate({ name: 'set_scope', body: { id: draft.id, party, from, to } });
  };
  const set = (part: Partial<Form>) => change((form) => ({ ...form, ...part }));
  const words = { party: t(`visits.parties.${party}`) };
  return (
    <Modal opened onClose={onClose} size="lg" title={t('visits.scope.dialog.title', words)}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit();
        }}
      >
        <DraftNotice draft={draft} />
        <Textarea
          className={style.full}
          label={t('visits.scope.dialog.what')}
          description={t('visits.scope.dialog.what_help', words)}
          autosize
          minRows={3}
          maxLength={2_000}
          value={value.what}
          onChange={(event) => set({ what: event.currentTarget.value })}
          data-autofocus
        />
        <NumberInput
          label={t('visits.scope.dialog.hours')}
          value={value.hours ?? ''}
          onChange={(hours) => set({ hours: hours === '' ? null : Number(hours) })}
          min={0.25}
          max={500}
          step={0.5}
          decimalScale={2}
        />
        <Checkbox
          mt={28}
          label={t('visits.scope.dialog.night')}
          checked={value.night}
          onChange={(event) => set({ night: event.currentTarget.checked })}
        />
        <Textarea
          className={style.full}
          label={t('visits.scope.dialog.verification')}
          autosize
          minRows={2}
          maxLength={1_000}
          value={value.verification}
          onChange={(event) => set({ verification: event.currentTarget.value })}
        />
        <TextInput
          label={t('visits.scope.dialog.said_by')}
          value={value.said_by}
          maxLength={100}
          onChange={(event) => set({ said_by: event.currentTarget.value })}
        />
        <div className={style.time}>
          <Input.Label htmlFor={id}>{t('visits.scope.dialog.said_at')}</Input.Label>
          <input
            id={id}
            type="datetime-local"
            value={value.said_at}
            max={wallOf(now, zone)}
            onChange={(event) => set({ said_at: event.currentTarget.value })}
          />
        </div>
        {elsewhere && (
          <p className={`${style.full} cp-soft`}>{t('visits.plan.in_zone', { zone: elsewhere })}</p>
        )}
        {save.error && (
          <div className={style.full}>
            <ActProblem error={save.error} />
          </div>
        )}
        <div className={style.acts}>
          <Button type="submit" loading={save.isPending} disabled={!isReady}>
            {t('visits.scope.dialog.act')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Who most likely said it: sales oneself, the interface person by name; the customer's contact has to be named. */
function useSpeaker({ visit, about }: VisitPage, party: ScopeParty): string {
  const me = useMe();
  if (party === 'sales') return me.roles.includes('sales') ? me.name : '';
  if (party === 'customer') return '';
  return about.contacts.find(({ id }) => id === visit.interface_contact_id)?.name ?? '';
}

function formOf(column: ScopeColumn | null, at: { zone: string; now: string; nameOfSpeaker: string }): Form {
  if (column) return { ...column, said_at: wallOf(column.said_at, at.zone) };
  return {
    what: '',
    hours: null,
    night: false,
    verification: '',
    said_by: at.nameOfSpeaker,
    said_at: wallOf(at.now, at.zone),
  };
}
