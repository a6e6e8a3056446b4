import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconDownload, IconFileText, IconRubberStamp, IconSignature } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { locales } from '#domain/people/person.ts';
import { printFormats, type ReportRow } from '#domain/reports/commands.ts';
import { ActProblem, ErrorState } from '../ui/ErrorState.tsx';
import { FileStrip } from '../ui/FileDrop.tsx';
import { Hint } from '../ui/Hint.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { say } from '../ui/undo.ts';
import { visitQuery } from '../visits/api.ts';
import { VisitSection } from '../visits/desk/VisitSection.tsx';
import { useMayAct } from '../visits/may-act.ts';
import { downloadPath, reportsQuery, useMakeReport } from './api.ts';
import style from './reports.module.css';
import { StampedPaperDialog } from './StampedPaperDialog.tsx';

/** R27: the report of a visit in its versions: made, downloaded, and stamped paper beside the one it was printed from. */
export function ReportPanel({ visitId }: { visitId: string }) {
  const { t, i18n } = useTranslation();
  const { data: page } = useQuery(visitQuery(visitId));
  const { data, error, refetch } = useQuery(reportsQuery({ id: visitId, version: page?.visit.version }));
  const reports = data?.items;
  const { mayAct } = useMayAct(page?.visit ?? { engineer_id: '' });
  const [language, setLanguage] = useState(i18n.language === 'en' ? 'en' : 'zh-CN');
  const [id, setId] = useState(uuidv7);
  const make = useMakeReport(visitId, {
    onDone: ({ version }) => {
      setId(uuidv7());
      say({ text: t('reports.made', { version }) });
    },
  });
  return (
    <VisitSection
      name="reports"
      title={t('reports.title')}
      acts={
        mayAct && (
          <Button
            size="xs"
            leftSection={<IconFileText size="1.2em" aria-hidden />}
            loading={make.isPending}
            onClick={() => make.mutate({ id })}
          >
            {t(data?.record_changed ? 'reports.make_new' : 'reports.make')}
          </Button>
        )
      }
    >
      <p className={style.lead}>{t('reports.lead')}</p>
      <ActProblem error={make.error} isKept={false} />
      {error && !reports && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !reports && <Skeleton height={72} radius="md" />}
      {reports?.length === 0 && <p className={style.empty}>{t('reports.empty')}</p>}
      {reports !== undefined && reports.length > 0 && (
        <>
          <SegmentedControl
            className={style.language}
            size="xs"
            aria-label={t('reports.language')}
            data={locales.map((locale) => ({ value: locale, label: t(`reports.download_in.${locale}`) }))}
            value={language}
            onChange={setLanguage}
          />
          <ul className={style.versions}>
            {reports.map((report, index) => (
              <li key={report.id} className={style.version}>
                <Version
                  report={report}
                  isLatest={index === 0}
                  hasRecordChanged={index === 0 && data?.record_changed === true}
                  language={language}
                  customerId={mayAct ? page?.visit.customer_id : undefined}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </VisitSection>
  );
}

type VersionProps = {
  report: ReportRow;
  isLatest: boolean;
  /** What it prints is no longer what the record says. */
  hasRecordChanged: boolean;
  language: string;
  /** Whose paper it is; missing where the reader may bind none. */
  customerId: string | undefined;
};

function Version({ report, isLatest, hasRecordChanged, language, customerId }: VersionProps) {
  const { t } = useTranslation();
  const [isBinding, setBinding] = useState(false);
  const { version, signed } = report;
  return (
    <>
      <div className={style.head}>
        <strong>{t('reports.version', { version })}</strong>
        {signed && (
          <span className={style.signed}>
            <IconSignature size="1.1em" aria-hidden />
            {t('reports.signed_version')}
          </span>
        )}
        {isLatest && <span className={style.latest}>{t('reports.latest')}</span>}
        <span className={style.by}>
          {report.made_by_name
            ? t('reports.made_by', { name: report.made_by_name })
            : t('reports.made_itself')}
          {' · '}
          <TimeText at={report.made_at} />
        </span>
      </div>
      {hasRecordChanged && (
        <p className={style.changed} role="note">
          {t(signed ? 'reports.changed_signed' : 'reports.changed', { version: version + 1 })}
        </p>
      )}
      {signed && (
        <p className={style.signer}>
          {t('reports.signed_by', { name: signed.name, role: signed.role })} <TimeText at={signed.at} />
        </p>
      )}
      <Hint label={t('reports.hash_help')}>
        <code className={style.hash}>{t('reports.hash', { hash: report.sha256 })}</code>
      </Hint>
      <div className={style.acts}>
        {printFormats.map((format) => (
          <Button
            key={format}
            component="a"
            size="xs"
            variant="default"
            href={downloadPath({ id: report.id, format, language })}
            download
            leftSection={<IconDownload size="1.2em" aria-hidden />}
            aria-label={t('reports.download_of', {
              what: t(`reports.download_${format}`),
              version,
              language: t(`reports.download_in.${language}`),
            })}
          >
            {t(`reports.download_${format}`)}
          </Button>
        ))}
        {customerId && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconRubberStamp size="1.2em" aria-hidden />}
            onClick={() => setBinding(true)}
          >
            {t('reports.stamped.bind')}
          </Button>
        )}
      </div>
      {report.stamped_papers.length > 0 && (
        <div className={style.papers}>
          <h3>{t('reports.stamped.listed')}</h3>
          {report.stamped_papers.map((paper) => (
            <div key={paper.id} className={style.paper}>
              <FileStrip files={[paper.file]} />
              <span className="cp-soft">
                {t('reports.stamped.bound_by', { name: paper.bound_by_name })}{' '}
                <TimeText at={paper.bound_at} />
              </span>
            </div>
          ))}
        </div>
      )}
      {isBinding && customerId && (
        <StampedPaperDialog report={report} customerId={customerId} onClose={() => setBinding(false)} />
      )}
    </>
  );
}
