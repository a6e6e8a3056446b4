import { useTranslation } from 'react-i18next';
import type { TicketRow } from '#domain/tickets/commands.ts';
import { Hint } from '../ui/Hint.tsx';
import style from './Marks.module.css';

const heights = [6, 9, 12, 15];

/** The priority as bars and a word; how it came about (impact × urgency) on hover, focus and tap. */
export function PriorityMark({
  ticket,
  withWord = true,
}: {
  ticket: Pick<TicketRow, 'priority' | 'impact' | 'urgency'>;
  withWord?: boolean;
}) {
  const { t } = useTranslation();
  const word = t(`tickets.priorities.${ticket.priority}`);
  const reason = t('tickets.priority_from', {
    priority: word,
    impact: t(`tickets.impacts.${ticket.impact}`),
    urgency: t(`tickets.urgencies.${ticket.urgency}`),
  });
  return (
    <Hint label={reason}>
      <span className={style.priority}>
        <span className={style.bars} aria-hidden>
          {heights.map((height, index) => (
            <span key={height} style={{ height }} data-on={index <= 4 - ticket.priority} />
          ))}
        </span>
        {withWord ? word : <span className="cp-visually-hidden">{word}</span>}
      </span>
    </Hint>
  );
}

export function StateMark({ state }: { state: TicketRow['state'] }) {
  const { t } = useTranslation();
  return (
    <span className={`${style.state} ${style[state]}`}>
      <span className={style.dot} aria-hidden />
      {t(`tickets.states.${state}`)}
    </span>
  );
}
