import { Checkbox, Input, MultiSelect, Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instant } from '#domain/ground/instant.ts';
import type { VisitKind } from '#domain/visits/visit.ts';
import { visitKinds } from '#domain/visits/visit.ts';
import { customerPartsQuery } from '../../tickets/api.ts';
import { zoneWords } from '../../ui/time-words.ts';
import { useWords } from '../../ui/use-words.ts';
import { instantOfWall } from '../../ui/wall-time.ts';
import style from './visit-forms.module.css';

/** What is planned of a visit, as a form holds it: times as the site's clocks show them. */
export type VisitPlan = {
  kind: VisitKind;
  is_emergency: boolean;
  emergency_reason: string;
  from: string;
  to: string;
  site_id: string | null;
  goal: string;
  done_when: string;
  not_today: string;
  interface_contact_id: string | null;
  signer_ids: string[];
};

/** The customer's sites and people, and the zone in which a visit to one of the sites is planned. */
export function useWhere(customerId: string, siteId: string | null, fallbackZone: string) {
  const { data } = useQuery(customerPartsQuery(customerId));
  const site = data?.sites.find(({ id }) => id === siteId);
  const contacts = (data?.contacts ?? []).filter(({ left_at }) => left_at === null);
  return { sites: data?.sites ?? [], contacts, zone: site?.zone ?? data?.zone ?? fallbackZone };
}

/** The instants of a plan, null while a time is missing. */
export function spanOf(plan: Pick<VisitPlan, 'from' | 'to'>, zone: string) {
  return { from: instantOfWall(plan.from, zone), to: instantOfWall(plan.to, zone) };
}

export const isReversed = (span: { from: Instant | null; to: Instant | null }) =>
  span.from !== null && span.to !== null && span.to <= span.from;

type Props = {
  customerId: string;
  zone: string;
  value: VisitPlan;
  onChange: (part: Partial<VisitPlan>) => void;
  /** Between the times and the words: whoever is planned, and what else they have. */
  children?: React.ReactNode;
};

/** When, where, what kind, what for and with whom: in planning and in changing a plan. */
export function VisitFields({ customerId, zone, value, onChange, children }: Props) {
  const { t } = useTranslation();
  const where = useWhere(customerId, value.site_id, zone);
  const people = where.contacts.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Select
        label={t('visits.plan.site')}
        data={where.sites.map(({ id, name }) => ({ value: id, label: name }))}
        value={value.site_id}
        onChange={(site_id) => onChange({ site_id })}
        clearable
      />
      <Select
        label={t('visits.plan.kind')}
        data={visitKinds.map((kind) => ({ value: kind, label: t(`visits.kinds.${kind}`) }))}
        value={value.kind}
        onChange={(kind) => kind && onChange({ kind: kind as VisitKind })}
        allowDeselect={false}
      />
      <Times zone={where.zone} value={value} onChange={onChange} />
      {children}
      <Checkbox
        className={style.full}
        label={t('visits.plan.is_emergency')}
        description={t('visits.plan.emergency_help')}
        checked={value.is_emergency}
        onChange={(event) => onChange({ is_emergency: event.currentTarget.checked })}
      />
      {value.is_emergency && (
        <Textarea
          className={style.full}
          label={t('visits.plan.emergency_reason')}
          description={t('visits.plan.emergency_reason_help')}
          autosize
          maxLength={500}
          required
          // A draft from before it was asked for has none.
          value={value.emergency_reason ?? ''}
          onChange={(event) => onChange({ emergency_reason: event.currentTarget.value })}
        />
      )}
      <Textarea
        className={style.full}
        label={t('visits.plan.goal')}
        description={t('visits.plan.goal_help')}
        autosize
        minRows={2}
        maxLength={2_000}
        value={value.goal}
        onChange={(event) => onChange({ goal: event.currentTarget.value })}
      />
      <Textarea
        label={t('visits.plan.done_when')}
        autosize
        minRows={2}
        maxLength={2_000}
        value={value.done_when}
        onChange={(event) => onChange({ done_when: event.currentTarget.value })}
      />
      <Textarea
        label={t('visits.plan.not_today')}
        autosize
        minRows={2}
        maxLength={2_000}
        value={value.not_today}
        onChange={(event) => onChange({ not_today: event.currentTarget.value })}
      />
      <Select
        label={t('visits.plan.interface')}
        description={t('visits.plan.interface_help')}
        data={people}
        value={value.interface_contact_id}
        onChange={(interface_contact_id) => onChange({ interface_contact_id })}
        placeholder={t('visits.plan.nobody')}
        clearable
      />
      <MultiSelect
        label={t('visits.plan.signers')}
        description={t('visits.plan.signers_help')}
        data={people.filter(({ value: id }) => id !== value.interface_contact_id)}
        value={value.signer_ids}
        maxValues={10}
        onChange={(signer_ids) => onChange({ signer_ids })}
        placeholder={value.signer_ids.length === 0 ? t('visits.plan.nobody') : undefined}
      />
    </>
  );
}

/** From and to in the site's zone, which is named where it is not the reader's. */
function Times({ zone, value, onChange }: Pick<Props, 'zone' | 'value' | 'onChange'>) {
  const { t } = useTranslation();
  const { zone: own } = useWords();
  const id = useId();
  const change = (part: { from?: string; to?: string }) => {
    // Whoever moves the beginning to another day means the end, too.
    const isMoved = part.from !== undefined && part.from.slice(0, 10) > value.to.slice(0, 10);
    onChange(isMoved ? { ...part, to: `${part.from?.slice(0, 10)}${value.to.slice(10)}` } : part);
  };
  const wrong = isReversed(spanOf(value, zone));
  return (
    <>
      <div className={style.time}>
        <Input.Label htmlFor={`${id}from`}>{t('visits.plan.from')}</Input.Label>
        <input
          id={`${id}from`}
          type="datetime-local"
          value={value.from}
          required
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
      </div>
      <div className={style.time}>
        <Input.Label htmlFor={`${id}to`}>{t('visits.plan.to')}</Input.Label>
        <input
          id={`${id}to`}
          type="datetime-local"
          value={value.to}
          min={value.from}
          required
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? `${id}wrong` : undefined}
          onChange={(event) => change({ to: event.currentTarget.value })}
        />
      </div>
      {wrong && (
        <p id={`${id}wrong`} className={`${style.full} ${style.wrong}`}>
          {t('visits.plan.reversed')}
        </p>
      )}
      {zone !== own && (
        <p className={`${style.full} cp-soft`}>{t('visits.plan.in_zone', { zone: zoneWords(zone, t) })}</p>
      )}
    </>
  );
}
