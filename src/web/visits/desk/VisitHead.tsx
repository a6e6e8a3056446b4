import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconDots } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { Hint } from '../../ui/Hint.tsx';
import { neighboursOf } from '../../ui/list-place.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { useZoneElsewhere } from './SiteTimes.tsx';
import type { VisitActs } from './use-visit-acts.ts';
import { EmergencyMark, Span, VisitStateMark } from './VisitMarks.tsx';
import style from './visit-page.module.css';

/** What, where it stands, who and when; and what the desk does about it. */
export function VisitHead({ page, acts }: { page: VisitPage; acts: VisitActs }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const elsewhere = useZoneElsewhere();
  useVisitKeys(page, acts);
  return (
    <header className={style.head}>
      <div className={style.title}>
        <h1>
          {t('visits.number', { number: visit.number })}
          {visit.goal.trim() !== '' && <span className={style.about}>{visit.goal}</span>}
        </h1>
        <div className={style.under}>
          <VisitStateMark state={visit.state} />
          {visit.is_emergency && <EmergencyMark />}
          <Span visit={visit} />
          {elsewhere && <span>{t('visits.page.in_zone', { zone: elsewhere })}</span>}
          <span>{visit.engineer_name}</span>
          <Link to={`/customers/${about.customer.id}`}>{about.customer.name}</Link>
          {about.site && <span>{about.site.name}</span>}
          <Link to={`/tickets/${about.ticket.id}`}>
            {t('app.palette.ticket', { number: about.ticket.number, title: about.ticket.title })}
          </Link>
        </div>
      </div>
      {acts.mayDispatch && (
        <Button onClick={acts.dispatch} loading={acts.isDispatching}>
          {t('visits.dispatch.act')}
        </Button>
      )}
      {acts.mayEdit && (
        <Button variant="default" onClick={() => acts.open('edit')}>
          {t('visits.page.edit')}
        </Button>
      )}
      {acts.mayReassign && (
        <Button variant="default" onClick={() => acts.open('reassign')}>
          {t('visits.page.reassign')}
        </Button>
      )}
      {acts.mayCancel && <MoreMenu onCancel={() => acts.open('cancel')} />}
      <Neighbours id={visit.id} />
    </header>
  );
}

function MoreMenu({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('visits.page.more')}>
          <IconDots size="1.25em" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onCancel}>{t('visits.page.cancel')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Neighbours({ id }: { id: string }) {
  const { t } = useTranslation();
  const { before, after } = neighboursOf('visits', id);
  const arrow = (to: string | null, label: string, Icon: typeof IconChevronUp) => (
    <Hint label={label}>
      {to === null ? (
        <ActionIcon disabled variant="transparent" bg="transparent" aria-label={label}>
          <Icon size="1.25em" aria-hidden />
        </ActionIcon>
      ) : (
        <ActionIcon component={Link} to={`/visits/${to}`} aria-label={label}>
          <Icon size="1.25em" aria-hidden />
        </ActionIcon>
      )}
    </Hint>
  );
  return (
    <span style={{ display: 'inline-flex' }}>
      {arrow(before, t('visits.page.previous'), IconChevronUp)}
      {arrow(after, t('visits.page.next'), IconChevronDown)}
    </span>
  );
}

function useVisitKeys({ visit, about }: VisitPage, acts: VisitActs): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { before, after } = neighboursOf('visits', visit.id);
  const go = (to: string | null) => to !== null && void navigate({ to });
  const next = after && `/visits/${after}`;
  const previous = before && `/visits/${before}`;
  useShortcuts(t('visits.page.keys'), [
    { keys: 'd', label: t('visits.dispatch.act'), run: acts.dispatch, off: !acts.mayDispatch },
    { keys: 'e', label: t('visits.page.edit'), run: () => acts.open('edit'), off: !acts.mayEdit },
    { keys: 'a', label: t('visits.page.reassign'), run: () => acts.open('reassign'), off: !acts.mayReassign },
    { keys: 't', label: t('visits.page.open_ticket'), run: () => go(`/tickets/${about.ticket.id}`) },
    { keys: 'n', label: t('visits.page.next'), run: () => go(next) },
    { keys: 'p', label: t('visits.page.previous'), run: () => go(previous) },
    { keys: 'u', label: t('visits.page.to_list'), run: () => go('/visits') },
  ]);
}
