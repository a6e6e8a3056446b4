import { Anchor, Skeleton } from '@mantine/core';
import { IconChevronRight, IconCircleCheck, IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortalDeed, PortalHome, PortalVisitRow } from '#domain/channels/commands.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { useWords } from '../../ui/use-words.ts';
import { homeQuery } from '../api.ts';
import { AskForm } from './AskForm.tsx';
import { OwedList } from './OwedList.tsx';
import style from './portal.module.css';
import { QuestionCard } from './QuestionCard.tsx';
import { StageIcon } from './StageIcon.tsx';
import { stageWords } from './visit-words.ts';

/** The first page: a greeting, one big field, what is open, what we owe them, what we did. */
export function HomePage() {
  const { data: home, error, refetch } = useQuery(homeQuery);
  if (error && !home) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return home ? <Home home={home} /> : <Waiting />;
}

function Home({ home }: { home: PortalHome }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const firm = (i18n.language === 'en' ? home.firm.name_en : null) ?? home.firm.name;
  const open = [...home.open].sort((a, b) => Number(needsThem(b)) - Number(needsThem(a)));
  return (
    <div className={style.page}>
      <header className={style.greeting}>
        <h1>
          <Greeting name={home.form_of_address ?? home.name} />
        </h1>
        <p className="cp-soft">{t('portal.home.lead', { firm })}</p>
      </header>
      <div className={style.columns}>
        <div className={style.main}>
          <AskForm
            home={home}
            firmName={firm}
            onAsked={(id) => void navigate({ to: '/portal/questions/$id', params: { id } })}
          />
          {home.firm.contact_phone && (
            <p className={style.call}>
              <IconPhone size={18} aria-hidden />
              <a href={`tel:${home.firm.contact_phone.replace(/[^\d+]/g, '')}`}>
                {t('portal.call', { phone: home.firm.contact_phone })}
              </a>
            </p>
          )}
          {home.coming.length > 0 && (
            <Section title={t('portal_visits.title')} empty={false}>
              <ul className={style.plain}>
                {home.coming.map((visit) => (
                  <li key={visit.id}>
                    <Coming visit={visit} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
          <Section
            title={t('portal.home.open_title')}
            empty={open.length === 0 && t('portal.home.open_empty')}
          >
            <ul className={style.plain}>
              {open.map((question) => (
                <li key={question.id}>
                  <QuestionCard question={question} />
                </li>
              ))}
            </ul>
            <Anchor component={Link} to="/portal/questions" className={style.onward}>
              {t(home.more_open ? 'portal.home.more_open' : 'portal.home.all_questions')}
            </Anchor>
          </Section>
        </div>
        <div className={style.side}>
          <Section
            title={t('portal.home.owed_title')}
            empty={home.owed.length === 0 && t('portal.home.owed_empty')}
          >
            <OwedList promises={home.owed} />
            <Anchor component={Link} to="/portal/promises" className={style.onward}>
              {t('portal.home.all_promises')}
            </Anchor>
          </Section>
          <Section
            title={t('portal.home.done_title')}
            empty={home.done.length === 0 && t('portal.home.done_empty')}
          >
            <ul className={style.plain}>
              {home.done.map((deed) => (
                <li key={deed.id}>
                  <Deed deed={deed} />
                </li>
              ))}
            </ul>
          </Section>
        </div>
      </div>
    </div>
  );
}

const needsThem = ({ state }: PortalHome['open'][number]) => state === 'needs_you';

function Greeting({ name }: { name: string }) {
  const { t, zone, now } = useWords();
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(
      new Date(now),
    ),
  );
  const part = hour >= 5 && hour < 11 ? 'morning' : hour >= 18 || hour < 5 ? 'evening' : 'day';
  return <>{t(`portal.home.${part}`, { name })}</>;
}

function Section({ title, empty, children }: { title: string; empty: string | false; children: ReactNode }) {
  return (
    <section className={style.section}>
      <h2>{title}</h2>
      {empty !== false && <p className={style.empty}>{empty}</p>}
      {children}
    </section>
  );
}

function Coming({ visit }: { visit: PortalVisitRow }) {
  const words = useWords();
  return (
    <Link to="/portal/questions/$id" params={{ id: visit.ticket_id }} className={style.card}>
      <StageIcon stage={visit.stage} />
      <span className={style.cardMain}>
        <span className={style.cardTitle}>{stageWords(visit, words)}</span>
        <span className={style.small}>
          <span>{visit.ticket_title}</span>
          {visit.site_name && <span>{visit.site_name}</span>}
        </span>
      </span>
      <IconChevronRight size={20} aria-hidden className={style.chevron} />
    </Link>
  );
}

function Deed({ deed }: { deed: PortalDeed }) {
  const inside = (
    <>
      <IconCircleCheck size={20} stroke={1.7} aria-hidden className={style.deedIcon} />
      <span className={style.cardMain}>
        <span className={style.deedWords}>{deed.words}</span>
        <span className={style.small}>
          {deed.kind !== 'promise' && deed.title && <span>{deed.title}</span>}
          <TimeText at={deed.done_at} dayOnly />
        </span>
      </span>
    </>
  );
  if (deed.ticket_id === null) return <div className={style.deed}>{inside}</div>;
  return (
    <Link to="/portal/questions/$id" params={{ id: deed.ticket_id }} className={style.deed}>
      {inside}
    </Link>
  );
}

function Waiting() {
  return (
    <div className={style.page} aria-busy>
      <Skeleton height={34} width={260} mb="lg" />
      <div className={style.columns}>
        <div className={style.main}>
          <Skeleton height={280} radius={16} />
          <Skeleton height={96} mt="xl" radius={12} />
        </div>
        <div className={style.side}>
          <Skeleton height={120} radius={12} />
          <Skeleton height={120} mt="xl" radius={12} />
        </div>
      </div>
    </div>
  );
}
