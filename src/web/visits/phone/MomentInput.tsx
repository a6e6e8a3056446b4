import { Button, Group, Input } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instant } from '#domain/ground/instant.ts';
import { correctedNow } from '../../offline/device-clock.ts';
import { zoneWords } from '../../ui/time-words.ts';
import { useWords } from '../../ui/use-words.ts';
import { instantOfWall, wallOf } from '../../ui/wall-time.ts';
import style from './MomentInput.module.css';

type Props = {
  label: ReactNode;
  value: Instant | null;
  onChange: (value: Instant | null) => void;
  zone: string;
  /** A word for no time at all: it still runs. */
  none?: string;
  /** Other times at one tap. */
  near?: { label: string; at: Instant }[];
};

/** A time that has been: now with one tap, any other in the device's own field. */
export function MomentInput({ label, value, onChange, zone, none, near = [] }: Props) {
  const words = useWords();
  const { t } = useTranslation();
  const id = useId();
  return (
    <Input.Wrapper
      id={id}
      label={label}
      description={zone === words.zone ? undefined : t('ui.when.in_zone', { zone: zoneWords(zone, t) })}
    >
      <input
        id={id}
        type="datetime-local"
        className={style.field}
        value={value ? wallOf(value, zone) : ''}
        onChange={(event) => {
          const at = instantOfWall(event.currentTarget.value, zone);
          if (at !== null || none !== undefined) onChange(at);
        }}
      />
      <Group gap="sm" mt="sm">
        <Button size="xs" variant="default" onClick={() => onChange(correctedNow())}>
          {t('visits_phone.now')}
        </Button>
        {near.map((other) => (
          <Button key={other.label} size="xs" variant="default" onClick={() => onChange(other.at)}>
            {other.label}
          </Button>
        ))}
        {none && (
          <Button
            size="xs"
            variant={value === null ? 'filled' : 'default'}
            aria-pressed={value === null}
            onClick={() => onChange(null)}
          >
            {none}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
}
