import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type StaffRole, staffRoles } from '#domain/ground/policy.ts';

/** The roles of a colleague, each with what it is for. One at least. */
export function RoleChoice({
  value,
  onChange,
}: {
  value: StaffRole[];
  onChange: (roles: StaffRole[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t('people.roles_label')}
      value={value}
      onChange={(chosen) => onChange(staffRoles.filter((role) => chosen.includes(role)))}
      error={value.length === 0 ? t('people.one_role') : undefined}
    >
      <Stack gap="xs" mt={6}>
        {staffRoles.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={t(`people.roles.${role}`)}
            description={t(`people.role_hints.${role}`)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
