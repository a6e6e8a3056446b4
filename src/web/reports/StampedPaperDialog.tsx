import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#domain/reports/commands.ts';
import { comparedSigns } from '#domain/reports/making.ts';
import { useDraft } from '../ui/drafts.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { FileDrop, type KeptFile } from '../ui/FileDrop.tsx';
import { say } from '../ui/undo.ts';
import { useBindStampedPaper } from './api.ts';
import style from './reports.module.css';

type Props = { report: ReportRow; customerId: string; onClose: () => void };

/** Printed, stamped, photographed: bound to this version, once the hash on the paper was compared with it. */
export function StampedPaperDialog({ report, customerId, onClose }: Props) {
  const { t } = useTranslation();
  const draft = useDraft<{ files: KeptFile[] }>(`report:${report.id}:stamped`, { files: [] });
  const [hasCompared, setCompared] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const bind = useBindStampedPaper(report.id);
  const { files } = draft.value;
  const change = (next: (before: KeptFile[]) => KeptFile[]) =>
    draft.change((before) => ({ files: next(before.files) }));
  const bindAll = async () => {
    for (const { id } of files) {
      await bind.mutateAsync({ id, file_id: id, sha256: report.sha256 });
      change((before) => before.filter((file) => file.id !== id));
    }
    draft.clear();
    say({ text: t('reports.stamped.done', { version: report.version }) });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('reports.stamped.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // What was refused stays in the dialog with its reason.
          bindAll().catch(() => {});
        }}
      >
        <Stack>
          <p className="cp-soft">{t('reports.stamped.lead', { version: report.version })}</p>
          <FileDrop files={files} onChange={change} customerId={customerId} onBusy={setBusy}>
            <p className={style.dropHead}>
              <strong>{t('reports.stamped.files')}</strong>
              <span className="cp-soft">{t('reports.stamped.files_help')}</span>
            </p>
          </FileDrop>
          <Checkbox
            label={t('reports.stamped.check', { hash: report.sha256.slice(0, comparedSigns) })}
            description={t('reports.stamped.check_help')}
            checked={hasCompared}
            onChange={(event) => setCompared(event.currentTarget.checked)}
          />
          <ActProblem error={bind.error} />
          <Group>
            <Button
              type="submit"
              loading={bind.isPending}
              disabled={files.length === 0 || !hasCompared || isBusy}
            >
              {t('reports.stamped.save', { version: report.version })}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
