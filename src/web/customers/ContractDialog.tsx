import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ContractView, CustomerPage } from '#domain/customers/commands.ts';
import { priorities, type Targets } from '#domain/customers/contract.ts';
import type { Draft } from '../ui/drafts.ts';
import { calendarsQuery } from './api.ts';
import style from './forms.module.css';
import {
  asValues,
  changesOf,
  type Field,
  type FieldValue,
  type Form,
  RecordDialog,
  textOrNull,
} from './RecordDialog.tsx';
import { useCustomerAct } from './use-record.ts';
import { useWorkingTime } from './working-time-words.ts';

type Props = { customer: CustomerPage; contract?: ContractView; onClose: () => void };

// A form holds minutes as they are typed: empty or half-written until the person is done.
type Typed = Record<string, Record<string, number | null>>;

const usual: Targets = {
  p1: { first_response: 30, resolution: 240 },
  p2: { first_response: 60, resolution: 480 },
  p3: { first_response: 240, resolution: 1440 },
  p4: { first_response: 480, resolution: 2880 },
};

/** What was agreed: whose working time, how fast by priority, from when to when, how much of it. */
export function ContractDialog({ customer, contract, onClose }: Props) {
  const { t } = useTranslation();
  const save = useCustomerAct(customer.id, contract ? t('customers.saved') : undefined);
  const fields = useFields(contract);
  return (
    <RecordDialog
      name={contract ? `contract ${contract.id}` : `contract of ${customer.id}`}
      title={contract ? t('contracts.edit.title') : t('contracts.create.title')}
      submit={contract ? t('customers.form.save') : t('contracts.create.act')}
      fields={fields}
      present={asValues(contract ?? { targets: usual }, fields)}
      problem={save.error}
      isPending={save.isPending}
      onClose={onClose}
      onSubmit={({ id, values, base, done }) => {
        if (!isWhole(values.targets)) return;
        save.mutate({
          done,
          act: contract
            ? {
                method: 'PATCH',
                path: `/api/contracts/${contract.id}`,
                body: { changes: changesOf({ values, base }, read) },
              }
            : {
                method: 'POST',
                path: `/api/customers/${customer.id}/contracts`,
                body: {
                  id,
                  ...Object.fromEntries(
                    Object.entries(values).map(([name, value]) => [name, read(name, value)]),
                  ),
                },
              },
        });
      }}
    >
      {(draft) => <TargetFields draft={draft} />}
    </RecordDialog>
  );
}

function read(name: string, value: FieldValue): unknown {
  if (name === 'targets') return JSON.parse(String(value));
  if (name.endsWith('_included')) return textOrNull(value) === null ? null : Number(value);
  if (name === 'ends_on') return textOrNull(value);
  return String(value).trim();
}

function useFields(contract: ContractView | undefined): Field[] {
  const { t } = useTranslation();
  const { data } = useQuery(calendarsQuery);
  const calendars = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  // A calendar that was put away stays with the contracts that have it.
  if (contract && !calendars.some(({ value }) => value === contract.calendar_id)) {
    calendars.push({ value: contract.calendar_id, label: contract.calendar_name });
  }
  const whole = (value: FieldValue) => (/^\d{1,6}$/.test(String(value)) ? null : t('contracts.wrong_number'));
  return [
    { name: 'name', label: t('contracts.fields.name'), required: true, max: 200 },
    {
      name: 'calendar_id',
      label: t('contracts.fields.calendar_id'),
      help: contract ? t('contracts.help.calendar_changes') : t('contracts.help.calendar_id'),
      kind: 'select',
      options: [{ value: '', label: t('contracts.choose_calendar') }, ...calendars],
      required: true,
    },
    { name: 'starts_on', label: t('contracts.fields.starts_on'), kind: 'date', required: true, half: true },
    { name: 'ends_on', label: t('contracts.fields.ends_on'), kind: 'date', half: true },
    {
      name: 'hours_included',
      label: t('contracts.fields.hours_included'),
      kind: 'number',
      check: whole,
      half: true,
    },
    {
      name: 'cases_included',
      label: t('contracts.fields.cases_included'),
      kind: 'number',
      check: whole,
      half: true,
    },
    {
      name: 'targets',
      label: t('contracts.fields.targets'),
      kind: 'own',
      show: () => t('contracts.targets_changed'),
    },
  ];
}

function isWhole(value: FieldValue | undefined): boolean {
  const typed = JSON.parse(String(value)) as Typed;
  return priorities.every((key) =>
    Object.values(typed[key] ?? {}).every((minutes) => minutes !== null && minutes > 0),
  );
}

function TargetFields({ draft }: { draft: Draft<Form> }) {
  const { t } = useTranslation();
  const words = useWorkingTime();
  const typed = JSON.parse(String(draft.value.values.targets)) as Typed;
  const set = (priority: string, part: string, text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, 6);
    const minutes = digits === '' ? null : Number(digits);
    const next = { ...typed, [priority]: { ...typed[priority], [part]: minutes } };
    draft.change((form) => ({ ...form, values: { ...form.values, targets: JSON.stringify(next) } }));
  };
  return (
    <fieldset className={style.targets}>
      <legend>{t('contracts.fields.targets')}</legend>
      <p className="cp-soft">{t('contracts.help.targets')}</p>
      {priorities.map((priority) => (
        <div key={priority} className={style.targetRow}>
          <span>{t(`contracts.priorities.${priority}`)}</span>
          {(['first_response', 'resolution'] as const).map((part) => {
            const minutes = typed[priority]?.[part] ?? null;
            return (
              <TextInput
                key={part}
                label={t(`contracts.targets.${part}`)}
                aria-label={t('contracts.target_of', {
                  priority: t(`contracts.priorities.${priority}`),
                  what: t(`contracts.targets.${part}`),
                })}
                inputMode="numeric"
                value={minutes ?? ''}
                error={minutes === null || minutes === 0 ? t('contracts.minutes_missing') : null}
                rightSectionWidth="7.5em"
                rightSectionPointerEvents="none"
                rightSection={minutes ? <span className={style.minuteWords}>{words(minutes)}</span> : null}
                onChange={(event) => set(priority, part, event.currentTarget.value)}
              />
            );
          })}
        </div>
      ))}
    </fieldset>
  );
}
