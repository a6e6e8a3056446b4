import { createContext, type ReactNode, useContext } from 'react';
import { zoneWords } from '../../ui/time-words.ts';
import { useWords, ZoneContext } from '../../ui/use-words.ts';

const ReadersZone = createContext<string | null>(null);

/**
 * Times inside are told as the clocks at the site show them: what was planned for a place, and what happened there, is
 * compared with what people there say.
 */
export function SiteTimes({ zone, children }: { zone: string; children: ReactNode }) {
  const { zone: readers } = useWords();
  return (
    <ReadersZone value={readers}>
      <ZoneContext value={zone}>{children}</ZoneContext>
    </ReadersZone>
  );
}

/** The site's zone as people know it, where it is not the reader's and so has to be named; else null. */
export function useZoneElsewhere(): string | null {
  const { zone, t } = useWords();
  const readers = useContext(ReadersZone);
  return readers === null || readers === zone ? null : zoneWords(zone, t);
}
