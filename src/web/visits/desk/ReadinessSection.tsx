import { Button, Checkbox, Modal, Stack, Textarea } from '@mantine/core';
import { IconCheck, IconCircleDashed } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openReadiness, readinessListOf } from '#domain/visits/readiness.ts';
import type { ReadinessItem, Visit } from '#domain/visits/visit.ts';
import { useMay } from '../../app/session.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { useVisitDeskAct } from '../api.ts';
import { useMayAct } from '../may-act.ts';
import style from './readiness.module.css';
import { VisitSection } from './VisitSection.tsx';
import page_style from './visit-page.module.css';

/** What has to be ready before anyone travels: ticked, or waived by name with a reason. */
export function ReadinessSection({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { mayAct } = useMayAct(visit);
  const may = useMay('visits.check_readiness') && mayAct && visit.state !== 'cancelled';
  const [waiving, setWaiving] = useState<ReadinessItem | null>(null);
  // Shown at once; what the server then says replaces it.
  const [wished, setWished] = useState<Partial<Record<ReadinessItem, 'ticked' | 'open'>>>({});
  useEffect(() => setWished({}), [visit.version]);
  const check = useVisitDeskAct(visit.id, { onRefused: () => setWished({}) });
  const left = openReadiness(visit).length;
  const set = (item: ReadinessItem, state: 'ticked' | 'open') => {
    setWished((before) => ({ ...before, [item]: state }));
    check.mutate({ name: 'check_readiness', body: { item, state, reason: null } });
  };
  return (
    <VisitSection
      name="readiness"
      title={t('visits.readiness.title')}
      state={
        left === 0 ? (
          <span className={page_style.good}>
            <IconCheck size="1.1em" stroke={2} aria-hidden />
            {t('visits.readiness.all')}
          </span>
        ) : (
          <span className={page_style.open}>
            <IconCircleDashed size="1.1em" stroke={1.9} aria-hidden />
            {t('visits.readiness.left', { count: left })}
          </span>
        )
      }
    >
      {visit.is_emergency && <p className={style.short}>{t('visits.readiness.short')}</p>}
      <ul className={style.list}>
        {readinessListOf(visit).map((item) => (
          <Item
            key={item}
            item={item}
            entry={visit.readiness.find((one) => one.item === item)}
            may={may}
            wish={wished[item]}
            onTick={() => set(item, 'ticked')}
            onOpen={() => set(item, 'open')}
            onWaive={() => setWaiving(item)}
          />
        ))}
      </ul>
      <ActProblem error={check.error} isKept={false} />
      {waiving && <WaiveDialog visitId={visit.id} item={waiving} onClose={() => setWaiving(null)} />}
    </VisitSection>
  );
}

type ItemProps = {
  item: ReadinessItem;
  entry: Visit['readiness'][number] | undefined;
  may: boolean;
  wish: 'ticked' | 'open' | undefined;
  onTick: () => void;
  onOpen: () => void;
  onWaive: () => void;
};

function Item({ item, entry, may, wish, onTick, onOpen, onWaive }: ItemProps) {
  const { t } = useTranslation();
  const name = t(`visits.readiness_items.${item}`);
  return (
    <li className={style.item} data-state={entry?.state ?? 'open'}>
      <Checkbox
        label={name}
        description={t(`visits.readiness.help.${item}`)}
        checked={(wish ?? entry?.state) === 'ticked'}
        indeterminate={wish === undefined && entry?.state === 'waived'}
        disabled={!may || entry?.state === 'waived'}
        onChange={entry ? onOpen : onTick}
      />
      <div className={style.how}>
        {entry ? (
          <span>
            {entry.state === 'ticked'
              ? t('visits.readiness.ticked', { name: entry.by_name })
              : t('visits.readiness.waived', { name: entry.by_name, reason: entry.reason ?? '' })}{' '}
            <span className="cp-soft">
              <TimeText at={entry.at} />
            </span>
          </span>
        ) : (
          <span className="cp-soft">{t('visits.readiness.open')}</span>
        )}
        {may && !entry && (
          <Button
            size="xs"
            variant="subtle"
            aria-label={t('visits.readiness.waive_of', { item: name })}
            onClick={onWaive}
          >
            {t('visits.readiness.waive')}
          </Button>
        )}
        {may && entry?.state === 'waived' && (
          <Button
            size="xs"
            variant="subtle"
            aria-label={t('visits.readiness.take_back_of', { item: name })}
            onClick={onOpen}
          >
            {t('visits.readiness.take_back')}
          </Button>
        )}
      </div>
    </li>
  );
}

function WaiveDialog(props: { visitId: string; item: ReadinessItem; onClose: () => void }) {
  const { t } = useTranslation();
  const { visitId, item, onClose } = props;
  const draft = useDraft(`visit:${visitId}:waive:${item}`, '');
  const waive = useVisitDeskAct(visitId, {
    onDone: () => {
      draft.clear();
      onClose();
    },
  });
  const reason = draft.value.replace(/\s+/g, ' ').trim();
  const name = t(`visits.readiness_items.${item}`);
  return (
    <Modal opened onClose={onClose} title={t('visits.readiness.waive_title', { item: name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason) waive.mutate({ name: 'check_readiness', body: { item, state: 'waived', reason } });
        }}
      >
        <Stack>
          <Textarea
            label={t('visits.readiness.reason')}
            description={t('visits.readiness.waive_help')}
            autosize
            minRows={2}
            maxLength={500}
            value={draft.value}
            onChange={(event) => draft.change(event.currentTarget.value)}
            data-autofocus
          />
          <ActProblem error={waive.error} />
          <div>
            <Button type="submit" loading={waive.isPending} disabled={reason === ''}>
              {t('visits.readiness.waive_act')}
            </Button>
          </div>
        </Stack>
      </form>
    </Modal>
  );
}
