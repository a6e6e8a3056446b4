import { ActionIcon, Button, Group, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { VisitPage } from '#domain/visits/views.ts';
import type { KickOff } from '#domain/visits/visit.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { changesOf } from './changes-of.ts';
import { DraftWords } from './DraftWords.tsx';
import { Sheet } from './Sheet.tsx';
import style from './stations.module.css';
import { useSave } from './use-save.ts';

type Duty = { name: string; duty: string };
type Fields = Omit<KickOff, 'acknowledged'>;
export const kickOffTexts = [
  'need',
  'expectations',
  'cooperation',
  'cooperation_ordered_by',
  'plan',
  'cautions',
] as const;

/** R22: the minutes of the talk at the beginning. */
export function KickOffSheet({ page, onClose }: { page: VisitPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const { acknowledged, ...start } = visit.kick_off;
  const proposed = start.our_people.length
    ? start
    : { ...start, our_people: [{ name: visit.engineer_name, duty: '' }] };
  const draft = useDraft<{ base: Fields; fields: Fields }>(`visit:${visit.id}:kick-off`, {
    base: start,
    fields: proposed,
  });
  const { save, problem, isSaving } = useSave(visit.id);
  const { base, fields } = draft.value;
  const set = (change: Partial<Fields>) =>
    draft.change((before) => ({ ...before, fields: { ...before.fields, ...change } }));
  const whole = (people: Duty[]) => people.filter(({ name, duty }) => name.trim() && duty.trim());
  // Who was proposed and given no duty is simply not one of them.
  const isProposed = ({ name, duty }: Duty) => name === visit.engineer_name && duty.trim() === '';
  const half = [...fields.our_people, ...fields.their_people].some(
    (one) => !isProposed(one) && (one.name.trim() === '') !== (one.duty.trim() === ''),
  );
  const keep = async () => {
    if (half) return;
    const tidy = {
      ...fields,
      our_people: whole(fields.our_people),
      their_people: whole(fields.their_people),
    };
    const changes = changesOf(base, tidy);
    const hasChanged = Object.keys(changes).length > 0;
    if (hasChanged && !(await save({ name: 'edit_kick_off', body: { id: uuidv7(), changes } }))) return;
    draft.clear();
    onClose();
  };
  return (
    <Sheet
      title={t('visits_phone.kick_off.edit')}
      onClose={onClose}
      onSubmit={() => void keep()}
      foot={
        <>
          {half && <p role="alert">{t('visits_phone.kick_off.duty_missing')}</p>}
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving} disabled={half}>
            {t('visits_phone.kick_off.act')}
          </Button>
        </>
      }
    >
      <DraftWords draft={draft} />
      <People
        label={t('visits_phone.kick_off.our_people')}
        people={fields.our_people}
        onChange={(our_people) => set({ our_people })}
        known={[visit.engineer_name]}
      />
      <People
        label={t('visits_phone.kick_off.their_people')}
        people={fields.their_people}
        onChange={(their_people) => set({ their_people })}
        known={about.contacts.map(({ name }) => name)}
      />
      {kickOffTexts.map((part) => (
        <Textarea
          key={part}
          label={t(`visits_phone.kick_off.${part}`)}
          description={t(`visits_phone.kick_off.${part}_help`)}
          autosize
          minRows={part === 'cooperation_ordered_by' ? 1 : 2}
          maxLength={part === 'cooperation_ordered_by' ? 200 : 4_000}
          value={fields[part]}
          onChange={(event) => set({ [part]: event.currentTarget.value })}
        />
      ))}
    </Sheet>
  );
}

type PeopleProps = { label: string; people: Duty[]; onChange: (people: Duty[]) => void; known: string[] };

function People({ label, people, onChange, known }: PeopleProps) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<Duty>) =>
    onChange(people.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const others = known.filter((name) => !people.some((one) => one.name === name));
  return (
    <fieldset className={style.people}>
      <legend>{label}</legend>
      {people.map((one, index) => (
        <div key={index} className={style.person}>
          <TextInput
            label={t('visits_phone.kick_off.name')}
            value={one.name}
            maxLength={100}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
          />
          <TextInput
            label={t('visits_phone.kick_off.duty')}
            value={one.duty}
            maxLength={200}
            onChange={(event) => change(index, { duty: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={t('visits_phone.kick_off.remove_person', { name: one.name })}
            onClick={() => onChange(people.filter((_, at) => at !== index))}
          >
            <IconTrash size={22} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Group gap="sm">
        {others.map((name) => (
          <Button
            key={name}
            size="xs"
            variant="default"
            onClick={() => onChange([...people, { name, duty: '' }])}
          >
            {t('visits_phone.kick_off.add_known', { name })}
          </Button>
        ))}
        <Button size="xs" variant="default" onClick={() => onChange([...people, { name: '', duty: '' }])}>
          {t('visits_phone.kick_off.add_person')}
        </Button>
      </Group>
    </fieldset>
  );
}
