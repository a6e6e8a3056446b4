import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActBody } from '#domain/visits/commands.ts';
import { refuseEmergency } from '#domain/visits/declaring-emergency.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { DraftNotice } from '../../ui/DraftNotice.tsx';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { say } from '../../ui/undo.ts';
import { wallOf } from '../../ui/wall-time.ts';
import { useVisitDeskAct } from '../api.ts';
import { EngineerDays } from './EngineerDays.tsx';
import { isReversed, spanOf, useWhere, VisitFields, type VisitPlan } from './VisitFields.tsx';
import style from './visit-forms.module.css';

type Fields = Pick<
  VisitPage['visit'],
  | 'kind'
  | 'is_emergency'
  | 'emergency_reason'
  | 'planned_from'
  | 'planned_to'
  | 'site_id'
  | 'goal'
  | 'done_when'
  | 'not_today'
  | 'interface_contact_id'
  | 'signer_ids'
>;
type Changes = ActBody<'edit'>['changes'];

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * Changes the plan. Only what was changed is sent, with what it was based on; where the engineer changed the same
 * thing meanwhile, both values stay and the page shows them side by side.
 */
export function EditVisitDialog({ page, onClose }: { page: VisitPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const fallback = about.site?.zone ?? about.customer.zone;
  const [base] = useState<Fields>(() => visit);
  const [before] = useState(() => planOf(base, fallback));
  // Of the record as it was when the form opened: what comes in meanwhile must not take the form away.
  const [version] = useState(visit.version);
  const draft = useDraft<VisitPlan>(`visit:${visit.id}:edit:${version}`, before);
  const { value } = draft;
  const { zone } = useWhere(visit.customer_id, value.site_id, fallback);
  const span = spanOf(value, zone);
  const changes = changesOf({ base, value, span, isSameTimes: same(timesOf(value), timesOf(before)) });
  const save = useVisitDeskAct(visit.id, {
    onDone: ({ outcome }) => {
      draft.clear();
      say({ text: t(outcome === 'conflict' ? 'visits.edit.conflict' : 'visits.edit.done') });
      onClose();
    },
  });
  const isExplained = isUnasked(base) || refuseEmergency(value) === null;
  const isTimed = span.from !== null && span.to !== null && !isReversed(span);
  const isReady = Object.keys(changes).length > 0 && isTimed && isExplained;
  const submit = () => {
    if (isReady) save.mutate({ name: 'edit', body: { id: draft.id, changes } });
  };
  return (
    <Modal opened onClose={onClose} size="xl" title={t('visits.edit.title', { number: visit.number })}>
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
        <VisitFields
          customerId={visit.customer_id}
          zone={fallback}
          value={value}
          onChange={(part) => draft.change((form) => ({ ...form, ...part }))}
        >
          <EngineerDays
            engineer={{ id: visit.engineer_id, name: visit.engineer_name }}
            span={span}
            zone={zone}
            except={visit.id}
          />
        </VisitFields>
        {save.error && (
          <div className={style.full}>
            <ActProblem error={save.error} />
          </div>
        )}
        <div className={style.acts}>
          <Button type="submit" loading={save.isPending} disabled={!isReady}>
            {t('visits.edit.act')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** An emergency from before anybody was asked why. */
const isUnasked = (fields: Fields) => fields.is_emergency && !fields.emergency_reason;

const timesOf = ({ from, to, site_id }: VisitPlan) => [from, to, site_id];

function planOf(fields: Fields, zone: string): VisitPlan {
  const { planned_from, planned_to, ...others } = fields;
  const { kind, is_emergency, site_id, goal, done_when, not_today, interface_contact_id, signer_ids } =
    others;
  // The reason of an earlier emergency is none for another one.
  const emergency_reason = (is_emergency && fields.emergency_reason) || '';
  const words = { goal, done_when, not_today, emergency_reason };
  const times = { from: wallOf(planned_from, zone), to: wallOf(planned_to, zone) };
  return { kind, is_emergency, site_id, interface_contact_id, signer_ids, ...words, ...times };
}

function changesOf(form: {
  base: Fields;
  value: VisitPlan;
  span: { from: string | null; to: string | null };
  isSameTimes: boolean;
}): Changes {
  // A draft from before it was asked for has no reason.
  const { from: _from, to: _to, emergency_reason = '', ...others } = form.value;
  const { from, to } = form.span;
  // A clock on the screen has no seconds: a time that nobody touched is the one that stands.
  const times =
    form.isSameTimes || from === null || to === null ? {} : { planned_from: from, planned_to: to };
  const after = { ...others, ...times } as Partial<Fields>;
  const changed = (Object.keys(after) as (keyof Fields)[]).filter(
    (field) => !same(after[field], form.base[field]),
  );
  const changes = changed.map((field) => [field, { from: form.base[field], to: after[field] }]);
  const { is_emergency, emergency_reason: reason = '' } = form.base;
  // Whoever makes it an emergency says why, even in the words of an earlier one.
  const says = others.is_emergency && (!is_emergency || reason !== emergency_reason);
  if (says) changes.push(['emergency_reason', { from: reason, to: emergency_reason }]);
  return Object.fromEntries(changes) as Changes;
}
