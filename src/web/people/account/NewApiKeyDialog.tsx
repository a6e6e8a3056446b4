import { Button, Group, Input, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { scopeFamilies } from '#domain/people/api-keys.ts';
import type { Me } from '#domain/people/commands.ts';
import { send } from '../../ui/api-client.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import type { ProblemError } from '../../ui/problem.ts';
import { queryClient } from '../../ui/query-client.ts';
import { apiKeysQuery } from '../api.ts';
import row from '../Rows.module.css';
import { ShownOnce } from '../ShownOnce.tsx';

type Access = 'none' | 'read' | 'write';
type Created = { id: string; prefix: string; secret: string | null };
const lives = ['30', '90', '365', 'never'] as const;

export function NewApiKeyDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [life, setLife] = useState<string>('90');
  const [access, setAccess] = useState<Record<string, Access>>({});
  const families = scopeFamilies(me.permissions).filter((family) => family !== 'me');
  const scopes = Object.entries(access).flatMap(([family, kind]) =>
    kind === 'none' ? [] : [`${family}:${kind}`],
  );
  const create = useMutation<Created, ProblemError>({
    mutationFn: () => {
      const ends = Date.now() + Number(life) * 86_400_000;
      const expires_at = life === 'never' ? null : new Date(ends).toISOString();
      const body = { id: uuidv7(), name: name.trim(), scopes, expires_at };
      return send<Created>({ method: 'POST', path: '/api/api-keys', body });
    },
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
  const isReady = name.trim() !== '' && scopes.length > 0;
  return (
    <Modal opened onClose={onClose} title={t('people.api_keys.new')} size="lg">
      {create.data ? (
        <Stack gap="md">
          {create.data.secret && (
            <ShownOnce
              label={t('people.api_keys.secret')}
              value={create.data.secret}
              hint={t('people.api_keys.secret_hint')}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('people.done')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) create.mutate();
          }}
        >
          <Stack gap="md">
            <TextInput
              label={t('people.api_keys.name')}
              description={t('people.api_keys.name_hint')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            <Select
              label={t('people.api_keys.life')}
              value={life}
              data={lives.map((days) => ({ value: days, label: t(`people.api_keys.lives.${days}`) }))}
              onChange={(value) => value && setLife(value)}
              allowDeselect={false}
            />
            <Input.Wrapper
              labelElement="div"
              label={t('people.api_keys.scopes')}
              description={t('people.api_keys.scopes_hint')}
            >
              <div className={row.scopes}>
                {families.map((family) => (
                  <div key={family} className={row.scope}>
                    <span>{t(`people.families.${family}`, { defaultValue: family })}</span>
                    <SegmentedControl
                      size="xs"
                      aria-label={t(`people.families.${family}`, { defaultValue: family })}
                      value={access[family] ?? 'none'}
                      data={(['none', 'read', 'write'] as const).map((kind) => ({
                        value: kind,
                        label: t(`people.api_keys.access.${kind}`),
                      }))}
                      onChange={(kind) => setAccess((before) => ({ ...before, [family]: kind as Access }))}
                    />
                  </div>
                ))}
              </div>
            </Input.Wrapper>
            <ActProblem error={create.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('people.cancel')}
              </Button>
              <Button type="submit" loading={create.isPending} disabled={!isReady}>
                {t('people.api_keys.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
