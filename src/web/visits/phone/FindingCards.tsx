import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { gravestFirst } from '#domain/visits/gravity.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Finding } from '#domain/visits/visit.ts';
import { FactList } from '../../ui/FactList.tsx';
import { PhotoStrip } from './KeptPhoto.tsx';
import style from './stations.module.css';

type Props = { page: VisitPage; onEdit: ((finding: Finding) => void) | undefined };
const parts = ['standard', 'evidence', 'advice', 'cheaper_advice', 'obstacle'] as const;

/** What was found, the gravest first; risk by word and shape. */
export function FindingCards({ page, onEdit }: Props) {
  const { t } = useTranslation();
  const findings = gravestFirst(page.visit.findings);
  if (findings.length === 0) return <p className="cp-soft">{t('visits_phone.finding.none')}</p>;
  return (
    <ul className={style.cards} aria-label={t('visits_phone.finding.list')}>
      {findings.map((finding) => (
        <li key={finding.id} className={style.card}>
          <div className={style.cardHead}>
            <span className={style.risk} data-risk={finding.risk}>
              {t(`visits.risks.${finding.risk}`)}
            </span>
            {onEdit && (
              <ActionIcon
                aria-label={t('visits_phone.finding.edit_entry', { what: finding.what.slice(0, 30) })}
                onClick={() => onEdit(finding)}
              >
                <IconPencil size={22} aria-hidden />
              </ActionIcon>
            )}
          </div>
          <p className={style.lines}>{finding.what}</p>
          <FactList
            stacked
            facts={[
              ...parts.map((part) =>
                finding[part]
                  ? {
                      label: t(`visits_phone.finding.${part}`),
                      value: <span className={style.lines}>{finding[part]}</span>,
                    }
                  : null,
              ),
              finding.reaction && {
                label: t('visits_phone.finding.reaction'),
                value: [t(`visits.reactions.${finding.reaction}`), finding.reaction_words]
                  .filter(Boolean)
                  .join(' · '),
              },
            ]}
          />
          <PhotoStrip photos={finding.photos} />
        </li>
      ))}
    </ul>
  );
}
