import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { zoneWords } from './time-words.ts';

// Where the customers of a Chinese service firm mostly are; the browser knows the rest.
const usual = [
  'Asia/Shanghai',
  'Asia/Hong_Kong',
  'Asia/Taipei',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Asia/Urumqi',
];

/** Zones to choose from, the usual ones first. */
export function useZones(): { value: string; label: string }[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const all = Intl.supportedValuesOf('timeZone').filter((zone) => !usual.includes(zone));
    return [...usual, ...all].map((zone) => ({ value: zone, label: zoneLabel(zone, zoneWords(zone, t)) }));
  }, [t]);
}

function zoneLabel(zone: string, words: string): string {
  return usual.includes(zone) ? words : zone.replaceAll('_', ' ');
}
