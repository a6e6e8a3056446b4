import { useTranslation } from 'react-i18next';
import style from './imports.module.css';

type Row = { line: number; reason: string; params: Record<string, string>; raw: string };

/** Rows that stay out: where they stand, why, and what they say. */
export function RejectTable({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too
    <section className={style.scroll} tabIndex={0} aria-label={t('imports.rejects.title')}>
      <table className={style.table}>
        <thead>
          <tr>
            <th>{t('imports.rejects.line')}</th>
            <th>{t('imports.rejects.reason')}</th>
            <th>{t('imports.rejects.row')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.line} ${row.reason}`}>
              <td>{row.line}</td>
              <td>{t(`imports.reasons.${row.reason}`, row.params)}</td>
              <td title={row.raw}>{row.raw}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
