import { Button, CopyButton, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import style from './Rows.module.css';

/** A link or secret that is shown now and never again: to copy, or to select where copying is not possible. */
export function ShownOnce({ label, value, hint }: { label: string; value: string; hint: string }) {
  const { t } = useTranslation();
  return (
    <div className={style.once}>
      <div>{hint}</div>
      <div className={style.onceRow}>
        <TextInput
          aria-label={label}
          className={style.onceValue}
          value={value}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={value} timeout={3_000}>
          {({ copied, copy }) => (
            <Button onClick={copy} aria-live="polite">
              {t(copied ? 'people.copied' : 'people.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}

/** The server knows itself by PUBLIC_URL; whoever came by another address gets the link under that one. */
export function linkHere(link: string): string {
  const url = new URL(link);
  return url.hostname === 'localhost' ? new URL(url.pathname, location.origin).href : link;
}
