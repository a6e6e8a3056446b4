import { Button } from '@mantine/core';
import { IconHeartHandshake } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sinceLastDay } from '#domain/visits/days.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { Choice } from './Choice.tsx';
import { PromiseLines } from './PromiseLines.tsx';
import { PromiseSheet } from './PromiseSheet.tsx';

export type Promised = 'nothing' | 'noted';
type Props = {
  page: VisitPage;
  value: Promised | null;
  onChange: (value: Promised) => void;
  /** What can still be answered. */
  options?: readonly Promised[];
};
const both = ['nothing', 'noted'] as const;

/** R26: the question that every day ends with, and the place to note what comes to mind by it. */
export function PromisedToday({ page, value, onChange, options = both }: Props) {
  const { t } = useTranslation();
  const [isNoting, setNoting] = useState(false);
  const promises = sinceLastDay(page.visit, page.visit.promises);
  return (
    <>
      <Choice
        label={t('visits_phone.promised.question')}
        description={t('visits_phone.promised.help')}
        value={value}
        onChange={onChange}
        options={options.map((one) => ({
          value: one,
          label: t(`visits_phone.promised.${one}`),
        }))}
        error={value === 'noted' && promises.length === 0 ? t('visits_phone.promised.none_noted') : null}
      />
      <PromiseLines page={page} promises={promises} />
      <Button
        variant="default"
        leftSection={<IconHeartHandshake size={22} aria-hidden />}
        onClick={() => setNoting(true)}
      >
        {t('visits_phone.promise.open')}
      </Button>
      {isNoting && (
        <PromiseSheet
          page={page}
          onClose={() => {
            setNoting(false);
          }}
        />
      )}
    </>
  );
}
