import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { daysOver } from '#domain/visits/days.ts';
import type { VisitContact, VisitPage } from '#domain/visits/views.ts';
import { FactList } from '../../ui/FactList.tsx';
import { PersonName } from '../../ui/PersonName.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { Span } from './VisitMarks.tsx';
import style from './visit-page.module.css';

const moments = ['departed', 'arrived', 'started', 'left'] as const;

/** Who, when, where, about what; and when it really happened. */
export function VisitFacts({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const contactOf = (id: string) => about.contacts.find((contact) => contact.id === id);
  const contact = visit.interface_contact_id && contactOf(visit.interface_contact_id);
  const reasons = [...daysOver(visit), visit].flatMap(({ no_wrap_up_reason: reason }) => reason ?? []);
  const signers = visit.signer_ids.flatMap((id) => contactOf(id) ?? []);
  return (
    <section className={style.block}>
      <h2>{t('visits.page.facts')}</h2>
      <FactList
        facts={[
          { label: t('visits.page.when'), value: <Span visit={visit} /> },
          { label: t('visits.page.engineer'), value: visit.engineer_name },
          { label: t('visits.list.columns.kind'), value: t(`visits.kinds.${visit.kind}`) },
          visit.is_emergency && { label: t('visits.emergency'), value: <Emergency visit={visit} /> },
          ...daysOver(visit).map(({ arrived_at, left_at }, at) => ({
            label: t('visits.page.day', { n: at + 1 }),
            value: arrived_at && left_at && (
              <Span visit={{ planned_from: arrived_at, planned_to: left_at }} />
            ),
          })),
          ...moments.map((moment) => {
            const at = visit[`${moment}_at`];
            return at !== null && { label: t(`visits.page.${moment}`), value: <TimeText at={at} /> };
          }),
          about.site && {
            label: t('visits.page.site'),
            value: [about.site.name, about.site.city, about.site.address].filter(Boolean).join(' · '),
          },
          {
            label: t('visits.page.interface'),
            value: contact ? (
              <Contact contact={contact} />
            ) : (
              <span className="cp-soft">{t('visits.plan.nobody')}</span>
            ),
          },
          signers.length > 0 && {
            label: t('visits.page.signers'),
            value: signers.map((signer) => <Contact key={signer.id} contact={signer} />),
          },
          about.asset && {
            label: t('visits.page.asset'),
            value: [about.asset.name, about.asset.model, about.asset.serial, about.asset.version]
              .filter(Boolean)
              .join(' · '),
          },
          {
            label: t('visits.page.contract'),
            value: about.contract ? <Covered contract={about.contract} /> : t('tickets.facts.no_contract'),
          },
          {
            label: t('visits.page.ticket'),
            value: <Link to={`/tickets/${about.ticket.id}`}>#{about.ticket.number}</Link>,
          },
          about.ticket.customer_words !== null && {
            label: t('visits.page.customer_words'),
            value: <q className={style.quote}>{about.ticket.customer_words}</q>,
          },
        ]}
      />
      {[...new Set(reasons)].map((reason) => (
        <p key={reason} className="cp-soft">
          {t('visits.page.no_wrap_up', { reason })}
        </p>
      ))}
    </section>
  );
}

/** Why it is one, in whose name; one from before anybody was asked has no reason. */
function Emergency({ visit }: { visit: VisitPage['visit'] }) {
  const { t } = useTranslation();
  const by = visit.last_changed?.emergency_reason;
  if (!visit.emergency_reason) return <span className="cp-soft">{t('visits.page.no_emergency_reason')}</span>;
  return (
    <div>
      <span className={style.lines}>{visit.emergency_reason}</span>
      {by && (
        <div className="cp-soft">
          {by.by_name} <TimeText at={by.at} />
        </div>
      )}
    </div>
  );
}

function Contact({ contact }: { contact: VisitContact }) {
  const { t } = useTranslation();
  const role = contact.roles.map((one) => t(`tickets.roles.${one}`)).join(t('app.and'));
  return (
    <div>
      <PersonName name={contact.name} role={role || undefined} title={contact.title} />
      {contact.phone && (
        <>
          {' '}
          <a href={`tel:${contact.phone}`}>{contact.phone}</a>
        </>
      )}
    </div>
  );
}

function Covered({ contract }: { contract: NonNullable<VisitPage['about']['contract']> }) {
  const { t } = useTranslation();
  const items = (covered: boolean) =>
    contract.covered
      .filter((item) => item.covered === covered)
      .map(({ name }) => name)
      .join(t('app.and'));
  return (
    <div>
      {contract.name}
      {items(true) !== '' && (
        <div className="cp-soft">{t('visits.page.covered', { items: items(true) })}</div>
      )}
      {items(false) !== '' && (
        <div className="cp-soft">{t('visits.page.not_covered', { items: items(false) })}</div>
      )}
    </div>
  );
}
