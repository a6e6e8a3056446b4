import { useTranslation } from 'react-i18next';
import type { Instant } from '#domain/ground/instant.ts';
import { readSignedText } from '#domain/visits/signed-text.ts';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { useWords } from '../../ui/use-words.ts';
import { RiskMark } from './FindingsSection.tsx';
import style from './signatures.module.css';
import { Span } from './VisitMarks.tsx';

/** What a signer read, from the text that the signature itself keeps; the text as it is bound stands below. */
export function SignedText({ text }: { text: string }) {
  const { t } = useTranslation();
  const words = useWords();
  const signed = readSignedText(text);
  const line = (field: 'goal' | 'done_when' | 'not_today' | 'engineer') =>
    Boolean(signed?.[field]?.trim()) && { label: t(`visits.shown.${field}`), value: signed?.[field] };
  const wrapUp = Object.entries(signed?.wrap_up ?? {}).filter(([, value]) => String(value).trim() !== '');
  return (
    <div className={style.text}>
      {signed && (
        <>
          <FactList
            facts={[
              line('engineer'),
              Boolean(signed.arrived_at) && {
                label: t('visits.shown.arrived_at'),
                value: words.exact(signed.arrived_at ?? ''),
              },
              line('goal'),
              line('done_when'),
              line('not_today'),
            ]}
          />
          <List title={t('visits.shown.work')} items={signed.work ?? []}>
            {({ kind, started_at, ended_at, line: said, photos }) => (
              <>
                <Stretch from={started_at} to={ended_at} /> {t(`visits.work_kinds.${kind}`)} {said}
                {photos > 0 && ` · ${t('visits.fields.photo_count', { count: photos })}`}
              </>
            )}
          </List>
          <List title={t('visits.shown.findings')} items={signed.findings ?? []}>
            {({ what, risk, advice, reaction }) => (
              <>
                <RiskMark risk={risk} /> {what} {advice && <span className="cp-soft">{advice}</span>}
                {reaction && ` · ${t(`visits.reactions.${reaction}`)}`}
              </>
            )}
          </List>
          <List title={t('visits.shown.promises')} items={signed.promises ?? []}>
            {({ words: promised, due_at, state }) => (
              <>
                {promised} {due_at && <span className="cp-soft">{words.time(due_at)}</span>}
                {state !== 'open' && ` · ${t(`promises.states.${state}`)}`}
              </>
            )}
          </List>
          {wrapUp.length > 0 && (
            <section>
              <h3>{t('visits.shown.wrap_up')}</h3>
              <FactList
                facts={wrapUp.map(([field, value]) => ({
                  label: t(`visits.wrap_ups.${field}`),
                  value: <span className={style.lines}>{String(value)}</span>,
                }))}
              />
            </section>
          )}
        </>
      )}
      <details open={signed === null}>
        <summary className="cp-soft">{t('visits.shown.raw')}</summary>
        <pre className={style.raw}>{text}</pre>
      </details>
    </div>
  );
}

/** From when to when; what still ran at the signing says so. */
function Stretch({ from, to }: { from: Instant; to: Instant | null }) {
  const { t } = useTranslation();
  if (to !== null) return <Span visit={{ planned_from: from, planned_to: to }} />;
  return (
    <>
      <TimeText at={from} /> {t('visits.shown.ran')}
    </>
  );
}

function List<T>(props: { title: string; items: readonly T[]; children: (item: T) => React.ReactNode }) {
  if (props.items.length === 0) return null;
  return (
    <section>
      <h3>{props.title}</h3>
      <ul className={style.list}>
        {props.items.map((item, index) => (
          <li key={index}>{props.children(item)}</li>
        ))}
      </ul>
    </section>
  );
}
