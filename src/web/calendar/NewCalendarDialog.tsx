import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { ShownPlan } from '#domain/calendar/commands.ts';
import { type Shift, weekdays } from '#domain/calendar/definition.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { queryClient } from '../ui/query-client.ts';
import { useAct } from '../ui/use-act.ts';

const office: Shift[] = [
  ['09:00', '12:00'],
  ['13:30', '18:00'],
];
const always: Shift[] = [['00:00', '24:00']];
const shops: Shift[] = [['09:00', '22:00']];
const hoursOf = (shifts: Shift[], days: number) =>
  Object.fromEntries(weekdays.slice(0, days).map((day) => [day, shifts]));
const common = { zone: 'Asia/Shanghai', off: [], workdays: {}, restAnyway: false };

/** Beginnings, to be changed on the next page. */
const beginnings: Record<string, ShownPlan> = {
  office: { ...common, region: 'CN', hours: hoursOf(office, 5) },
  shops: { ...common, region: null, hours: hoursOf(shops, 7) },
  always: { ...common, region: null, hours: hoursOf(always, 7) },
};

export function NewCalendarDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [id] = useState(uuidv7);
  const [name, setName] = useState('');
  const [like, setLike] = useState('office');
  const create = useAct<void, { id: string }>(
    () => ({ method: 'POST', path: '/api/calendars', body: { id, name, plan: beginnings[like] } }),
    {
      onDone: () => {
        void queryClient.invalidateQueries({ queryKey: ['calendars'] });
        onClose();
        void navigate({ to: `/settings/calendars/${id}` });
      },
    },
  );
  const isReady = name.trim() !== '';
  return (
    <Modal opened onClose={onClose} title={t('calendar.new.title')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) create.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('calendar.name')}
            description={t('calendar.new.name_hint')}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Radio.Group label={t('calendar.new.like')} value={like} onChange={setLike}>
            <Stack gap="xs" mt="xs">
              {Object.keys(beginnings).map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`calendar.new.${one}`)}
                  description={t(`calendar.new.${one}_hint`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <ActProblem error={create.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={!isReady}>
              {t('calendar.new.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
