import { Button, Group, Input } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Instant, plusMinutes } from '#domain/ground/instant.ts';
import { zoneWords } from './time-words.ts';
import { useWords } from './use-words.ts';
import style from './WhenInput.module.css';
import { instantOfWall, wallOf } from './wall-time.ts';

type Props = {
  label: ReactNode;
  value: Instant | null;
  onChange: (value: Instant | null) => void;
  /** Whose clocks count: the customer's, for whatever is promised to them. */
  zone: string;
  error?: ReactNode;
};

/** A time ahead: the usual ones with one tap, any other in the device's own date and time field. */
export function WhenInput({ label, value, onChange, zone, error }: Props) {
  const words = useWords();
  const { t } = useTranslation();
  const id = useId();
  return (
    <Input.Wrapper
      id={id}
      label={label}
      error={error}
      description={zone === words.zone ? undefined : t('ui.when.in_zone', { zone: zoneWords(zone, t) })}
    >
      <Group gap="xs" mb="xs">
        {choicesFor(words.now, zone).map((choice) => (
          <Button
            key={choice.name}
            size="xs"
            variant={choice.at === value ? 'filled' : 'default'}
            aria-pressed={choice.at === value}
            onClick={() => onChange(choice.at)}
          >
            {t(`ui.when.${choice.name}`)}
          </Button>
        ))}
      </Group>
      <input
        id={id}
        type="datetime-local"
        className={style.field}
        value={value ? wallOf(value, zone) : ''}
        min={wallOf(words.now, zone)}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(instantOfWall(event.currentTarget.value, zone))}
      />
    </Input.Wrapper>
  );
}

const minutesADay = 1_440;

/** What people say most: in two hours, by this evening, tomorrow morning, tomorrow evening. Only what lies ahead. */
function choicesFor(now: Instant, zone: string): { name: string; at: Instant }[] {
  const at = (days: number, time: string) => {
    const date = wallOf(plusMinutes(now, days * minutesADay), zone).slice(0, 10);
    return instantOfWall(`${date}T${time}`, zone);
  };
  const inTwoHours = instantOfWall(wallOf(plusMinutes(now, 120), zone).replace(/\d$/, '0'), zone);
  const choices = [
    { name: 'two_hours', at: inTwoHours },
    { name: 'this_evening', at: at(0, '18:00') },
    { name: 'tomorrow_morning', at: at(1, '10:00') },
    { name: 'tomorrow_evening', at: at(1, '18:00') },
  ];
  return choices.filter(
    (choice): choice is { name: string; at: Instant } => choice.at !== null && choice.at > now,
  );
}
