import { useTranslation } from 'react-i18next';
import { readSignedText } from '#domain/visits/signed-text.ts';
import { FactList } from '../../ui/FactList.tsx';
import { useWords } from '../../ui/use-words.ts';
import style from './signing.module.css';

const wrapUpParts = ['rested_on', 'problems', 'advice', 'support_needed', 'tomorrow', 'reaction'] as const;

/** The text that is signed, as a person reads it: made from that very text and nothing else. */
export function SigningSummary({ text }: { text: string }) {
  const { t } = useTranslation();
  const words = useWords();
  const shown = readSignedText(text);
  if (shown === null) return <pre className={style.raw}>{text}</pre>;
  return (
    <div className={style.summary}>
      <FactList
        facts={[
          { label: t('visits_phone.sign.number'), value: `#${shown.number}` },
          { label: t('visits_phone.sign.engineer'), value: shown.engineer },
          Boolean(shown.arrived_at) && {
            label: t('visits_phone.sign.arrived'),
            value: words.exact(shown.arrived_at ?? ''),
          },
          Boolean(shown.goal) && { label: t('visits_phone.today_card.goal'), value: shown.goal },
          Boolean(shown.done_when) && {
            label: t('visits_phone.today_card.done_when'),
            value: shown.done_when,
          },
          Boolean(shown.not_today) && {
            label: t('visits_phone.today_card.not_today'),
            value: shown.not_today,
          },
        ]}
      />
      <Part title={t('visits_phone.sign.work')} isEmpty={shown.work.length === 0}>
        {shown.work.map((line, index) => (
          <li key={index}>
            <strong>{t(`visits.work_kinds.${line.kind}`)}</strong>{' '}
            <span className="cp-soft">
              {words.time(line.started_at)} –{' '}
              {line.ended_at ? words.time(line.ended_at) : t('visits_phone.log.runs')}
            </span>
            {line.line && <p>{line.line}</p>}
            {line.photos > 0 && (
              <p className="cp-soft">{t('visits_phone.photos.count', { count: line.photos })}</p>
            )}
          </li>
        ))}
      </Part>
      <Part title={t('visits_phone.sign.findings')} isEmpty={shown.findings.length === 0}>
        {shown.findings.map((finding, index) => (
          <li key={index}>
            <strong>{t(`visits.risks.${finding.risk}`)}</strong> {finding.what}
            {finding.advice && <p>{t('visits_phone.sign.advice', { advice: finding.advice })}</p>}
            {finding.reaction && (
              <p className="cp-soft">
                {t('visits_phone.finding.reaction')} · {t(`visits.reactions.${finding.reaction}`)}
              </p>
            )}
          </li>
        ))}
      </Part>
      <Part title={t('visits_phone.sign.promises')} isEmpty={shown.promises.length === 0}>
        {shown.promises.map((promise, index) => (
          <li key={index}>
            {promise.words}
            <p className="cp-soft">
              {promise.state !== 'open' && `${t(`promises.states.${promise.state}`)} `}
              {promise.due_at ? words.exact(promise.due_at) : t('visits_phone.promise.no_due')}
            </p>
          </li>
        ))}
      </Part>
      {shown.wrap_up && (
        <section>
          <h3>{t('visits_phone.sign.wrap_up')}</h3>
          <FactList
            stacked
            facts={wrapUpParts.map((part) =>
              shown.wrap_up?.[part]
                ? {
                    label: t(`visits_phone.wrap_up.${part}`),
                    value: <span className={style.lines}>{shown.wrap_up[part]}</span>,
                  }
                : null,
            )}
          />
        </section>
      )}
    </div>
  );
}

function Part({ title, isEmpty, children }: { title: string; isEmpty: boolean; children: React.ReactNode }) {
  if (isEmpty) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className={style.lines}>{children}</ul>
    </section>
  );
}
