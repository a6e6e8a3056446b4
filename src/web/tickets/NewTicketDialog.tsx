import { Button, Group, Modal, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketActed } from '#domain/tickets/commands.ts';
import { firstGuess, priorityOf } from '#domain/tickets/priority.ts';
import { type TicketKind, ticketKinds } from '#domain/tickets/ticket.ts';
import { get } from '../ui/api-client.ts';
import { useDraft } from '../ui/drafts.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { FileDrop, type KeptFile } from '../ui/FileDrop.tsx';
import { refresh } from '../ui/live.ts';
import { say } from '../ui/undo.ts';
import { useAct } from '../ui/use-act.ts';
import { customerPartsQuery } from './api.ts';

type Fields = {
  customer_id: string | null;
  requester_id: string | null;
  kind: TicketKind;
  title: string;
  body: string;
  felt_severity: number | null;
  impact: number;
  urgency: number;
  channel: 'phone' | 'desk';
  files: KeptFile[];
};
const empty: Fields = {
  customer_id: null,
  requester_id: null,
  kind: 'incident',
  title: '',
  body: '',
  felt_severity: null,
  ...firstGuess(null),
  channel: 'phone',
  files: [],
};

/** What somebody said on the phone or in passing becomes a ticket like any other. */
export function NewTicketDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const draft = useDraft<Fields>('ticket:new', empty);
  const [isBusy, setBusy] = useState(false);
  const { value, change } = draft;
  const set = (part: Partial<Fields>) => change((before) => ({ ...before, ...part }));
  const create = useAct<Fields & { id: string }, TicketActed>(
    ({ files, ...fields }) => ({
      method: 'POST',
      path: '/api/tickets',
      body: { ...fields, file_ids: files.map((file) => file.id) },
    }),
    {
      onDone: (ticket) => {
        draft.clear();
        refresh('ticket', ticket.id);
        say({ text: t('tickets.create.done', { number: ticket.number }) });
        onClose();
        void navigate({ to: `/tickets/${ticket.id}` });
      },
    },
  );
  const isReady =
    value.customer_id &&
    value.requester_id &&
    value.title.trim() !== '' &&
    value.body.trim() !== '' &&
    !isBusy;
  return (
    <Modal opened onClose={onClose} size="lg" title={t('tickets.create.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) create.mutate({ ...value, id: draft.id });
        }}
      >
        <Stack>
          <WhoFields value={value} set={set} />
          <TextInput
            label={t('tickets.create.headline')}
            description={t('tickets.create.headline_help')}
            value={value.title}
            maxLength={200}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <FileDrop
            files={value.files}
            onChange={(next) => change((before) => ({ ...before, files: next(before.files) }))}
            customerId={value.customer_id ?? undefined}
            onBusy={setBusy}
          >
            <Textarea
              label={t('tickets.create.words')}
              description={t('tickets.create.words_help')}
              autosize
              minRows={3}
              maxRows={10}
              maxLength={20_000}
              value={value.body}
              onChange={(event) => set({ body: event.currentTarget.value })}
            />
          </FileDrop>
          <JudgedFields value={value} set={set} />
          <ActProblem error={create.error} />
          <Group>
            <Button type="submit" loading={create.isPending} disabled={!isReady}>
              {t('tickets.create.act')}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('tickets.create.later')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type PartProps = { value: Fields; set: (part: Partial<Fields>) => void };

function WhoFields({ value, set }: PartProps) {
  const { t } = useTranslation();
  const { data: customers = [] } = useQuery({
    queryKey: ['customers', 'list', 'names'],
    queryFn: async ({ signal }) =>
      (await get<{ items: { id: string; name: string }[] }>('/api/customers', { limit: 100 }, { signal }))
        .items,
  });
  const { data: customer } = useQuery({
    ...customerPartsQuery(value.customer_id ?? ''),
    enabled: value.customer_id !== null,
  });
  const contacts = customer?.contacts.filter((contact) => contact.left_at === null) ?? [];
  return (
    <>
      <SegmentedControl
        aria-label={t('tickets.facts.channel')}
        data={(['phone', 'desk'] as const).map((channel) => ({
          value: channel,
          label: t(`tickets.create.channels.${channel}`),
        }))}
        value={value.channel}
        onChange={(channel) => set({ channel: channel as Fields['channel'] })}
      />
      <Group grow align="start">
        <Select
          label={t('tickets.columns.customer')}
          data={customers.map(({ id, name }) => ({ value: id, label: name }))}
          value={value.customer_id}
          onChange={(customer_id) => set({ customer_id, requester_id: null })}
          searchable
          openOnFocus={false}
          data-autofocus
        />
        <Select
          label={t('tickets.columns.requester')}
          data={contacts.map(({ id, name }) => ({ value: id, label: name }))}
          value={value.requester_id}
          onChange={(requester_id) => set({ requester_id })}
          disabled={value.customer_id === null}
          searchable
        />
      </Group>
    </>
  );
}

function JudgedFields({ value, set }: PartProps) {
  const { t } = useTranslation();
  const options = (folder: string, steps: number[]) =>
    steps.map((step) => ({ value: String(step), label: t(`tickets.${folder}.${step}`) }));
  return (
    <>
      <Group grow align="start">
        <Select
          label={t('tickets.columns.kind')}
          data={ticketKinds.map((kind) => ({ value: kind, label: t(`tickets.kinds.${kind}`) }))}
          value={value.kind}
          onChange={(kind) => kind && set({ kind: kind as TicketKind })}
          allowDeselect={false}
        />
        <Select
          label={t('tickets.columns.felt')}
          data={options('felt', [1, 2, 3, 4])}
          value={value.felt_severity === null ? null : String(value.felt_severity)}
          onChange={(felt) => {
            const felt_severity = felt === null ? null : Number(felt);
            set({ felt_severity, ...firstGuess(felt_severity) });
          }}
          clearable
        />
      </Group>
      <Group grow align="start">
        <Select
          label={t('tickets.judged.impact')}
          data={options('impacts', [1, 2, 3])}
          value={String(value.impact)}
          onChange={(impact) => impact && set({ impact: Number(impact) })}
          allowDeselect={false}
        />
        <Select
          label={t('tickets.judged.urgency')}
          data={options('urgencies', [1, 2, 3])}
          value={String(value.urgency)}
          onChange={(urgency) => urgency && set({ urgency: Number(urgency) })}
          allowDeselect={false}
        />
      </Group>
      <p className="cp-soft">
        {t('tickets.edit.makes', {
          priority: t(`tickets.priorities.${priorityOf(value.impact, value.urgency)}`),
        })}
      </p>
    </>
  );
}
