import { Button } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { VisitRow } from '#domain/visits/views.ts';
import { useMe } from '../../app/session.ts';
import { useShell } from '../../app/shell-kind.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { type Chosen, FilterChips } from '../../ui/FilterChips.tsx';
import { List } from '../../ui/List.tsx';
import { ListLookMenu } from '../../ui/ListLookMenu.tsx';
import { useListLook } from '../../ui/list-look.ts';
import { SavedViews } from '../../ui/SavedViews.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { useWords } from '../../ui/use-words.ts';
import { EmergencyMark, Span, VisitStateMark, WaitingMarks } from './VisitMarks.tsx';
import { aboutVisit, useVisitColumns } from './visit-columns.tsx';
import { chosenFrom, queryFor, useVisitFilters, useVisitViews } from './visit-filters.ts';
import style from './visit-lines.module.css';

const idOf = (visit: VisitRow) => visit.id;
const pathOf = (visit: VisitRow) => `/visits/${visit.id}`;

/** All visits, in the order in which they are planned. */
export function VisitsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { now, zone } = useWords();
  const chosen = chosenFrom(useSearch({ strict: false }));
  const choose = (next: Chosen) => void navigate({ to: '/visits', search: next as never });
  const filters = useVisitFilters();
  const views = useVisitViews();
  const columns = useVisitColumns();
  const isPhone = useShell(useMe()) === 'phone';
  const [look, changeLook] = useListLook('visits');
  const pages = usePages<VisitRow>('visits', '/api/visits', queryFor(chosen, { now, zone }));
  return (
    <Screen
      title={t('visits.title')}
      fills
      acts={!isPhone && <ListLookMenu columns={columns} look={look} onChange={changeLook} />}
      below={
        <>
          <SavedViews views={views} chosen={chosen} onChoose={choose} />
          <FilterChips filters={filters} chosen={chosen} onChange={choose} />
        </>
      }
    >
      <List
        label={t('visits.title')}
        name={`visits ${JSON.stringify(chosen)}`}
        kind="visits"
        pages={pages}
        columns={columns}
        look={look}
        idOf={idOf}
        pathOf={pathOf}
        card={isPhone ? (visit) => <Card visit={visit} /> : undefined}
        empty={<Empty isFiltered={Object.keys(chosen).length > 0} onClear={() => choose({})} />}
      />
    </Screen>
  );
}

/** One visit as a phone's list shows it, where somebody follows a customer's visits. */
function Card({ visit }: { visit: VisitRow }) {
  return (
    <div className={style.card}>
      <strong>{aboutVisit(visit)}</strong>
      <span className={style.second}>
        <Span visit={visit} />
        <span>{visit.engineer.name}</span>
        <span>{visit.customer.name}</span>
      </span>
      <span className={style.second}>
        <VisitStateMark state={visit.state} />
        {visit.is_emergency && <EmergencyMark />}
        <WaitingMarks visit={visit} />
      </span>
    </div>
  );
}

function Empty({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  const words = isFiltered ? 'filtered' : 'none';
  return (
    <EmptyState
      title={t(`visits.list.empty.${words}.title`)}
      why={t(`visits.list.empty.${words}.why`)}
      icon={<IconMapPin size={36} stroke={1.4} aria-hidden />}
    >
      {isFiltered ? (
        <Button variant="default" onClick={onClear}>
          {t('ui.filters.clear')}
        </Button>
      ) : (
        <Button variant="default" component={Link} to="/tickets">
          {t('visits.list.empty.to_tickets')}
        </Button>
      )}
    </EmptyState>
  );
}
