import pin from 'virtual:icon/IconMapPin';
import phone from 'virtual:icon/IconPhone';
import type { TFunction } from 'i18next';
import type { DayPage } from '../../offline/day-record.ts';
import { PlainIcon } from '../../ui/PlainIcon.tsx';
import { addressOf } from './contact-words.ts';
import style from './ways.module.css';

/** Where it is and whom to call on the way, each one tap. */
export function SiteWays({ page, t }: { page: DayPage; t: TFunction }) {
  const { site } = page.about;
  const address = site && [site.city, site.address].filter(Boolean).join(' ');
  const callee = calleeOf(page);
  return (
    <>
      {site && (
        <p className={style.place}>
          <PlainIcon nodes={pin} size={20} />
          <span>
            {site.name}
            {address && <span className="cp-soft"> {address}</span>}
          </span>
        </p>
      )}
      <div className={style.ways}>
        {address && (
          <a className={style.way} href={wayTo(`${address} ${site.name}`)}>
            <PlainIcon nodes={pin} size={20} />
            {t('visits_today.navigate')}
          </a>
        )}
        {callee?.phone && (
          <a className={style.way} href={`tel:${callee.phone.replace(/[^+\d]/g, '')}`}>
            <PlainIcon nodes={phone} size={20} />
            {t('visits_today.call', { name: addressOf(callee) })}
          </a>
        )}
      </div>
    </>
  );
}

/** The interface person, else whoever there has a phone. */
function calleeOf({ visit, about }: DayPage) {
  const reachable = about.contacts.filter((contact) => contact.phone);
  return reachable.find(({ id }) => id === visit.interface_contact_id) ?? reachable[0] ?? null;
}

/** Whatever map the phone has, asked in its own way. */
function wayTo(place: string): string {
  const query = encodeURIComponent(place);
  return /iPhone|iPad|Macintosh/.test(navigator.userAgent)
    ? `https://maps.apple.com/?q=${query}`
    : `geo:0,0?q=${query}`;
}
