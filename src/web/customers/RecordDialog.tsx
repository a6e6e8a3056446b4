import { Button, Checkbox, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClashView } from '../ui/ClashView.tsx';
import { DraftNotice } from '../ui/DraftNotice.tsx';
import { type Draft, useDraft } from '../ui/drafts.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import type { ProblemError } from '../ui/problem.ts';
import style from './forms.module.css';

export type FieldValue = string | string[];
export type Values = Record<string, FieldValue>;

export type Field = {
  name: string;
  label: string;
  help?: string;
  /** `own`: drawn by the dialog's children. */
  kind?: 'text' | 'area' | 'select' | 'checks' | 'date' | 'number' | 'email' | 'tel' | 'own';
  options?: { value: string; label: string }[];
  required?: boolean;
  max?: number;
  /** Half the width, so that two short ones stand side by side. */
  half?: boolean;
  /** Says what is wrong with a value, in the reader's words. */
  check?: (value: FieldValue) => string | null;
  /** How a value reads where two people's stand side by side. */
  show?: (value: FieldValue) => string;
};

type Props = {
  /** What the draft is kept under: one for each thing that is edited. */
  name: string;
  title: string;
  fields: Field[];
  /** What stands now: empty for something new. */
  present: Values;
  submit: string;
  problem: ProblemError | null;
  isPending: boolean;
  onSubmit: (form: { id: string; values: Values; base: Values; done: () => void }) => void;
  onClose: () => void;
  /** Below the fields: what needs more than a line. */
  children?: (draft: Draft<Form>) => ReactNode;
};

export type Form = { values: Values; base: Values };

/**
 * The form behind every "new" and "edit" here: labels above, checked when leaving a field, kept as a draft until
 * the server confirmed, ⌘Enter sends, and two people's changes side by side when they meet.
 */
