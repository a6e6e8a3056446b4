import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle, IconPointFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { gravestFirst } from '#domain/visits/gravity.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Finding, Risk } from '#domain/visits/visit.ts';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import style from './findings.module.css';
import { Photos } from './Photos.tsx';
import { VisitSection } from './VisitSection.tsx';

const icons = {
  low: IconPointFilled,
  medium: IconInfoCircle,
  high: IconAlertTriangle,
  critical: IconAlertOctagon,
};

/** How bad, as a shape and a word. */
export function RiskMark({ risk }: { risk: Risk }) {
  const { t } = useTranslation();
  const Icon = icons[risk];
  return (
    <span className={style.risk} data-risk={risk}>
      <Icon size="1.15em" stroke={1.9} aria-hidden />
      {t(`visits.risks.${risk}`)}
    </span>
  );
}

const texts = ['standard', 'evidence', 'advice', 'cheaper_advice', 'obstacle'] as const;

/** R24: what was found, the worst first. */
export function FindingsSection({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const found = gravestFirst(page.visit.findings);
  return (
    <VisitSection name="findings" title={t('visits.findings.title')}>
      {found.length === 0 && <p className="cp-soft">{t('visits.findings.none')}</p>}
      <ul className={style.list}>
        {found.map((finding) => (
          <li key={finding.id} className={style.finding} data-risk={finding.risk}>
            <div className={style.head}>
              <RiskMark risk={finding.risk} />
              <span className={style.by}>
                {finding.by_name} · <TimeText at={finding.at} />
              </span>
            </div>
            <p className={style.what}>{finding.what}</p>
            <FactList
              facts={[
                ...texts.map(
                  (field) =>
                    finding[field].trim() !== '' && {
                      label: t(`visits.findings.${field}`),
                      value: <span className={style.words}>{finding[field]}</span>,
                    },
                ),
                { label: t('visits.findings.reaction'), value: <Reaction finding={finding} /> },
              ]}
            />
            <Photos photos={finding.photos} files={page.about.files} />
          </li>
        ))}
      </ul>
    </VisitSection>
  );
}

function Reaction({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  if (finding.reaction === null) return <span className="cp-soft">{t('visits.findings.no_reaction')}</span>;
  return (
    <>
      {t(`visits.reactions.${finding.reaction}`)}
      {finding.reaction_words.trim() !== '' && <p className={style.words}>{finding.reaction_words}</p>}
    </>
  );
}
