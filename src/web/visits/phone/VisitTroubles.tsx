import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { useMay, useMe } from '../../app/session.ts';
import type { OutboxItem } from '../../offline/outbox-item.ts';
import { changeItem, dropItem, keepAsNote } from '../../offline/refused-items.ts';
import { wordsIn } from '../../offline/refused-words.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { ProblemError } from '../../ui/problem.ts';
import { sentenceOf } from '../../ui/sentences.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { ChangeItemSheet, changeableFields } from './ChangeItemSheet.tsx';
import { PhotoStrip } from './KeptPhoto.tsx';
import { saySaved } from './saved-word.ts';
import style from './visit.module.css';

type Props = { page: VisitPage; items: OutboxItem[] };

/** What a person has to know before anything else: whose visit it is now, what was refused, what is kept for a lead. */
export function VisitTroubles({ page, items }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { visit, about } = page;
  const refused = items.filter(({ state }) => state === 'refused');
  const apart = about.quarantined.filter(({ by_id, decided }) => by_id === me.id && decided === null);
  const mayWork = useMay('visits.log');
  const isOthers = visit.engineer_id !== me.id;
  // Somebody who was here before them, or who only looks in.
  const wasMine =
    !isOthers || apart.length + items.length > 0 || visit.log.some(({ by_id }) => by_id === me.id);
  const isWithdrawn = wasMine && !mayWork;
  const isTroubled = isOthers || isWithdrawn || visit.state === 'cancelled';
  if (!isTroubled && refused.length + apart.length === 0) return null;
  return (
    <div className={style.troubles}>
      {visit.state === 'cancelled' && (
        <section className={style.trouble} role="note">
          <h3>{t('visits_phone.cancelled.title', { name: visit.cancelled?.by_name })}</h3>
          <p>{visit.cancelled?.reason}</p>
          <p>{t('visits_phone.cancelled.kept')}</p>
          {!isOthers && mayWork && <p>{t('visits_phone.cancelled.add')}</p>}
        </section>
      )}
      {isOthers && (
        <section className={style.trouble} role="note">
          {wasMine ? (
            <>
              <h3>{t('visits_phone.others.title', { name: visit.engineer_name })}</h3>
              <p>{t('visits_phone.others.why')}</p>
            </>
          ) : (
            <p>{t('visits_phone.others.theirs', { name: visit.engineer_name })}</p>
          )}
        </section>
      )}
      {isWithdrawn && (
        <section className={style.trouble} role="note">
          <h3>{t('visits_phone.withdrawn.title')}</h3>
          <p>{t('visits_phone.withdrawn.why')}</p>
        </section>
      )}
      {apart.length > 0 && (
        <section
          className={style.trouble}
          aria-label={t('visits_phone.apart.title', { count: apart.length })}
        >
          <h3>{t('visits_phone.apart.title', { count: apart.length })}</h3>
          {[...new Set(apart.map(({ reason }) => reason))].map((reason) => (
            <p key={reason}>{t(`visits_phone.apart.why_${reason}`)}</p>
          ))}
          <p>{t('visits_phone.apart.kept')}</p>
          <ul>
            {apart.map((kept) => (
              <li key={kept.id}>
                {t(`offline.acts.${kept.act}`)} <TimeText at={kept.happened_at} />
                {[...new Set(wordsIn(kept.body))].map((line) => (
                  <p key={line} className="cp-soft">
                    {line}
                  </p>
                ))}
              </li>
            ))}
          </ul>
        </section>
      )}
      {refused.map((item) => (
        <RefusedItem key={item.id} item={item} page={page} />
      ))}
    </div>
  );
}

/** An act that the server did not take: why, and what the person can do with what they wrote. */
function RefusedItem({ item, page }: { item: OutboxItem; page: VisitPage }) {
  const { t } = useTranslation();
  const [isChanging, setChanging] = useState(false);
  const [isDropping, setDropping] = useState(false);
  const problem = new ProblemError({ status: 409, ...(item.problem ?? { code: 'ground.refused' }) });
  const { text, next } = sentenceOf(problem, t);
  const name = t(`offline.acts.${item.act.name}`);
  const words = [...new Set(wordsIn(item.act.body))];
  const [failed, setFailed] = useState<ProblemError | null>(null);
  const canChange = changeableFields(item.act).length > 0;
  const settle = async (settling: ReturnType<typeof keepAsNote | typeof dropItem>, said: string) => {
    const result = await settling;
    if ('saved' in result || 'dropped' in result) saySaved(said);
    else if ('refused' in result)
      setFailed(new ProblemError({ status: 409, code: result.refused.code, params: result.refused.params }));
    else setFailed(new ProblemError({ status: 507, code: `ui.${result.unsaved}` }));
  };
  return (
    <section className={style.trouble} aria-label={t('visits_phone.refused.of', { name })}>
      <h3>{t('visits_phone.refused.of', { name })}</h3>
      <p>
        {text} {next}
      </p>
      {words.length > 0 && (
        <ul>
          {words.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <PhotoStrip photos={item.photos.map((file_id) => ({ file_id, caption: '' }))} />
      <p className="cp-soft">
        <TimeText at={item.happened_at} />
      </p>
      <ActProblem error={failed} />
      {isDropping ? (
        <>
          <p>{t('visits_phone.refused.drop_sure')}</p>
          <Group gap="md">
            <Button
              color="red"
              onClick={() => void settle(dropItem(item.id), t('visits_phone.refused.dropped'))}
            >
              {t('visits_phone.refused.drop_yes')}
            </Button>
            <Button variant="default" onClick={() => setDropping(false)}>
              {t('visits_phone.refused.keep')}
            </Button>
          </Group>
        </>
      ) : (
        <Group gap="md">
          {canChange ? (
            <Button onClick={() => setChanging(true)}>{t('visits_phone.refused.change')}</Button>
          ) : (
            // Nothing in it can be said otherwise; what stood against it may be gone.
            <Button
              onClick={() =>
                void settle(changeItem(item.id, item.act.body), t('visits_phone.refused.sent_again'))
              }
            >
              {t('visits_phone.refused.again')}
            </Button>
          )}
          <Button
            variant="default"
            onClick={() => void settle(keepAsNote(item.id), t('visits_phone.refused.noted'))}
          >
            {t('visits_phone.refused.to_note')}
          </Button>
          <Button variant="default" onClick={() => setDropping(true)}>
            {t('visits_phone.refused.drop')}
          </Button>
        </Group>
      )}
      {isChanging && <ChangeItemSheet item={item} page={page} onClose={() => setChanging(false)} />}
    </section>
  );
}
