import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { say } from '../../ui/undo.ts';
import { useVisitDeskAct } from '../api.ts';
import { EngineerDays } from './EngineerDays.tsx';
import { useGoers } from './PlanVisitDialog.tsx';
import style from './visit-forms.module.css';

/** Gives the visit to a colleague. What the one before still has on the phone will wait for a decision. */
export function ReassignDialog({ page, onClose }: { page: VisitPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const people = useGoers().filter(({ id }) => id !== visit.engineer_id);
  const [chosen, setChosen] = useState<string | null>(null);
  const engineer = people.find(({ id }) => id === chosen);
  const reassign = useVisitDeskAct(visit.id, {
    onDone: () => {
      say({ text: t('visits.reassign.done', { name: engineer?.name ?? '' }) });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} size="lg" title={t('visits.reassign.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!engineer) return;
          const body = { engineer_id: engineer.id, engineer_name: engineer.name };
          reassign.mutate({ name: 'reassign', body });
        }}
      >
        <Stack>
          <p>{t('visits.reassign.lead', { name: visit.engineer_name })}</p>
          <Select
            label={t('visits.reassign.who')}
            data={people.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            onChange={setChosen}
            searchable
            openOnFocus={false}
            data-autofocus
          />
          {engineer && (
            <div className={style.form}>
              <EngineerDays
                engineer={engineer}
                span={{ from: visit.planned_from, to: visit.planned_to }}
                zone={about.site?.zone ?? about.customer.zone}
                except={visit.id}
              />
            </div>
          )}
          <ActProblem error={reassign.error} />
          <Group>
            <Button type="submit" loading={reassign.isPending} disabled={!engineer}>
              {engineer ? t('visits.reassign.act', { name: engineer.name }) : t('visits.reassign.act_nobody')}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
