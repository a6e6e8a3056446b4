import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { IconBox } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActBody } from '#domain/visits/commands.ts';
import type { QuarantinedAct, VisitPage } from '#domain/visits/views.ts';
import type { Photo } from '#domain/visits/visit.ts';
import { useMay } from '../../app/session.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { say } from '../../ui/undo.ts';
import { useDecideQuarantined } from '../api.ts';
import style from './decide.module.css';
import { Photos } from './Photos.tsx';
import { Drawn } from './SignaturesSection.tsx';
import { SignedText } from './SignedText.tsx';
import signed from './signatures.module.css';
import { useFieldWords } from './use-field-words.ts';
import { VisitSection } from './VisitSection.tsx';

/** Acts of somebody who could do them no longer when they came, kept as they were: a lead applies each, or leaves it out with a reason. */
export function QuarantineSection({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const waiting = page.about.quarantined.filter(({ decided }) => decided === null);
  if (waiting.length === 0) return null;
  return (
    <VisitSection name="quarantine" title={t('visits.quarantine.title')}>
      <p className={style.lead}>
        <IconBox size="1.2em" stroke={1.9} aria-hidden />
        {t('visits.quarantine.lead')}
      </p>
      <ul className={style.cards}>
        {waiting
          .toSorted((a, b) => (a.happened_at < b.happened_at ? -1 : 1))
          .map((kept) => (
            <li key={kept.id}>
              <KeptAct page={page} kept={kept} />
            </li>
          ))}
      </ul>
    </VisitSection>
  );
}

function KeptAct({ page, kept }: { page: VisitPage; kept: QuarantinedAct }) {
  const { t } = useTranslation();
  const may = useMay('visits.decide_quarantined');
  const [isDropping, setDropping] = useState(false);
  const decide = useDecideQuarantined(page.visit.id, {
    onDone: () => say({ text: t('visits.quarantine.applied', { name: kept.by_name }) }),
  });
  const act = t(`visits.acts.${kept.act}`);
  return (
    <section className={style.card} aria-label={act}>
      <h3>{act}</h3>
      <div className={style.whose}>
        {t('visits.quarantine.by', { name: kept.by_name })}
        {' · '}
        {t('visits.quarantine.happened')} <TimeText at={kept.happened_at} />
        {' · '}
        {t('visits.quarantine.received')} <TimeText at={kept.received_at} />
      </div>
      <p className={style.whose}>{t(`visits.quarantine.why_${kept.reason}`, { name: kept.by_name })}</p>
      <ActBodyWords page={page} kept={kept} />
      {may && (
        <Group gap="xs">
          <Button
            size="xs"
            loading={decide.isPending}
            aria-label={t('visits.quarantine.apply_of', { act })}
            onClick={() => decide.mutate({ id: kept.id, verdict: 'apply', reason: null })}
          >
            {t('visits.quarantine.apply')}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={t('visits.quarantine.drop_of', { act })}
            onClick={() => setDropping(true)}
          >
            {t('visits.quarantine.drop')}
          </Button>
        </Group>
      )}
      <ActProblem error={decide.error} isKept={false} />
      {isDropping && <DropDialog page={page} kept={kept} act={act} onClose={() => setDropping(false)} />}
    </section>
  );
}

/** The act in readable words: what it is about, each field, its photos. */
function ActBodyWords({ page, kept }: { page: VisitPage; kept: QuarantinedAct }) {
  const { lines, entryWords, findingWords } = useFieldWords(page);
  const { body } = kept;
  const photos = Array.isArray(body.photos) ? (body.photos as Photo[]) : [];
  const subject =
    (typeof body.entry_id === 'string' && entryWords(body.entry_id)) ||
    (typeof body.finding_id === 'string' && findingWords(body.finding_id));
  const facts = lines(body).filter(({ field }) => field !== 'photos');
  return (
    <>
      {subject && <p>{subject}</p>}
      {facts.length > 0 && (
        <FactList
          facts={facts.map(({ label, value }) => ({
            label,
            value: <span className={style.words}>{value}</span>,
          }))}
        />
      )}
      <Photos photos={photos} files={page.about.files} />
      {kept.act === 'sign' && <Signed body={body as ActBody<'sign'>} />}
    </>
  );
}

/** Whoever decides on a signature sees it, and what the one who signed had read. */
function Signed({ body: { name, strokes, shown } }: { body: ActBody<'sign'> }) {
  const { t } = useTranslation();
  return (
    <div className={signed.signature}>
      <Drawn name={name} strokes={strokes} />
      <section aria-label={t('visits.signatures.read_title', { name })}>
        <SignedText text={shown} />
      </section>
    </div>
  );
}

type DropProps = { page: VisitPage; kept: QuarantinedAct; act: string; onClose: () => void };

function DropDialog({ page, kept, act, onClose }: DropProps) {
  const { t } = useTranslation();
  const draft = useDraft(`visit:${page.visit.id}:drop:${kept.id}`, '');
  const reason = draft.value.trim();
  const decide = useDecideQuarantined(page.visit.id, {
    onDone: () => {
      draft.clear();
      say({ text: t('visits.quarantine.dropped') });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('visits.quarantine.drop_title', { act })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason) decide.mutate({ id: kept.id, verdict: 'drop', reason });
        }}
      >
        <Stack>
          <Textarea
            label={t('visits.quarantine.reason')}
            description={t('visits.quarantine.drop_help')}
            autosize
            minRows={2}
            maxLength={500}
            value={draft.value}
            onChange={(event) => draft.change(event.currentTarget.value)}
            data-autofocus
          />
          <ActProblem error={decide.error} />
          <Group>
            <Button type="submit" loading={decide.isPending} disabled={reason === ''}>
              {t('visits.quarantine.drop_act')}
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

/** What was decided about acts that came too late, for whoever asks. */
export function DecidedActs({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const decided = page.about.quarantined.flatMap((kept) =>
    kept.decided === null ? [] : [{ kept, decided: kept.decided }],
  );
  if (decided.length === 0) return null;
  return (
    <details className={style.past}>
      <summary>{t('visits.quarantine.decided')}</summary>
      <ul className={style.plain}>
        {decided.map(({ kept, decided: { verdict, by_name, reason, at } }) => (
          <li key={kept.id}>
            <strong>{t(`visits.acts.${kept.act}`)}</strong>{' '}
            {t('visits.quarantine.by', { name: kept.by_name })} <TimeText at={kept.happened_at} />
            <p>
              {t(`visits.quarantine.decided_${verdict}`, { name: by_name, reason: reason ?? '' })}{' '}
              <TimeText at={at} />
            </p>
            <p>{t(`visits.quarantine.why_${kept.reason}`, { name: kept.by_name })}</p>
            <ActBodyWords page={page} kept={kept} />
          </li>
        ))}
      </ul>
    </details>
  );
}