export function RecordDialog(props: Props) {
  const { t } = useTranslation();
  const isPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const draft = useDraft<Form>(props.name, { values: props.present, base: props.present });
  const [left, setLeft] = useState<Record<string, boolean>>({});
  const { values, base } = draft.value;
  const change = (name: string, value: FieldValue) =>
    draft.change((form) => ({ ...form, values: { ...form.values, [name]: value } }));
  const wrong = (field: Field) => complaint(field, values[field.name] ?? '', t('customers.form.required'));
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    setLeft(Object.fromEntries(props.fields.map((field) => [field.name, true])));
    if (props.isPending || props.fields.some(wrong)) return;
    const done = () => {
      draft.clear();
      props.onClose();
    };
    props.onSubmit({ id: draft.id, values, base, done });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit();
  };
  const isClash = props.problem?.code === 'ground.clash';
  return (
    <Modal opened onClose={props.onClose} title={props.title} size="lg" fullScreen={isPhone}>
      <form onSubmit={submit} onKeyDown={onKeyDown} className={style.form} noValidate>
        <DraftNotice draft={draft} />
        {props.fields
          .filter((field) => field.kind !== 'own')
          .map((field) => (
            <div key={field.name} className={field.half ? style.half : style.full}>
              <FieldInput
                field={field}
                value={values[field.name] ?? ''}
                error={left[field.name] ? wrong(field) : null}
                onChange={(value) => change(field.name, value)}
                onLeave={() => setLeft((before) => ({ ...before, [field.name]: true }))}
              />
            </div>
          ))}
        {props.children && <div className={style.full}>{props.children(draft)}</div>}
        {isClash ? (
          <div className={style.full}>
            <Clashes problem={props.problem as ProblemError} fields={props.fields} draft={draft} />
          </div>
        ) : (
          props.problem && (
            <div className={style.full}>
              <ActProblem error={props.problem} />
            </div>
          )
        )}
        <div className={style.formActs}>
          <Button type="submit" loading={props.isPending}>
            {props.submit}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('customers.form.later')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function complaint(field: Field, value: FieldValue, required: string): string | null {
  const isEmpty = value.length === 0 || (typeof value === 'string' && value.trim() === '');
  if (isEmpty) return field.required ? required : null;
  return field.check?.(value) ?? null;
}

type InputProps = {
  field: Field;
  value: FieldValue;
  error: string | null;
  onChange: (value: FieldValue) => void;
  onLeave: () => void;
};

function FieldInput({ field, value, error, onChange, onLeave }: InputProps) {
  const common = {
    label: field.label,
    description: field.help,
    error,
    withAsterisk: field.required,
    onBlur: onLeave,
    // Help below, so that fields side by side stand on one line.
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
      | 'label'
      | 'input'
      | 'description'
      | 'error'
    )[],
  };
  if (field.kind === 'checks') {
    return (
      <Checkbox.Group {...common} value={value as string[]} onChange={(next) => onChange(next)}>
        <div className={style.checks}>
          {field.options?.map((option) => (
            <Checkbox key={option.value} value={option.value} label={option.label} />
          ))}
        </div>
      </Checkbox.Group>
    );
  }
  const text = { ...common, value: value as string, maxLength: field.max };
  if (field.kind === 'area') {
    return <Textarea {...text} rows={3} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  if (field.kind === 'select') {
    return (
      <NativeSelect
        {...common}
        value={value as string}
        data={field.options ?? []}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  const type = field.kind === 'number' ? 'text' : (field.kind ?? 'text');
  return (
    <TextInput
      {...text}
      type={type}
      inputMode={field.kind === 'number' ? 'numeric' : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

type ClashesProps = { problem: ProblemError; fields: Field[]; draft: Draft<Form> };

function Clashes({ problem, fields, draft }: ClashesProps) {
  const { t } = useTranslation();
  const all = (problem.params.clashes ?? []) as { field: string; yours: unknown; theirs: unknown }[];
  const open = all.filter(({ field, theirs }) => !isSame(draft.value.base[field], asValue(theirs)));
  if (open.length === 0) return <p role="status">{t('customers.form.clash_settled')}</p>;
  const settle = (name: string, keep: 'mine' | 'theirs') => {
    const theirs = asValue(open.find((clash) => clash.field === name)?.theirs);
    draft.change((form) => ({
      base: { ...form.base, [name]: theirs },
      values: keep === 'mine' ? form.values : { ...form.values, [name]: theirs },
    }));
  };
  const shown = (name: string, value: FieldValue) => {
    const field = fields.find((one) => one.name === name);
    if (field?.show) return field.show(value);
    const options = field?.options ?? [];
    const labels = [value].flat().map((one) => options.find((option) => option.value === one)?.label ?? one);
    return labels.join(t('customers.list_comma')) || t('customers.form.nothing');
  };
  return (
    <ClashView
      clashes={open.map(({ field, theirs }) => ({
        field,
        label: fields.find((one) => one.name === field)?.label ?? '',
        yours: shown(field, draft.value.values[field] ?? ''),
        theirs: shown(field, asValue(theirs)),
      }))}
      onTakeMine={(field) => settle(field, 'mine')}
      onTakeTheirs={(field) => settle(field, 'theirs')}
    />
  );
}

/** A value of a row as a field holds it. */
export function asValue(value: unknown): FieldValue {
  if (Array.isArray(value)) return value.map(String);
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The fields of a row as a form holds them. */
export function asValues(row: Record<string, unknown>, fields: readonly { name: string }[]): Values {
  return Object.fromEntries(fields.map(({ name }) => [name, asValue(row[name])]));
}

export function isSame(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  const shape = (value: FieldValue | undefined) =>
    JSON.stringify(Array.isArray(value) ? [...value].sort() : (value ?? ''));
  return shape(a) === shape(b);
}

/** What a PATCH sends: each changed field with what it was based on. `read` turns a form's value into a row's. */
export function changesOf(
  form: { values: Values; base: Values },
  read: (name: string, value: FieldValue) => unknown,
): Record<string, { from: unknown; to: unknown }> {
  const names = Object.keys(form.values).filter((name) => !isSame(form.values[name], form.base[name]));
  return Object.fromEntries(
    names.map((name) => [
      name,
      { from: read(name, form.base[name] ?? ''), to: read(name, form.values[name] ?? '') },
    ]),
  );
}

/** A line or nothing: how most fields are read. */
export function textOrNull(value: FieldValue): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}
