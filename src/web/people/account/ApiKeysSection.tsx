import { Button, Group } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey, Me } from '#domain/people/commands.ts';
import { send } from '../../ui/api-client.ts';
import { ActProblem, ErrorState } from '../../ui/ErrorState.tsx';
import type { ProblemError } from '../../ui/problem.ts';
import { queryClient } from '../../ui/query-client.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { useNow } from '../../ui/use-words.ts';
import { apiKeysQuery } from '../api.ts';
import row from '../Rows.module.css';
import { Section } from '../Section.tsx';
import { NewApiKeyDialog } from './NewApiKeyDialog.tsx';

/** Keys by which programs act in this person's name, each with no more than it needs. */
export function ApiKeysSection({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(apiKeysQuery);
  const [making, setMaking] = useState(false);
  return (
    <Section
      title={t('people.api_keys.title')}
      hint={
        <>
          {t('people.api_keys.hint')} <a href="/api">{t('people.api_keys.description')}</a>
        </>
      }
      acts={
        <Button variant="default" onClick={() => setMaking(true)}>
          {t('people.api_keys.new')}
        </Button>
      }
    >
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className="cp-soft">{t('people.api_keys.none')}</p>}
      {data && data.length > 0 && (
        <ul className={row.rows}>
          {data.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
      {making && <NewApiKeyDialog me={me} onClose={() => setMaking(false)} />}
    </Section>
  );
}

function KeyRow({ apiKey: key }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const now = useNow();
  const revoke = useMutation<unknown, ProblemError>({
    mutationFn: () => send({ method: 'POST', path: `/api/api-keys/${key.id}/revoke`, body: {} }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
  const isOver = key.revoked_at !== null || (key.expires_at !== null && key.expires_at <= now);
  return (
    <li className={`${row.row} ${isOver ? row.off : ''}`}>
      <div className={row.main}>
        <div className={row.name}>
          {key.name} <span className={row.soft}>{key.prefix}…</span>
        </div>
        <div className={row.soft}>
          {key.last_used_at ? (
            <>
              {t('people.api_keys.used')} <TimeText at={key.last_used_at} />
            </>
          ) : (
            t('people.api_keys.never_used')
          )}
          {key.expires_at && (
            <>
              {' · '}
              {t(isOver ? 'people.api_keys.ended' : 'people.api_keys.ends')}{' '}
              <TimeText at={key.expires_at} dayOnly />
            </>
          )}
        </div>
      </div>
      <div className={row.tags}>
        <span className={row.soft}>{key.scopes.filter((scope) => scope !== 'me:read').join(' ')}</span>
      </div>
      <div className={row.acts}>
        {key.revoked_at ? (
          <span className={row.state}>
            {t('people.api_keys.revoked')} <TimeText at={key.revoked_at} dayOnly />
          </span>
        ) : (
          <Group gap="xs">
            <Button variant="default" size="xs" loading={revoke.isPending} onClick={() => revoke.mutate()}>
              {t('people.api_keys.revoke')}
            </Button>
          </Group>
        )}
      </div>
      {revoke.error && (
        <div style={{ flexBasis: '100%' }}>
          <ActProblem error={revoke.error} isKept={false} />
        </div>
      )}
    </li>
  );
}
