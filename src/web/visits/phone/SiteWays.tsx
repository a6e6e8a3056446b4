import { Button, Group } from '@mantine/core';
import { IconMapPin, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { addressOf } from './contact-words.ts';
import style from './stations.module.css';

/** Where it is and whom to call on the way, each one tap. */
export function SiteWays({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { site } = page.about;
  const address = site && [site.city, site.address].filter(Boolean).join(' ');
  const callee = calleeOf(page);
  return (
    <>
      {site && (
        <p className={style.withIcon}>
          <IconMapPin size={20} aria-hidden />
          <span>
            {site.name}
            {address && <span className="cp-soft"> {address}</span>}
          </span>
        </p>
      )}
      <Group gap="md">
        {address && (
          <Button
            component="a"
            variant="default"
            href={wayTo(`${address} ${site.name}`)}
            leftSection={<IconMapPin size={20} aria-hidden />}
          >
            {t('visits_today.navigate')}
          </Button>
        )}
        {callee?.phone && (
          <Button
            component="a"
            variant="default"
            href={`tel:${callee.phone.replace(/[^+\d]/g, '')}`}
            leftSection={<IconPhone size={20} aria-hidden />}
          >
            {t('visits_today.call', { name: addressOf(callee) })}
          </Button>
        )}
      </Group>
    </>
  );
}

/** The interface person, else whoever there has a phone. */
function calleeOf({ visit, about }: VisitPage) {
  const reachable = about.contacts.filter(({ phone }) => phone);
  return reachable.find(({ id }) => id === visit.interface_contact_id) ?? reachable[0] ?? null;
}

/** Whatever map the phone has, asked in its own way. */
function wayTo(place: string): string {
  const query = encodeURIComponent(place);
  return /iPhone|iPad|Macintosh/.test(navigator.userAgent)
    ? `https://maps.apple.com/?q=${query}`
    : `geo:0,0?q=${query}`;
}
