import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportKind } from '#domain/imports/commands.ts';
import type { ImportOptions } from '#domain/imports/mapping.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { RowSkeletons } from '../ui/List.tsx';
import { previewQuery } from './api.ts';
import style from './imports.module.css';
import { RejectTable } from './RejectTable.tsx';

/** What would come in and what not, and why; nothing is written for it. */
export function DryRun({ look }: { look: { file_id: string; kind: ImportKind; options: ImportOptions } }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(previewQuery(look));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const result = data?.dry_run;
  if (!result) return <RowSkeletons count={2} />;
  return (
    <div role="status" className={style.answer}>
      <p>
        {t('imports.dry_run.result', {
          records: result.records.toLocaleString(),
          tickets: result.tickets.toLocaleString(),
          messages: result.messages.toLocaleString(),
        })}
        {result.known > 0 && t('imports.dry_run.known', { known: result.known.toLocaleString() })}
        {!result.is_whole && t('imports.dry_run.beginning')}
      </p>
      {result.rejected === 0 ? (
        <p>{t('imports.dry_run.none_rejected')}</p>
      ) : (
        <>
          <p>{t('imports.dry_run.rejected', { rejected: result.rejected.toLocaleString() })}</p>
          <ul className={style.places}>
            {Object.entries(result.reasons).map(([reason, count]) => (
              <li key={reason}>
                {t(`imports.reasons.${reason}`, { value: '…', name: '…' })}: {count}
              </li>
            ))}
          </ul>
          <RejectTable rows={result.rejects} />
        </>
      )}
    </div>
  );
}
