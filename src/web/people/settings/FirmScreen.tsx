import { Button, FileButton, Group, Input, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { Firm } from '#domain/people/commands.ts';
import { firmQuery } from '../../app/session.ts';
import { send } from '../../ui/api-client.ts';
import { ActProblem, ErrorState } from '../../ui/ErrorState.tsx';
import type { ProblemError } from '../../ui/problem.ts';
import { queryClient } from '../../ui/query-client.ts';
import { Screen } from '../../ui/Screen.tsx';
import { say } from '../../ui/undo.ts';
import { EditClashes } from '../EditClashes.tsx';
import { FirmMark } from '../FirmMark.tsx';
import row from '../Rows.module.css';
import { Section } from '../Section.tsx';
import { useEdit } from '../use-edit.ts';
import { BackToSettings } from './BackToSettings.tsx';

const colors = ['#1f6feb', '#0b7285', '#1c7843', '#8a5a00', '#b3261e', '#6845c4', '#333a42'];

/** The firm as customers and colleagues see it, on the sign-in, in the portal and in mails. */
export function FirmScreen() {
  const { t } = useTranslation();
  const { data: firm, error, refetch } = useQuery(firmQuery);
  return (
    <Screen title={t('people.firm.title')} back={<BackToSettings />}>
      {error && !firm && <ErrorState error={error} onRetry={() => void refetch()} />}
      {firm && <FirmForm firm={firm} />}
    </Screen>
  );
}

function FirmForm({ firm }: { firm: Firm }) {
  const { t } = useTranslation();
  const { id: _, ...row_ } = firm;
  const edit = useEdit<Omit<Firm, 'id'>, Firm>({
    row: row_,
    path: '/api/firm',
    onSaved: (saved) => {
      queryClient.setQueryData(firmQuery.queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: ['me'] });
      say({ text: t('people.firm.saved') });
    },
  });
  const upload = useMutation<{ id: string }, ProblemError, File>({
    mutationFn: (file) => {
      const form = new FormData();
      form.set('id', uuidv7());
      form.set('file', file, file.name);
      return send<{ id: string }>({ method: 'POST', path: '/api/files', body: form });
    },
    onSuccess: (kept) => edit.set({ logo_file_id: kept.id }),
  });
  const { values } = edit;
  const isReady = edit.isChanged && values.name.trim() !== '';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) edit.save();
      }}
    >
      <Section title={t('people.firm.words')} hint={t('people.firm.words_hint')}>
        <Stack gap="md" className={row.narrow}>
          <TextInput
            label={t('people.firm.name')}
            value={values.name}
            onChange={(event) => edit.set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('people.firm.name_en')}
            description={t('people.firm.name_en_hint')}
            value={values.name_en ?? ''}
            onChange={(event) => edit.set({ name_en: event.currentTarget.value || null })}
          />
          <TextInput
            type="tel"
            label={t('people.firm.contact_phone')}
            description={t('people.firm.contact_phone_hint')}
            value={values.contact_phone ?? ''}
            onChange={(event) => edit.set({ contact_phone: event.currentTarget.value || null })}
          />
        </Stack>
      </Section>
      <Section title={t('people.firm.look')} hint={t('people.firm.look_hint')}>
        <Stack gap="md" className={row.narrow}>
          <Input.Wrapper labelElement="div" label={t('people.firm.accent_color')}>
            <div className={row.swatches}>
              {colors.map((color) => (
                <button
                  key={color}
                  type="button"
                  className={row.swatch}
                  style={{ background: color }}
                  aria-label={color}
                  aria-pressed={values.accent_color === color}
                  onClick={() => edit.set({ accent_color: color })}
                />
              ))}
              <input
                type="color"
                className={row.ownColor}
                aria-label={t('people.firm.own_color')}
                value={values.accent_color}
                onChange={(event) => edit.set({ accent_color: event.currentTarget.value.toLowerCase() })}
              />
            </div>
          </Input.Wrapper>
          <Group gap="sm">
            <FileButton
              accept="image/png,image/jpeg,image/webp"
              onChange={(file) => file && upload.mutate(file)}
            >
              {(props) => (
                <Button {...props} variant="default" loading={upload.isPending}>
                  {t(values.logo_file_id ? 'people.firm.other_logo' : 'people.firm.choose_logo')}
                </Button>
              )}
            </FileButton>
            {values.logo_file_id && (
              <Button variant="subtle" color="gray" onClick={() => edit.set({ logo_file_id: null })}>
                {t('people.firm.no_logo')}
              </Button>
            )}
          </Group>
          <ActProblem error={upload.error} isKept={false} />
          <div className={row.preview} style={{ '--firm': values.accent_color } as never}>
            <Preview firm={{ id: firm.id, ...values }} isSaved={values.logo_file_id === firm.logo_file_id} />
          </div>
        </Stack>
      </Section>
      <Stack gap="md" className={row.narrow}>
        <EditClashes edit={edit} labelOf={(field) => t(`people.firm.${field}`)} />
        <ActProblem error={edit.problem} />
        <Group>
          <Button type="submit" loading={edit.isSaving} disabled={!isReady}>
            {t('people.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A logo that is not saved yet is not public yet either: it is shown by its file. */
function Preview({ firm, isSaved }: { firm: Firm; isSaved: boolean }) {
  if (isSaved || !firm.logo_file_id) return <FirmMark firm={firm} />;
  return <FirmMark firm={firm} logo={`/api/files/${firm.logo_file_id}/thumbnail`} />;
}
