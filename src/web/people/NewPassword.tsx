import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refusePassword, shortestPassword } from '#domain/people/passwords.ts';

type Props = {
  value: string;
  onChange: (password: string) => void;
  /** Name, address: what a password should not be made of. */
  about?: readonly string[];
  label?: string;
  autoFocus?: boolean;
};

/** A password being chosen; what is wrong with it is said when leaving the field, by the server's own rule. */
export function NewPassword({ value, onChange, about = [], label, autoFocus }: Props) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(false);
  const refusal = value === '' ? null : refusePassword(value, about);
  return (
    <PasswordInput
      label={label ?? t('people.password')}
      description={t('people.password_hint', { min: shortestPassword })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => setLeft(true)}
      error={left && refusal ? t(`refusals.${refusal.code}.text`, refusal.params) : undefined}
      autoComplete="new-password"
      autoFocus={autoFocus ?? false}
      visibilityToggleButtonProps={{ 'aria-label': t('people.show_password') }}
    />
  );
}

export function isGoodPassword(password: string, about: readonly string[] = []): boolean {
  return password !== '' && refusePassword(password, about) === null;
}
