import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { type ImportKind, type ImportPreview, importKinds } from '#domain/imports/commands.ts';
import type { ImportOptions } from '#domain/imports/mapping.ts';
import { BackLink } from '../ui/BackLink.tsx';
import { useDraft } from '../ui/drafts.ts';
import { ActProblem, ErrorState } from '../ui/ErrorState.tsx';
import { FileDrop } from '../ui/FileDrop.tsx';
import { RowSkeletons } from '../ui/List.tsx';
import { Screen } from '../ui/Screen.tsx';
import { previewQuery, useStartImport } from './api.ts';
import { DryRun } from './DryRun.tsx';
import style from './imports.module.css';
import { MappingForm, PlaceForm } from './MappingForm.tsx';
import { emptyDraft, type ImportDraft, optionsFrom, proposalOf } from './mapping-draft.ts';

/** A file, what its columns are, a dry run, and then the import: in this order, on one page. */
export function NewImportScreen() {
  const { t } = useTranslation();
  const draft = useDraft<ImportDraft>('import:new', emptyDraft);
  const { value } = draft;
  const change = (next: Partial<ImportDraft>) => draft.change((before) => ({ ...before, ...next }));
  const file = value.files.at(-1);
  return (
    <Screen
      title={t('imports.new.title')}
      back={<BackLink to="/settings/imports" label={t('imports.title')} />}
    >
      <section className={style.block}>
        <h2>{t('imports.new.file')}</h2>
        <SegmentedControl
          mb="sm"
          aria-label={t('imports.kind')}
          value={value.kind}
          onChange={(kind) => change({ kind: kind as ImportKind })}
          data={importKinds.toReversed().map((kind) => ({ value: kind, label: t(`imports.kinds.${kind}`) }))}
        />
        <FileDrop
          files={value.files}
          onChange={(next) =>
            draft.change((before) => ({
              ...emptyDraft,
              kind: before.kind,
              files: next(before.files).slice(-1),
            }))
          }
        >
          <p className="cp-soft">{t(`imports.new.help.${value.kind}`)}</p>
        </FileDrop>
      </section>
      {file && <Look key={file.id} fileId={file.id} draft={value} change={change} onStarted={draft.clear} />}
    </Screen>
  );
}

type LookProps = {
  fileId: string;
  draft: ImportDraft;
  change(next: Partial<ImportDraft>): void;
  onStarted(): void;
};

function Look({ fileId, draft, change, onStarted }: LookProps) {
  const { data: preview, error, refetch } = useQuery(previewQuery({ file_id: fileId, kind: draft.kind }));
  // A file that looks like the export of a known desk is mapped at once; people may change all of it.
  const proposed = preview?.preset && draft.kind === 'tickets' && draft.preset === '' && draft.source === '';
  useEffect(() => {
    if (proposed && preview) change(proposalOf(preview.preset as string, preview));
  }, [proposed]);
  if (error && !preview) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!preview) return <RowSkeletons count={4} />;
  return (
    <>
      <FirstRows preview={preview} />
      {draft.kind === 'tickets' && <MappingForm draft={draft} preview={preview} change={change} />}
      <PlaceForm draft={draft} change={change} />
      <TryAndStart fileId={fileId} draft={draft} onStarted={onStarted} />
    </>
  );
}

function FirstRows({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation();
  const { encoding, separator } = preview;
  return (
    <section className={style.block}>
      <h2>{t('imports.new.first_rows')}</h2>
      <p className="cp-soft">
        {[
          t(`imports.formats.${preview.format}`),
          encoding?.toUpperCase(),
          separator && t('imports.new.separator', { sign: separator === '\t' ? 'Tab' : separator }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too */}
      <section className={style.scroll} tabIndex={0} aria-label={t('imports.new.first_rows')}>
        <table className={style.table}>
          <thead>
            <tr>
              {preview.columns.map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, number) => (
              <tr key={number}>
                {preview.columns.map((name) => (
                  <td key={name}>{row[name]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function TryAndStart({ fileId, draft, onStarted }: Pick<LookProps, 'fileId' | 'draft' | 'onStarted'>) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [id] = useState(uuidv7);
  const [tried, setTried] = useState<ImportOptions | null>(null);
  const options = optionsFrom(draft, {
    customer: t('import_words.unknown_customer'),
    contact: t('import_words.unknown_contact'),
  });
  const isTried = tried !== null && JSON.stringify(tried) === JSON.stringify(options);
  const start = useStartImport((started) => {
    onStarted();
    void navigate({ to: `/settings/imports/${started}` });
  });
  return (
    <section className={style.block}>
      <h2>{t('imports.dry_run.title')}</h2>
      {!options && <p className="cp-soft">{t('imports.dry_run.incomplete')}</p>}
      <Button variant="default" disabled={!options} onClick={() => setTried(options)}>
        {t('imports.dry_run.act')}
      </Button>
      {isTried && <DryRun look={{ file_id: fileId, kind: draft.kind, options: tried }} />}
      <ActProblem error={start.error} />
      {isTried && (
        <Button
          mt="md"
          loading={start.isPending}
          onClick={() => start.mutate({ id, file_id: fileId, kind: draft.kind, options: tried })}
        >
          {t('imports.new.act')}
        </Button>
      )}
    </section>
  );
}
