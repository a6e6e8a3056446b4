import { Button, PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { email as emailShape } from '#domain/people/person.ts';
import { send } from '../ui/api-client.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { presentLanguage } from '../ui/present-language.ts';
import type { ProblemError } from '../ui/problem.ts';
import { auth } from './api.ts';
import { go } from './going.ts';
import { isGoodPassword, NewPassword } from './NewPassword.tsx';
import { OutsidePage } from './OutsidePage.tsx';
import style from './SetUp.module.css';

type Start = 'empty' | 'sample';

/** The first visit to an empty installation: who is the first administrator, and with or without the sample company. */
export function SetUp() {
  const { t } = useTranslation();
  const [start, setStart] = useState<Start>('empty');
  const [firmName, setFirmName] = useState('');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [emailLeft, setEmailLeft] = useState(false);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const complete = useMutation<unknown, ProblemError>({
    mutationFn: async () => {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai';
      const body = {
        id: uuidv7(),
        firm_name: start === 'sample' ? t('people.setup.sample_firm') : firmName.trim(),
        name: name.trim(),
        email: email.trim(),
        password,
        locale: presentLanguage(),
        zone,
        start,
      };
      await send({ method: 'POST', path: '/api/setup', body, without_sign_in: true });
      await auth('sign-in/email', { email: body.email, password });
    },
    onSuccess: () => go('/'),
  });
  const about = [name, email, firmName];
  const isEmail = emailShape.safeParse(email).success;
  const isReady =
    (start === 'sample' || firmName.trim() !== '') &&
    name.trim() !== '' &&
    isEmail &&
    isGoodPassword(password, about) &&
    again === password;
  return (
    <OutsidePage title={t('people.setup.title')} lead={t('people.setup.lead')} wide>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) complete.mutate();
        }}
      >
        <Stack gap="md" mt="lg">
          <Radio.Group
            label={t('people.setup.start')}
            value={start}
            onChange={(value) => setStart(value as Start)}
          >
            <div className={style.choices}>
              {(['empty', 'sample'] as const).map((choice) => (
                <Radio.Card key={choice} value={choice} className={style.choice}>
                  <Radio.Indicator />
                  <div>
                    <div className={style.label}>{t(`people.setup.${choice}`)}</div>
                    <div className={style.hint}>{t(`people.setup.${choice}_hint`)}</div>
                  </div>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
          {start === 'empty' && (
            <TextInput
              label={t('people.setup.firm_name')}
              description={t('people.setup.firm_name_hint')}
              value={firmName}
              onChange={(event) => setFirmName(event.currentTarget.value)}
              autoComplete="organization"
            />
          )}
          <TextInput
            label={t('people.your_name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="name"
          />
          <TextInput
            type="email"
            label={t('people.your_email')}
            description={t('people.setup.email_hint')}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            onBlur={() => setEmailLeft(true)}
            error={emailLeft && email !== '' && !isEmail ? t('people.not_an_email') : undefined}
            autoComplete="username"
            inputMode="email"
          />
          <NewPassword value={password} onChange={setPassword} about={about} />
          <PasswordInput
            label={t('people.password_again')}
            value={again}
            onChange={(event) => setAgain(event.currentTarget.value)}
            error={again !== '' && !password.startsWith(again) ? t('people.passwords_differ') : undefined}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('people.show_password') }}
          />
          <ActProblem error={complete.error} />
          <Button type="submit" fullWidth loading={complete.isPending} disabled={!isReady}>
            {t(start === 'sample' ? 'people.setup.act_sample' : 'people.setup.act')}
          </Button>
        </Stack>
      </form>
    </OutsidePage>
  );
}
