import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TicketPage } from '#domain/tickets/commands.ts';
import { priorityOf } from '#domain/tickets/priority.ts';
import { ticketKinds } from '#domain/tickets/ticket.ts';
import { EditClashes } from '../people/EditClashes.tsx';
import { useEdit } from '../people/use-edit.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { refresh } from '../ui/live.ts';
import { say } from '../ui/undo.ts';
import { customerPartsQuery } from './api.ts';

const steps = { impact: [1, 2, 3], urgency: [1, 2, 3], felt_severity: [1, 2, 3, 4] } as const;
type Step = keyof typeof steps;
const folder = { impact: 'impacts', urgency: 'urgencies', felt_severity: 'felt' } as const;

/** What a ticket is and how pressing: our judgement beside what they feel, the priority computed while one chooses. */
export function EditTicketDialog({ ticket, onClose }: { ticket: TicketPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: customer } = useQuery(customerPartsQuery(ticket.customer_id));
  const { title, kind, impact, urgency, felt_severity } = ticket;
  const row = {
    title,
    kind,
    impact,
    urgency,
    felt_severity,
    site_id: ticket.site?.id ?? null,
    asset_id: ticket.asset?.id ?? null,
    contract_id: ticket.contract?.id ?? null,
  };
  const edit = useEdit<typeof row, unknown>({
    row,
    path: `/api/tickets/${ticket.id}`,
    onSaved: () => {
      refresh('ticket', ticket.id);
      say({ text: t('tickets.edit.done') });
      onClose();
    },
  });
  const { values, set } = edit;
  const stepOptions = (name: Step) =>
    steps[name].map((value) => ({ value: String(value), label: t(`tickets.${folder[name]}.${value}`) }));
  const named = (list: { id: string; name: string }[] | undefined) =>
    (list ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const show = (field: string, value: unknown): string => {
    if (value === null || value === undefined) return t('tickets.edit.nothing');
    if (field === 'kind') return t(`tickets.kinds.${value}`);
    if (field in folder) return t(`tickets.${folder[field as Step]}.${value}`);
    const lists = { site_id: customer?.sites, asset_id: customer?.assets, contract_id: customer?.contracts };
    return lists[field as keyof typeof lists]?.find(({ id }) => id === value)?.name ?? String(value);
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={t('tickets.edit.title', { number: ticket.number })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          edit.save();
        }}
      >
        <Stack>
          <TextInput
            label={t('tickets.columns.title')}
            value={values.title}
            maxLength={200}
            data-autofocus
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <Select
            label={t('tickets.columns.kind')}
            data={ticketKinds.map((value) => ({ value, label: t(`tickets.kinds.${value}`) }))}
            value={values.kind}
            onChange={(value) => value && set({ kind: value as typeof kind })}
            allowDeselect={false}
          />
          <Group grow align="start">
            <Select
              label={t('tickets.judged.impact')}
              data={stepOptions('impact')}
              value={String(values.impact)}
              onChange={(value) => value && set({ impact: Number(value) })}
              allowDeselect={false}
            />
            <Select
              label={t('tickets.judged.urgency')}
              data={stepOptions('urgency')}
              value={String(values.urgency)}
              onChange={(value) => value && set({ urgency: Number(value) })}
              allowDeselect={false}
            />
          </Group>
          <p className="cp-soft">
            {t('tickets.edit.makes', {
              priority: t(`tickets.priorities.${priorityOf(values.impact, values.urgency)}`),
            })}
          </p>
          <Select
            label={t('tickets.columns.felt')}
            description={t('tickets.edit.felt_help')}
            data={stepOptions('felt_severity')}
            value={values.felt_severity === null ? null : String(values.felt_severity)}
            onChange={(value) => set({ felt_severity: value === null ? null : Number(value) })}
            clearable
          />
          <Group grow align="start">
            <Select
              label={t('tickets.facts.site')}
              data={named(customer?.sites)}
              value={values.site_id}
              onChange={(site_id) => set({ site_id })}
              clearable
            />
            <Select
              label={t('tickets.facts.asset')}
              data={named(customer?.assets)}
              value={values.asset_id}
              onChange={(asset_id) => set({ asset_id })}
              clearable
            />
          </Group>
          <Select
            label={t('tickets.facts.contract')}
            description={t('tickets.edit.contract_help')}
            data={named(customer?.contracts)}
            value={values.contract_id}
            onChange={(contract_id) => set({ contract_id })}
            clearable
          />
          <EditClashes edit={edit} labelOf={(field) => t(`tickets.edit.fields.${field}`)} show={show} />
          <ActProblem error={edit.problem} />
          <Group>
            <Button
              type="submit"
              loading={edit.isSaving}
              disabled={!edit.isChanged || values.title.trim() === '' || edit.clashes.length > 0}
            >
              {t('tickets.edit.act')}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
