import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Me } from '#domain/people/commands.ts';
import { meQuery } from '../../app/session.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { switchLanguage } from '../../ui/i18n.ts';
import type { Language } from '../../ui/present-language.ts';
import { queryClient } from '../../ui/query-client.ts';
import { say } from '../../ui/undo.ts';
import { useZones } from '../../ui/zones.ts';
import { EditClashes } from '../EditClashes.tsx';
import row from '../Rows.module.css';
import { Section } from '../Section.tsx';
import { useEdit } from '../use-edit.ts';

/** Name, telephone number, language and zone. */
export function ProfileSection({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { name, phone, locale, zone } = me;
  const edit = useEdit<Pick<Me, 'name' | 'phone' | 'locale' | 'zone'>, Me>({
    row: { name, phone, locale, zone },
    path: '/api/me',
    onSaved: (saved) => {
      queryClient.setQueryData(meQuery.queryKey, saved);
      void switchLanguage(saved.locale as Language).then(() => say({ text: t('people.account.saved') }));
    },
  });
  const known = useZones();
  const zones = known.some(({ value }) => value === zone) ? known : [{ value: zone, label: zone }, ...known];
  const isReady = edit.isChanged && edit.values.name.trim() !== '';
  return (
    <Section title={t('people.account.profile')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) edit.save();
        }}
      >
        <Stack gap="md" className={row.narrow}>
          <TextInput
            label={t('people.email')}
            value={me.email}
            readOnly
            description={t(
              me.kind === 'staff' ? 'people.account.email_hint' : 'people.account.contact_email_hint',
            )}
          />
          <TextInput
            label={t('people.name')}
            value={edit.values.name}
            onChange={(event) => edit.set({ name: event.currentTarget.value })}
            autoComplete="name"
          />
          <TextInput
            type="tel"
            label={t('people.phone')}
            value={edit.values.phone ?? ''}
            onChange={(event) => edit.set({ phone: event.currentTarget.value || null })}
            autoComplete="tel"
          />
          <Select
            label={t('people.locale')}
            value={edit.values.locale}
            data={[
              { value: 'zh-CN', label: t('ui.languages.zh') },
              { value: 'en', label: t('ui.languages.en') },
            ]}
            onChange={(value) => value && edit.set({ locale: value })}
            allowDeselect={false}
          />
          <Select
            label={t('people.zone')}
            value={edit.values.zone}
            data={zones}
            onChange={(value) => value && edit.set({ zone: value })}
            searchable
            allowDeselect={false}
            nothingFoundMessage={t('people.no_such_zone')}
          />
          <EditClashes edit={edit} labelOf={(field) => t(`people.${field}`)} />
          <ActProblem error={edit.problem} />
          <Group>
            <Button type="submit" loading={edit.isSaving} disabled={!isReady}>
              {t('people.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
