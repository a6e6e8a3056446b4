import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PortalVisit } from '#domain/channels/commands.ts';
import { printFormats } from '#domain/reports/commands.ts';
import { downloadPath } from '../../reports/api.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { useWords } from '../../ui/use-words.ts';
import { wallOf } from '../../ui/wall-time.ts';
import { FileTile, FileTiles } from '../files/FileTile.tsx';
import { StageIcon } from './StageIcon.tsx';
import style from './VisitCard.module.css';
import { stageWords } from './visit-words.ts';

/** A visit as its customer sees it: who comes when, what is done as it happens, what we saw, the report. */
export function VisitCard({ visit }: { visit: PortalVisit }) {
  const words = useWords();
  const { t } = words;
  const card = (['goal', 'done_when', 'not_today'] as const).filter((name) => visit[name].trim() !== '');
  return (
    <article className={style.card} data-stage={visit.stage}>
      <p className={style.stage} role="status">
        <StageIcon stage={visit.stage} />
        <strong>{stageWords(visit, words)}</strong>
      </p>
      {visit.site_name && <p className={style.soft}>{t('portal_visits.site', { site: visit.site_name })}</p>}
      {card.length > 0 && (
        <dl className={style.goal}>
          {card.map((name) => (
            <div key={name}>
              <dt>{t(`portal_visits.${name}`)}</dt>
              <dd>{visit[name]}</dd>
            </div>
          ))}
        </dl>
      )}
      <Lines visit={visit} />
      {visit.findings.length > 0 && <Findings findings={visit.findings} />}
      {visit.reports.length > 0 && <Reports reports={visit.reports} />}
    </article>
  );
}

function Lines({ visit }: { visit: PortalVisit }) {
  const words = useWords();
  const { t } = words;
  if (visit.lines.length === 0) {
    const isAhead = visit.stage === 'planned' || visit.stage === 'on_the_way' || visit.stage === 'on_site';
    return isAhead ? <p className={style.soft}>{t('portal_visits.lines_later')}</p> : null;
  }
  const day = (at: string) => wallOf(at, words.zone).slice(0, 10);
  return (
    <section className={style.part}>
      <h3>{t('portal_visits.lines')}</h3>
      <ol className={style.lines}>
        {visit.lines.map((line, index) => {
          const before = visit.lines[index - 1];
          const isNewDay = before === undefined || day(before.started_at) !== day(line.started_at);
          return (
            <li key={line.id} className={style.line} data-running={line.ended_at === null || undefined}>
              <p className={style.when}>
                {isNewDay ? (
                  <TimeText at={line.started_at} zone={visit.zone} />
                ) : (
                  <time dateTime={line.started_at}>{wallOf(line.started_at, words.zone).slice(11)}</time>
                )}
                <span>{t(`portal_visits.kinds.${line.kind}`)}</span>
                {line.ended_at === null && (
                  <span className={style.running}>{t('portal_visits.running')}</span>
                )}
              </p>
              <p className={style.words}>{line.words}</p>
              <Photos photos={line.photos} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Findings({ findings }: Pick<PortalVisit, 'findings'>) {
  const { t } = useTranslation();
  return (
    <section className={style.part}>
      <h3>{t('portal_visits.findings')}</h3>
      <ul className={style.findings}>
        {findings.map((finding) => (
          <li key={finding.id} className={style.finding} data-risk={finding.risk}>
            <p className={style.risk}>{t(`portal_visits.risks.${finding.risk}`)}</p>
            <p className={style.words}>{finding.what}</p>
            {finding.advice.trim() !== '' && (
              <p className={style.words}>
                <span className={style.soft}>{t('portal_visits.advice')}</span> {finding.advice}
              </p>
            )}
            {finding.reaction && (
              <p className={style.soft}>{t(`portal_visits.reactions.${finding.reaction}`)}</p>
            )}
            <Photos photos={finding.photos} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Photos({ photos }: Pick<PortalVisit['lines'][number], 'photos'>) {
  if (photos.length === 0) return null;
  return (
    <div className={style.photos}>
      {photos.map(({ file, caption }) => (
        <figure key={file.id} className={style.photo}>
          {/* A caption says more than the name that a camera gave. */}
          <FileTile file={{ ...file, name: caption || file.name }} />
          {caption.trim() !== '' && <figcaption className={style.soft}>{caption}</figcaption>}
        </figure>
      ))}
    </div>
  );
}

function Reports({ reports }: Pick<PortalVisit, 'reports'>) {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const language = i18n.language === 'en' ? 'en' : 'zh-CN';
  return (
    <section className={style.part}>
      <h3>{t('portal_visits.report')}</h3>
      <ul className={style.reports}>
        {reports.map(({ id, is_signed, record_changed, made_at, stamped }) => {
          const name = t(is_signed ? 'portal_visits.report_signed' : 'portal_visits.report_latest');
          return (
            <li key={id}>
              <p>
                <strong>{name}</strong>{' '}
                <span className={style.soft}>
                  {t('portal_visits.report_made', { time: words.time(made_at) })}
                </span>
              </p>
              {record_changed && <p role="note">{t('portal_visits.report_changed')}</p>}
              <div className={style.acts}>
                {printFormats.map((format) => (
                  <Button
                    key={format}
                    component="a"
                    variant={format === 'pdf' ? 'light' : 'default'}
                    href={downloadPath({ id, format, language }, 'portal/reports')}
                    download
                    leftSection={<IconDownload size="1.2em" aria-hidden />}
                    aria-label={t('portal_visits.download_of', {
                      what: t(`portal_visits.${format}`),
                      report: name,
                    })}
                  >
                    {t(`portal_visits.${format}`)}
                  </Button>
                ))}
              </div>
              {stamped.length > 0 && (
                <>
                  <p className={style.soft}>{t('portal_visits.stamped')}</p>
                  <FileTiles files={stamped} />
                </>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
