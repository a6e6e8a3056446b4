import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerPage } from '#domain/customers/commands.ts';
import { zoneWords } from '../ui/time-words.ts';
import { useMay } from './api.ts';
import style from './customers.module.css';
import { Section } from './Section.tsx';
import { SiteDialog } from './SiteDialog.tsx';

type Site = CustomerPage['sites'][number];

export function SitesSection({ customer, isChangeable }: { customer: CustomerPage; isChangeable: boolean }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<Site | 'new' | null>(null);
  return (
    <Section
      title={t('sites.title')}
      count={customer.sites.length}
      add={
        isChangeable && may('sites.create') && { label: t('sites.create.title'), onAdd: () => setOpen('new') }
      }
    >
      {customer.sites.length === 0 && <p className="cp-soft">{t('sites.empty')}</p>}
      <ul className={style.tiles}>
        {customer.sites.map((site) => (
          <li key={site.id}>
            <div>
              <strong>{site.name}</strong>
              <div className="cp-soft">{[site.city, site.address].filter(Boolean).join(' · ')}</div>
              {site.zone !== customer.zone && <div className="cp-soft">{zoneWords(site.zone, t)}</div>}
            </div>
            {isChangeable && may('sites.edit') && (
              <ActionIcon aria-label={t('sites.edit.of', { name: site.name })} onClick={() => setOpen(site)}>
                <IconPencil size="1.15em" aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {open !== null && (
        <SiteDialog
          customer={customer}
          {...(open === 'new' ? {} : { site: open })}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}
