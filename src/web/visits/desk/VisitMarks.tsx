import {
  IconAlertTriangle,
  IconBox,
  IconCalendarEvent,
  IconCar,
  IconCheck,
  IconClipboardCheck,
  IconEqualNot,
  IconMapPin,
  IconSend,
  IconSignature,
  IconTool,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { VisitRow } from '#domain/visits/views.ts';
import type { VisitState } from '#domain/visits/visit.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { useWords } from '../../ui/use-words.ts';
import { wallOf } from '../../ui/wall-time.ts';
import style from './visit-marks.module.css';

const icons = {
  planned: IconCalendarEvent,
  dispatched: IconSend,
  travelling: IconCar,
  on_site: IconMapPin,
  working: IconTool,
  wrapped_up: IconClipboardCheck,
  signed: IconSignature,
  done: IconCheck,
  cancelled: IconX,
} as const;

/** Where a visit stands, as a shape and a word. */
export function VisitStateMark({ state }: { state: VisitState }) {
  const { t } = useTranslation();
  const Icon = icons[state];
  return (
    <span className={style.state} data-state={state}>
      <Icon size="1.2em" stroke={1.8} aria-hidden />
      {t(`visits.states.${state}`)}
    </span>
  );
}

export function EmergencyMark() {
  const { t } = useTranslation();
  return (
    <span className={style.emergency}>
      <IconAlertTriangle size="1.1em" stroke={1.9} aria-hidden />
      {t('visits.emergency')}
    </span>
  );
}

/** What waits for a person: values that clash, acts in quarantine. */
export function WaitingMarks({ visit }: { visit: Pick<VisitRow, 'open_clashes' | 'open_quarantined'> }) {
  const { t } = useTranslation();
  return (
    <span className={style.marks}>
      {visit.open_clashes > 0 && (
        <span className={style.waits}>
          <IconEqualNot size="1.1em" stroke={1.9} aria-hidden />
          {t('visits.list.clashes', { count: visit.open_clashes })}
        </span>
      )}
      {visit.open_quarantined > 0 && (
        <span className={style.waits}>
          <IconBox size="1.1em" stroke={1.9} aria-hidden />
          {t('visits.list.quarantined', { count: visit.open_quarantined })}
        </span>
      )}
    </span>
  );
}

/** From when to when, the day said once where it is one day. */
export function Span({ visit }: { visit: { planned_from: string; planned_to: string } }) {
  const { zone } = useWords();
  const [from, to] = [wallOf(visit.planned_from, zone), wallOf(visit.planned_to, zone)];
  const isOneDay = from.slice(0, 10) === to.slice(0, 10);
  return (
    <span className={style.span}>
      <TimeText at={visit.planned_from} />–{isOneDay ? to.slice(11) : <TimeText at={visit.planned_to} />}
    </span>
  );
}
