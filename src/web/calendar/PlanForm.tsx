import { NativeSelect, Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ShownPlan } from '#domain/calendar/commands.ts';
import { Section } from '../people/Section.tsx';
import { zoneWords } from '../ui/time-words.ts';
import { useZones } from '../ui/zones.ts';
import { OwnDays } from './OwnDays.tsx';
import style from './PlanForm.module.css';
import { regionWords, useRegions } from './regions.ts';
import { TryOut } from './TryOut.tsx';
import { WeekHours } from './WeekHours.tsx';

/** Everything of a plan: hours of the week, holidays, own days, and the try-out of it all. Without `onChange` to read. */
export function PlanForm({
  plan,
  onChange,
}: {
  plan: ShownPlan;
  onChange?: (part: Partial<ShownPlan>) => void;
}) {
  const { t } = useTranslation();
  const zones = useZones();
  const regions = useRegions(plan.region);
  return (
    <>
      <Section title={t('calendar.week.title')} hint={t('calendar.week.hint')}>
        <div className={style.zone}>
          {onChange ? (
            <Select
              label={t('calendar.zone')}
              data={zones}
              value={plan.zone}
              searchable
              allowDeselect={false}
              onChange={(zone) => zone && onChange({ zone })}
            />
          ) : (
            <p>{t('calendar.in_zone', { zone: zoneWords(plan.zone, t) })}</p>
          )}
        </div>
        <WeekHours hours={plan.hours} {...(onChange ? { onChange: (hours) => onChange({ hours }) } : {})} />
      </Section>
      <Section title={t('calendar.holidays_of.title')} hint={t('calendar.holidays_of.hint')}>
        <div className={style.zone}>
          {onChange ? (
            <NativeSelect
              label={t('calendar.region')}
              data={[{ value: '', label: t('calendar.no_region') }, ...regions]}
              value={plan.region ?? ''}
              onChange={(event) => onChange({ region: event.currentTarget.value || null })}
            />
          ) : (
            <p>{plan.region ? regionWords(plan.region, t) : t('calendar.no_region')}</p>
          )}
        </div>
        <Switch
          label={t('calendar.rest_anyway')}
          description={t('calendar.rest_anyway_hint')}
          checked={plan.restAnyway}
          disabled={!onChange}
          onChange={(event) => onChange?.({ restAnyway: event.currentTarget.checked })}
        />
      </Section>
      <Section title={t('calendar.own.title')} hint={t('calendar.own.hint')}>
        <OwnDays days={plan} {...(onChange ? { onChange } : {})} />
      </Section>
      <Section title={t('calendar.try.title')} hint={t('calendar.try.hint')}>
        <TryOut plan={plan} />
      </Section>
    </>
  );
}
