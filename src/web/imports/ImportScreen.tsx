import { Alert, Button, Group, Modal, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPage, RejectRow } from '#domain/imports/commands.ts';
import { useMay } from '../app/session.ts';
import { BackLink } from '../ui/BackLink.tsx';
import { ActProblem, ErrorState } from '../ui/ErrorState.tsx';
import { RowSkeletons } from '../ui/List.tsx';
import { Screen } from '../ui/Screen.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { usePages } from '../ui/use-pages.ts';
import { comparisonQuery, importQuery, isGoingOn, useTakeBack } from './api.ts';
import style from './imports.module.css';
import { RejectTable } from './RejectTable.tsx';

/** One import: how far it is, what came in and what not, and the way back. */
export function ImportScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useTranslation();
  const { data: page, error, refetch } = useQuery(importQuery(id));
  return (
    <Screen
      title={page?.file_name ?? t('imports.title')}
      back={<BackLink to="/settings/imports" label={t('imports.title')} />}
    >
      {error && !page ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : page ? (
        <Import page={page} />
      ) : (
        <RowSkeletons count={4} />
      )}
    </Screen>
  );
}

function Import({ page }: { page: ImportPage }) {
  const { t } = useTranslation();
  return (
    <>
      <section className={style.block}>
        <How page={page} />
        <dl className={style.facts}>
          <dt>{t('imports.kind')}</dt>
          <dd>{t(`imports.kinds.${page.kind}`)}</dd>
          <dt>{t('imports.by')}</dt>
          <dd>
            {page.started_by_name ?? t('imports.by_command')} <TimeText at={page.started_at} />
          </dd>
          {(['tickets', 'messages', 'events', 'contacts', 'customers', 'known', 'rejected'] as const).map(
            (name) =>
              page[name] > 0 && (
                <div key={name} style={{ display: 'contents' }}>
                  <dt>{t(`imports.${name}`)}</dt>
                  <dd>{page[name].toLocaleString()}</dd>
                </div>
              ),
          )}
        </dl>
      </section>
      {page.rejected > 0 && page.state !== 'taken_back' && <Rejects id={page.id} />}
      {page.kind === 'incidents' && page.state === 'done' && <Proof id={page.id} />}
      <KeptTickets page={page} />
      {!isGoingOn(page.state) && page.state !== 'taken_back' && <WayBack page={page} />}
    </>
  );
}

/** The state in words; while it goes on, how far and how long yet. */
function How({ page }: { page: ImportPage }) {
  const { t } = useTranslation();
  if (page.state === 'failed' && page.failure)
    return (
      <Alert color="red" title={t('imports.failed')} mb="md">
        <p>{t(`refusals.${page.failure.code}.text`, page.failure.params)}</p>
        <p>{t(`refusals.${page.failure.code}.next`, page.failure.params)}</p>
      </Alert>
    );
  if (page.state !== 'running')
    return (
      <div className={style.how}>
        <p>{t(`imports.states.${page.state}`)}</p>
      </div>
    );
  const share = page.bytes_total > 0 ? page.bytes_read / page.bytes_total : 0;
  const elapsedMs = Date.parse(page.updated_at) - Date.parse(page.started_at);
  const left = share > 0 ? Math.ceil((elapsedMs / share - elapsedMs) / 1000) : null;
  return (
    <div role="status" className={style.how}>
      <Progress value={share * 100} aria-label={t('imports.states.running')} mb="xs" />
      <p>
        {t('imports.progress', {
          records: page.cursor_records.toLocaleString(),
          percent: Math.floor(share * 100),
        })}
        {left !== null && t('imports.left', { count: left })}
      </p>
    </div>
  );
}

function Rejects({ id }: { id: string }) {
  const { t } = useTranslation();
  const pages = usePages<RejectRow>('imports', `/api/imports/${id}/rejects`);
  return (
    <section className={style.block}>
      <h2>{t('imports.rejects.title')}</h2>
      <RejectTable rows={pages.items ?? []} />
      {pages.hasMore && (
        <Button size="xs" variant="subtle" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          {t('ui.list.more')}
        </Button>
      )}
    </section>
  );
}

/** Counted again from what came in, beside the source's own counters. */
function Proof({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(comparisonQuery(id));
  if (!data) return null;
  const { incidents } = data;
  return (
    <section className={style.block}>
      <h2>{t('imports.proof.title')}</h2>
      <p>{t('imports.proof.reopenings', { ...data.reopenings, incidents })}</p>
      <p>{t('imports.proof.reassignments', { ...data.reassignments, incidents })}</p>
      {data.places.length > 0 && <p>{t('imports.proof.places', { count: data.places.length })}</p>}
      <ul className={style.places}>
        {data.places.map(({ incident, line, kind }) => (
          <li key={`${incident} ${line} ${kind}`}>
            {t('imports.proof.place', { incident, line })}
            {t(`imports.contradictions.${kind}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function KeptTickets({ page }: { page: ImportPage }) {
  const { t } = useTranslation();
  if (page.kept === 0) return null;
  return (
    <section className={style.block}>
      <h2>{t('imports.kept', { count: page.kept })}</h2>
      <ul className={style.places}>
        {page.kept_tickets.map((ticket) => (
          <li key={ticket.id}>
            <Link to="/tickets/$id" params={{ id: ticket.id }}>
              #{ticket.number} {ticket.title}
            </Link>{' '}
            <span className="cp-soft">{ticket.reference}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function WayBack({ page }: { page: ImportPage }) {
  const { t } = useTranslation();
  const may = useMay('imports.take_back');
  const [isAsking, setAsking] = useState(false);
  const takeBack = useTakeBack(page.id);
  if (!may) return null;
  return (
    <section className={style.block}>
      <Button variant="default" color="red" onClick={() => setAsking(true)}>
        {t('imports.take_back.open')}
      </Button>
      {isAsking && (
        <Modal opened onClose={() => setAsking(false)} title={t('imports.take_back.title')}>
          <p>{t('imports.take_back.text', { count: page.tickets })}</p>
          <p>{t('imports.take_back.kept')}</p>
          <ActProblem error={takeBack.error} />
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('ui.cancel')}
            </Button>
            <Button
              color="red"
              loading={takeBack.isPending}
              onClick={() => takeBack.mutate(undefined, { onSuccess: () => setAsking(false) })}
            >
              {t('imports.take_back.act')}
            </Button>
          </Group>
        </Modal>
      )}
    </section>
  );
}
