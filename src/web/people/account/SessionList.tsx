import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Session } from '#domain/people/commands.ts';
import { send } from '../../ui/api-client.ts';
import { ActProblem, ErrorState } from '../../ui/ErrorState.tsx';
import type { ProblemError } from '../../ui/problem.ts';
import { queryClient } from '../../ui/query-client.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { sessionsQuery } from '../api.ts';
import row from '../Rows.module.css';
import { deviceWords } from './device-words.ts';

/** Where somebody is signed in, each to be ended by itself. Without `userId` one's own. */
export function SessionList({ userId }: { userId?: string }) {
  const { t } = useTranslation();
  const query = sessionsQuery(userId);
  const { data, error, refetch } = useQuery(query);
  const end = useMutation<unknown, ProblemError, string>({
    mutationFn: (id) => send({ method: 'POST', path: `/api/sessions/${id}/revoke`, body: {} }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: query.queryKey }),
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={56} />;
  const sorted = [...data].sort((a, b) => Number(b.is_this_one) - Number(a.is_this_one));
  if (data.length === 0) return <p className="cp-soft">{t('people.sessions.none')}</p>;
  return (
    <>
      <ActProblem error={end.error} isKept={false} />
      <ul className={row.rows}>
        {sorted.map((session) => (
          <li key={session.id} className={row.row}>
            <SessionWords session={session} />
            {!session.is_this_one && (
              <div className={row.acts}>
                <Button
                  variant="default"
                  size="xs"
                  loading={end.isPending && end.variables === session.id}
                  onClick={() => end.mutate(session.id)}
                >
                  {t('people.sessions.end')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function SessionWords({ session }: { session: Session }) {
  const { t } = useTranslation();
  return (
    <div className={row.main}>
      <div className={row.name}>
        {deviceWords(session.user_agent) ?? t('people.sessions.unknown_device')}
        {session.is_this_one && <span className={row.soft}> {t('people.sessions.this_device')}</span>}
      </div>
      <div className={row.soft}>
        {t('people.sessions.seen')} <TimeText at={session.last_seen_at} />
        {session.ip_address && ` · ${session.ip_address}`}
        {' · '}
        {t('people.sessions.since')} <TimeText at={session.created_at} dayOnly />
      </div>
    </div>
  );
}
