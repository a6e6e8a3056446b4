import { Button, Modal, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plusMinutes } from '#domain/ground/instant.ts';
import type { TicketPage } from '#domain/tickets/commands.ts';
import { refuseEmergency } from '#domain/visits/declaring-emergency.ts';
import type { VisitKind } from '#domain/visits/visit.ts';
import { colleaguesQuery } from '../../tickets/api.ts';
import { DraftNotice } from '../../ui/DraftNotice.tsx';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { say } from '../../ui/undo.ts';
import { useWords } from '../../ui/use-words.ts';
import { wallOf } from '../../ui/wall-time.ts';
import { usePlanVisit } from '../api.ts';
import { EngineerDays } from './EngineerDays.tsx';
import { isReversed, spanOf, useWhere, VisitFields, type VisitPlan } from './VisitFields.tsx';
import style from './visit-forms.module.css';

/** People who can be sent to a customer: those with the role that the server asks for as well. */
export function useGoers() {
  const { data = [] } = useQuery(colleaguesQuery);
  return data.filter(({ roles }) => roles.includes('engineer'));
}

const kindFor: Partial<Record<TicketPage['kind'], VisitKind>> = { how_to: 'training', wish: 'survey' };
const minutesADay = 1_440;

/** From a ticket to the road: who, when, where, what for. What is still open about the scope comes on the visit's page. */
export function PlanVisitDialog({ ticket, onClose }: { ticket: TicketPage; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { now } = useWords();
  const people = useGoers();
  const [emptyPlan] = useState(() => planFor(ticket, now));
  const draft = useDraft(`visit:plan:${ticket.id}`, emptyPlan);
  const { value } = draft;
  const { zone } = useWhere(ticket.customer_id, value.site_id, ticket.customer_zone);
  const span = spanOf(value, zone);
  const engineer = people.find(({ id }) => id === value.engineer_id);
  const plan = usePlanVisit({
    onDone: (_, { id }) => {
      draft.clear();
      say({ text: t('visits.plan.done') });
      onClose();
      void navigate({ to: `/visits/${id}` });
    },
  });
  const isReady =
    engineer !== undefined &&
    span.from !== null &&
    span.to !== null &&
    !isReversed(span) &&
    refuseEmergency(value) === null;
  const submit = () => {
    if (!isReady || span.from === null || span.to === null) return;
    const { from: _from, to: _to, engineer_id: _engineer, ...others } = value;
    const times = { planned_from: span.from, planned_to: span.to };
    const why = { emergency_reason: value.is_emergency ? value.emergency_reason : '' };
    const whose = { id: draft.id, ticket_id: ticket.id, engineer_id: engineer.id };
    plan.mutate({ ...others, ...times, ...why, ...whose });
  };
  return (
    <Modal opened onClose={onClose} size="xl" title={t('visits.plan.title', { number: ticket.number })}>
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
        <Select
          className={style.full}
          label={t('visits.plan.engineer')}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={value.engineer_id}
          onChange={(engineer_id) => draft.change((before) => ({ ...before, engineer_id }))}
          searchable
          openOnFocus={false}
          data-autofocus
        />
        <VisitFields
          customerId={ticket.customer_id}
          zone={ticket.customer_zone}
          value={value}
          onChange={(part) => draft.change((before) => ({ ...before, ...part }))}
        >
          {engineer && <EngineerDays engineer={engineer} span={span} zone={zone} />}
        </VisitFields>
        {plan.error && (
          <div className={style.full}>
            <ActProblem error={plan.error} />
          </div>
        )}
        <div className={style.acts}>
          <Button type="submit" loading={plan.isPending} disabled={!isReady}>
            {t('visits.plan.act')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t('visits.plan.later')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Tomorrow's working hours, by whoever has the ticket, where it is about. */
function planFor(ticket: TicketPage, now: string): VisitPlan & { engineer_id: string | null } {
  const tomorrow = wallOf(plusMinutes(now, minutesADay), ticket.customer_zone).slice(0, 10);
  return {
    engineer_id: ticket.assignee_id,
    kind: kindFor[ticket.kind] ?? 'repair',
    is_emergency: false,
    emergency_reason: '',
    from: `${tomorrow}T09:00`,
    to: `${tomorrow}T17:00`,
    site_id: ticket.site?.id ?? null,
    goal: '',
    done_when: '',
    not_today: '',
    interface_contact_id: null,
    signer_ids: [],
  };
}
