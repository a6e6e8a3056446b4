import { Badge, Button, CopyButton, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#domain/people/commands.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import type { ProblemError } from '../../ui/problem.ts';
import { say } from '../../ui/undo.ts';
import { auth, refreshMe } from '../api.ts';
import row from '../Rows.module.css';
import { Section } from '../Section.tsx';

type Enabled = { uri: string; backup_codes: string[] };
type Doing = 'enable' | 'disable' | 'codes' | null;

/** The second factor: off, being set up with an authenticator app, or on with its backup codes. */
export function TwoFactorSection({ me }: { me: Me }) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing>(null);
  const [enabled, setEnabled] = useState<Enabled | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const isOn = me.two_factor_enabled;
  const stop = () => {
    setDoing(null);
    setEnabled(null);
  };
  const withPassword = (password: string): Promise<void> => {
    if (doing === 'enable') return auth<Enabled>('two-factor/enable', { password }).then(setEnabled);
    if (doing === 'disable') {
      return auth('two-factor/disable', { password }).then(() => {
        stop();
        say({ text: t('people.two_factor.disabled') });
        refreshMe();
      });
    }
    return auth<{ backup_codes: string[] }>('two-factor/generate-backup-codes', { password }).then(
      (answer) => {
        setCodes(answer.backup_codes);
        setDoing(null);
      },
    );
  };
  return (
    <Section
      title={t('people.two_factor.title')}
      hint={t('people.two_factor.hint')}
      acts={
        <Badge
          variant={isOn ? 'light' : 'default'}
          color={isOn ? 'green' : 'gray'}
          tt="none"
          fw={400}
          size="lg"
        >
          {t(isOn ? 'people.two_factor.on' : 'people.two_factor.off')}
        </Badge>
      }
    >
      {doing === null && !codes && (
        <Group>
          {isOn ? (
            <>
              <Button variant="default" onClick={() => setDoing('codes')}>
                {t('people.two_factor.new_codes')}
              </Button>
              <Button variant="subtle" color="gray" onClick={() => setDoing('disable')}>
                {t('people.two_factor.disable')}
              </Button>
            </>
          ) : (
            <Button onClick={() => setDoing('enable')}>{t('people.two_factor.enable')}</Button>
          )}
        </Group>
      )}
      {doing !== null && !enabled && (
        <PasswordFirst
          act={t(`people.two_factor.${doing === 'codes' ? 'new_codes' : doing}`)}
          run={withPassword}
          onCancel={stop}
        />
      )}
      {enabled && (
        <ConfirmApp
          enabled={enabled}
          onCancel={stop}
          onDone={() => {
            setCodes(enabled.backup_codes);
            stop();
            say({ text: t('people.two_factor.enabled') });
            refreshMe();
          }}
        />
      )}
      {codes && <BackupCodes codes={codes} onDone={() => setCodes(null)} />}
    </Section>
  );
}

/** What weakens or strengthens an account asks for its password once more. */
function PasswordFirst({
  act,
  run,
  onCancel,
}: {
  act: string;
  run: (password: string) => Promise<void>;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const go = useMutation<void, ProblemError>({ mutationFn: () => run(password) });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (password) go.mutate();
      }}
    >
      <Stack gap="md" className={row.narrow}>
        <PasswordInput
          label={t('people.current_password')}
          description={t('people.two_factor.password_hint')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          autoFocus
          visibilityToggleButtonProps={{ 'aria-label': t('people.show_password') }}
        />
        <ActProblem error={go.error} isKept={false} />
        <Buttons act={act} isBusy={go.isPending} isReady={password !== ''} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

function ConfirmApp({
  enabled,
  onDone,
  onCancel,
}: {
  enabled: Enabled;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const secret = new URL(enabled.uri).searchParams.get('secret') ?? '';
  // Drawn here and not by a service: the picture is the secret.
  const { data: picture } = useQuery({
    queryKey: ['qr', enabled.uri],
    queryFn: async () => (await import('qrcode')).toDataURL(enabled.uri, { margin: 0, scale: 6 }),
    gcTime: 0,
  });
  const verify = useMutation<unknown, ProblemError>({
    mutationFn: () => auth('two-factor/verify-totp', { code }),
    onSuccess: onDone,
    onError: () => setCode(''),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (code) verify.mutate();
      }}
    >
      <div className={row.qr}>
        {picture && <img src={picture} alt={t('people.two_factor.qr')} />}
        <Stack gap="md" style={{ flex: '1 1 16rem', maxWidth: '26rem' }}>
          <div>{t('people.two_factor.scan')}</div>
          <div className={row.soft}>
            {t('people.two_factor.by_hand')}{' '}
            <code style={{ userSelect: 'all' }}>{secret.replace(/(.{4})/g, '$1 ').trim()}</code>
          </div>
          <TextInput
            label={t('people.second_factor.code')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            inputMode="numeric"
            autoComplete="one-time-code"
          />
          <ActProblem error={verify.error} isKept={false} />
          <Buttons
            act={t('people.two_factor.confirm')}
            isBusy={verify.isPending}
            isReady={/^\s*\d{3}\s?\d{3}\s*$/.test(code)}
            onCancel={onCancel}
          />
        </Stack>
      </div>
    </form>
  );
}

function BackupCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={row.once}>
      <div>{t('people.two_factor.codes_hint')}</div>
      <div className={row.codes}>
        {codes.map((code) => (
          <span key={code}>{code}</span>
        ))}
      </div>
      <Group>
        <CopyButton value={codes.join('\n')} timeout={3_000}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'people.copied' : 'people.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{t('people.two_factor.codes_kept')}</Button>
      </Group>
    </div>
  );
}

function Buttons({
  act,
  isBusy,
  isReady,
  onCancel,
}: {
  act: ReactNode;
  isBusy: boolean;
  isReady: boolean;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Group>
      <Button type="submit" loading={isBusy} disabled={!isReady}>
        {act}
      </Button>
      <Button variant="subtle" color="gray" onClick={onCancel}>
        {t('people.cancel')}
      </Button>
    </Group>
  );
}
