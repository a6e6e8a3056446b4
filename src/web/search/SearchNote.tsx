import { useTranslation } from 'react-i18next';
import { longestQuery } from '#domain/search/query-length.ts';
import style from './search.module.css';

/** What a pasted log would not lead one to expect: only its beginning is searched. */
export function CutNote({ wording }: { wording: string }) {
  const { t } = useTranslation();
  // The field is full by then, and what was pasted is longer; half a character less where one would be cut.
  if (wording.length < longestQuery - 1) return null;
  return (
    <p role="status" className={style.note}>
      {t('search.cut', { most: longestQuery })}
    </p>
  );
}

/** A message has no state, so none is found while one is chosen. */
export function StateNote({ state }: { state: string | undefined }) {
  const { t } = useTranslation();
  return state ? <p className={style.note}>{t('search.state_note')}</p> : null;
}
