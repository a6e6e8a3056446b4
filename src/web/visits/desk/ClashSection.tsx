import { Button } from '@mantine/core';
import { IconEqualNot } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { openClashes, valueAt } from '#domain/visits/clashes.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Clash } from '#domain/visits/visit.ts';
import { useMay } from '../../app/session.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { say } from '../../ui/undo.ts';
import { useVisitDeskAct } from '../api.ts';
import { useMayAct } from '../may-act.ts';
import style from './decide.module.css';
import { useFieldWords } from './use-field-words.ts';
import { useLastChange } from './use-last-change.ts';
import { VisitSection } from './VisitSection.tsx';

/** Where two people changed one thing: both values side by side, by whom and when, until a person decides. */
export function ClashSection({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const clashes = openClashes(page.visit);
  if (clashes.length === 0) return null;
  return (
    <VisitSection name="clashes" title={t('visits.clashes.title')}>
      <p className={style.lead}>
        <IconEqualNot size="1.2em" stroke={1.9} aria-hidden />
        {t('visits.clashes.lead')}
      </p>
      <ul className={style.cards}>
        {clashes.map((clash) => (
          <li key={clash.id}>
            <ClashCard page={page} clash={clash} />
          </li>
        ))}
      </ul>
    </VisitSection>
  );
}

function ClashCard({ page, clash }: { page: VisitPage; clash: Clash }) {
  const { t } = useTranslation();
  const { visit } = page;
  const may = useMay('visits.settle_clash');
  const { mayAct } = useMayAct(visit);
  const { show, labelOf } = useFieldWords(page);
  const name = clash.field.split('.').at(-1) ?? '';
  const settle = useVisitDeskAct(visit.id, {
    onDone: (_, act) => {
      const kept = act.name === 'settle_clash' ? act.body.keep : 'theirs';
      say({ text: t(`visits.clashes.done_${kept}`, { name: clash.by_name }) });
    },
  });
  const keep = (which: 'theirs' | 'mine') =>
    settle.mutate({ name: 'settle_clash', body: { clash_id: clash.id, keep: which } });
  const changed = useLastChange(visit, clash.field);
  const label = labelOf(clash.field);
  return (
    <section className={style.card} aria-label={label}>
      <h3>{label}</h3>
      <div className={style.values}>
        <div className={style.value}>
          <span className={style.whose}>
            {t('visits.clashes.now')}
            {changed && (
              <>
                {' · '}
                {changed.name} <TimeText at={changed.at} />
              </>
            )}
          </span>
          <p className={style.words}>{show(name, valueAt(visit, clash.field))}</p>
          {may && mayAct && (
            <Button size="xs" variant="default" loading={settle.isPending} onClick={() => keep('theirs')}>
              {t('visits.clashes.keep_theirs')}
            </Button>
          )}
        </div>
        <div className={style.value}>
          <span className={style.whose}>
            {t('visits.clashes.later', { name: clash.by_name })}
            {' · '}
            <TimeText at={clash.at} />
          </span>
          <p className={style.words}>{show(name, clash.mine)}</p>
          {may && mayAct && (
            <Button size="xs" variant="default" loading={settle.isPending} onClick={() => keep('mine')}>
              {t('visits.clashes.keep_mine', { name: clash.by_name })}
            </Button>
          )}
        </div>
      </div>
      <p className={style.before}>
        {t('visits.clashes.based_on')} <span className={style.words}>{show(name, clash.based_on)}</span>
      </p>
      <ActProblem error={settle.error} isKept={false} />
    </section>
  );
}

/** What was decided, for whoever asks later. */
export function SettledClashes({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { show, labelOf } = useFieldWords(page);
  const settled = page.visit.clashes.flatMap((clash) =>
    clash.settled === null ? [] : [{ clash, settled: clash.settled }],
  );
  if (settled.length === 0) return null;
  return (
    <details className={style.past}>
      <summary>{t('visits.clashes.settled')}</summary>
      <ul className={style.plain}>
        {settled.map(({ clash, settled: { keep, by_name, at } }) => (
          <li key={clash.id}>
            <strong>{labelOf(clash.field)}</strong> {t(`visits.clashes.settled_${keep}`, { name: by_name })}{' '}
            <TimeText at={at} />
            <p className="cp-soft">
              {t('visits.clashes.stood')} {show(clash.field.split('.').at(-1) ?? '', clash.theirs)}
              {'　'}
              {t('visits.clashes.later', { name: clash.by_name })}{' '}
              {show(clash.field.split('.').at(-1) ?? '', clash.mine)}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
