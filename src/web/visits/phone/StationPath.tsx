import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Visit } from '#domain/visits/visit.ts';
import { isPassed, presentStation, type Station, stations } from './stations.ts';
import style from './visit.module.css';

type Props = {
  visit: Visit;
  open: Station | null;
  onOpen: (station: Station | null) => void;
  inside: (station: Station) => ReactNode;
};

/** The stations from top to bottom: what lies behind with a tick, where we are marked and open. */
export function StationPath({ visit, open, onOpen, inside }: Props) {
  const { t } = useTranslation();
  const present = presentStation(visit);
  const list = useRef<HTMLOListElement>(null);
  const before = useRef(open);
  useEffect(() => {
    if (open === before.current) return;
    before.current = open;
    list.current?.querySelector('[aria-expanded="true"]')?.scrollIntoView({ block: 'start' });
  }, [open]);
  return (
    <ol className={style.path} ref={list}>
      {stations.map((station) => {
        const isOpen = station === open;
        const isPast = isPassed(visit, station);
        const state = isPast ? 'past' : station === present ? 'present' : 'ahead';
        return (
          <li key={station} className={style.station} data-state={state}>
            <h2 className={style.stationHead}>
              <button
                type="button"
                aria-expanded={isOpen}
                aria-current={station === present ? 'step' : undefined}
                onClick={() => onOpen(isOpen ? null : station)}
              >
                <span className={style.dot} aria-hidden>
                  {isPast && <IconCheck size={16} stroke={3} />}
                </span>
                <span>{t(`visits_phone.stations.${station}`)}</span>
                <span className="cp-visually-hidden">{t(`visits_phone.path_states.${state}`)}</span>
                <IconChevronDown size={20} aria-hidden className={style.chevron} />
              </button>
            </h2>
            {isOpen && <div className={style.inside}>{inside(station)}</div>}
          </li>
        );
      })}
    </ol>
  );
}
