import { Input } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import style from './Choice.module.css';

type Props<T extends string> = {
  label: ReactNode;
  description?: ReactNode;
  value: T | null;
  options: readonly { value: T; label: ReactNode; under?: ReactNode }[];
  onChange: (value: T) => void;
  /** One below the other, for longer words. */
  stacked?: boolean;
  error?: ReactNode;
};

/** One of a few, each large enough for a gloved finger. */
export function Choice<T extends string>(props: Props<T>) {
  const { label, description, value, options, onChange, stacked = false, error } = props;
  const name = useId();
  return (
    <fieldset className={style.field}>
      <legend className={style.legend}>{label}</legend>
      {description && <p className={style.description}>{description}</p>}
      <div className={stacked ? style.stacked : style.row}>
        {options.map((option) => (
          <label key={option.value} className={style.option}>
            <input
              type="radio"
              name={name}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            <span>
              {option.label}
              {option.under && <small>{option.under}</small>}
            </span>
          </label>
        ))}
      </div>
      {error && <Input.Error>{error}</Input.Error>}
    </fieldset>
  );
}
