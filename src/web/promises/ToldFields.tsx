import { Radio, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { toldHow } from '#domain/promises/commands.ts';
import type { Told } from './api.ts';

export type ToldDraft = { how: Told['told_how'] | null; note: string };

/** How the customer was told: nothing is settled without it. */
export function ToldFields({ value, onChange }: { value: ToldDraft; onChange: (next: ToldDraft) => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Radio.Group
        label={t('promises.told_how')}
        value={value.how}
        onChange={(how) => onChange({ ...value, how: how as Told['told_how'] })}
      >
        <Stack gap="xs" mt="xs">
          {toldHow.options.map((how) => (
            <Radio key={how} value={how} label={t(`promises.told.${how}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('promises.told_note')}
        value={value.note}
        onChange={(event) => onChange({ ...value, note: event.currentTarget.value })}
        autosize
        minRows={2}
        maxLength={1000}
      />
    </Stack>
  );
}

export function toldFrom(draft: ToldDraft & { how: Told['told_how'] }): Told {
  return { told_how: draft.how, told_at: new Date().toISOString(), told_note: draft.note.trim() };
}
