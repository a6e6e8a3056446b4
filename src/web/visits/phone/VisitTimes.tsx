import { Hint } from '../../ui/Hint.tsx';
import { useWords } from '../../ui/use-words.ts';
import { type Planned, visitTimesWords } from './visit-times-words.ts';

/** When a visit is, exact on a tap. */
export function VisitTimes({ visit }: { visit: Planned }) {
  const words = useWords();
  return (
    <Hint label={`${words.exact(visit.planned_from)} – ${words.exact(visit.planned_to)}`}>
      <span>{visitTimesWords(visit, words)}</span>
    </Hint>
  );
}
