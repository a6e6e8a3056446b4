import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refuseEmergency } from '#domain/visits/declaring-emergency.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { DraftNotice } from '../../ui/DraftNotice.tsx';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { say } from '../../ui/undo.ts';
import { useVisitDeskAct } from '../api.ts';
import { EngineerDays } from './EngineerDays.tsx';
import { beginEdit, changesOf, type EditDraft, isUnasked } from './editing-plan.ts';
import { isReversed, spanOf, useWhere, VisitFields } from './VisitFields.tsx';
import style from './visit-forms.module.css';

/**
 * Changes the plan. Only what was changed is sent, with what it was based on; where the engineer changed the same
 * thing meanwhile, both values stay and the page shows them side by side.
 */
export function EditVisitDialog({ page, onClose }: { page: VisitPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const [begun] = useState<EditDraft>(() => beginEdit(visit, about.site?.zone ?? about.customer.zone));
  // The draft knows what it began with: any act on the visit raises its version, and the form must still be found again.
  const draft = useDraft<EditDraft>(`visit:${visit.id}:edit`, begun);
  const { base, zone: fallback, plan } = draft.value;
  const { zone } = useWhere(visit.customer_id, plan.site_id, fallback);
  const span = spanOf(plan, zone);
  const changes = changesOf(draft.value, span);
  const save = useVisitDeskAct(visit.id, {
    onDone: ({ outcome }) => {
      draft.clear();
      say({ text: t(outcome === 'conflict' ? 'visits.edit.conflict' : 'visits.edit.done') });
      onClose();
    },
  });
  const isExplained = isUnasked(base) || refuseEmergency(plan) === null;
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
          value={plan}
          onChange={(part) => draft.change((form) => ({ ...form, plan: { ...form.plan, ...part } }))}
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
