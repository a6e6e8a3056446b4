import { Button, NativeSelect, NumberInput, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instant } from '#domain/ground/instant.ts';
import type { VisitAct } from '#domain/visits/commands.ts';
import { mayConfirmToday } from '#domain/visits/confirming.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { risks, visitKinds, workKinds } from '#domain/visits/visit.ts';
import type { OutboxItem } from '../../offline/outbox-item.ts';
import { changeItem } from '../../offline/refused-items.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { ProblemError } from '../../ui/problem.ts';
import { contactOf, contactWords, zoneOf } from './contact-words.ts';
import { DraftWords } from './DraftWords.tsx';
import { fieldName } from './field-words.tsx';
import { MomentInput } from './MomentInput.tsx';
import { Sheet } from './Sheet.tsx';
import { saySaved } from './saved-word.ts';

type Fields = Record<string, unknown>;

// What binds an act to the record or to what was read; changing it would make another act of it.
const bound =
  /^(id|entry_id|finding_id|clash_id|item|party|strokes|shown|shown_sha256|read|engineer_id|owner_id)$/;

/** The fields of an act that a person wrote and may write otherwise, with what stands in them. */
export function changeableFields(act: VisitAct): [string, unknown][] {
  const body = act.body as Fields & { changes?: Record<string, { to: unknown }> };
  if (act.name === 'sign' || act.name === 'settle_clash') return [];
  const fields = body.changes
    ? Object.entries(body.changes).map(([name, change]): [string, unknown] => [name, change?.to])
    : Object.entries(body);
  // Whoever confirms is chosen, and the name goes with the person.
  const isNamed = act.name === 'confirm_today' || act.name === 'acknowledge_kick_off';
  return fields.filter(
    ([name, value]) => !bound.test(name) && !Array.isArray(value) && !(isNamed && name === 'name'),
  );
}

/** A refused act set right and sent once more, at the time at which it happened. */
export function ChangeItemSheet({
  item,
  page,
  onClose,
}: {
  item: OutboxItem;
  page: VisitPage;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const fields = changeableFields(item.act);
  const draft = useDraft<Fields>(`visit:${item.visit_id}:refused:${item.id}`, Object.fromEntries(fields));
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const send = async () => {
    const result = await changeItem(item.id, bodyWith(item.act, draft.value, page));
    if ('saved' in result) {
      draft.clear();
      saySaved(t('visits_phone.saved'));
      onClose();
    } else if ('refused' in result) {
      setProblem(new ProblemError({ status: 409, code: result.refused.code, params: result.refused.params }));
    } else setProblem(new ProblemError({ status: 507, code: `ui.${result.unsaved}` }));
  };
  return (
    <Sheet
      title={t('visits_phone.refused.change_title', { name: t(`offline.acts.${item.act.name}`) })}
      onClose={onClose}
      onSubmit={() => void send()}
      foot={
        <>
          <ActProblem error={problem} />
          <Button type="submit">{t('visits_phone.refused.send_again')}</Button>
        </>
      }
    >
      <DraftWords draft={draft} />
      {fields.map(([name]) => (
        <Field
          key={name}
          act={item.act}
          name={name}
          value={draft.value[name]}
          page={page}
          onChange={(value) => draft.change((before) => ({ ...before, [name]: value }))}
        />
      ))}
    </Sheet>
  );
}

function bodyWith(act: VisitAct, values: Fields, { about }: VisitPage): VisitAct['body'] {
  const body = act.body as Fields & { changes?: Record<string, { from: unknown; to: unknown }> };
  if (!body.changes) {
    const contact = 'contact_id' in values && contactOf(about, values.contact_id as string | null);
    return { ...body, ...values, ...(contact && { name: contact.name }) } as VisitAct['body'];
  }
  const changes = Object.fromEntries(
    Object.entries(body.changes).map(([name, change]) => [
      name,
      name in values ? { ...change, to: values[name] } : change,
    ]),
  );
  return { ...body, changes } as VisitAct['body'];
}

type FieldProps = {
  act: VisitAct;
  name: string;
  value: unknown;
  page: VisitPage;
  onChange: (value: unknown) => void;
};

function Field({ act, name, value, page, onChange }: FieldProps) {
  const { t } = useTranslation();
  const label = fieldName(name, t);
  if (/(_at|_from|_to)$/.test(name)) {
    return (
      <MomentInput
        label={label}
        value={(value as Instant | null) ?? null}
        zone={zoneOf(page.about)}
        onChange={onChange}
        {...(name === 'ended_at' && { none: t('visits_phone.log.runs') })}
      />
    );
  }
  const choices = choicesOf(act, name, page, t);
  if (choices) {
    return (
      <NativeSelect
        label={label}
        // Whoever was named and may not is none of the choices.
        value={choices.find((choice) => choice.value === value)?.value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || null)}
        data={choices}
      />
    );
  }
  if (typeof value === 'boolean') {
    return (
      <Switch label={label} checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
    );
  }
  if (typeof value === 'number') {
    return (
      <NumberInput label={label} value={value} onChange={(next) => onChange(Number(next))} hideControls />
    );
  }
  return (
    <Textarea
      label={label}
      autosize
      value={(value as string | null) ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

type Choices = { value: string; label: string }[];

function choicesOf(
  act: VisitAct,
  name: string,
  { visit, about }: VisitPage,
  t: ReturnType<typeof useTranslation>['t'],
): Choices | null {
  const some = (values: readonly string[], prefix: string) =>
    values.map((value) => ({ value, label: t(`${prefix}.${value}`) }));
  if (name === 'kind')
    return act.name === 'edit' ? some(visitKinds, 'visits.kinds') : some(workKinds, 'visits.work_kinds');
  if (name === 'risk') return some(risks, 'visits.risks');
  // To a wrap-up the customer answers in words of their own.
  if (name === 'reaction' && act.name !== 'wrap_up')
    return [
      { value: '', label: t('visits_phone.finding.no_reaction') },
      ...some(['agrees', 'disagrees', 'later'], 'visits.reactions'),
    ];
  if (name === 'promised_today') return some(['nothing', 'noted'], 'visits_phone.promised');
  if (name === 'state') return some(['ticked', 'waived', 'open'], 'visits_phone.readiness.states');
  if (name.endsWith('contact_id'))
    return [
      { value: '', label: t('visits_phone.choose') },
      ...(act.name === 'confirm_today'
        ? about.contacts.filter(({ id }) => mayConfirmToday(visit, id))
        : about.contacts
      ).map((contact) => ({ value: contact.id, label: contactWords(contact, t) })),
    ];
  return null;
}
