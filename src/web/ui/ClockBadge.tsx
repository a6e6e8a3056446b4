import { IconAlertTriangle, IconCheck, IconClock, IconPlayerPause } from '@tabler/icons-react';
import { type Instant, toMs } from '#domain/ground/instant.ts';
import style from './ClockBadge.module.css';
import { Hint } from './Hint.tsx';
import { useWords } from './use-words.ts';

export type ClockState = 'running' | 'paused' | 'met' | 'stopped';

type Props = {
  due: Instant | null;
  state?: ClockState;
  /** When it was met: then the badge says so and whether that was in time. */
  metAt?: Instant | null;
  /** Minutes before the due time from which it counts as soon. */
  soonMinutes?: number;
  onWhy?: (() => void) | undefined;
};

type Look = 'late' | 'soon' | 'fine' | 'met' | 'paused';
const icons = {
  late: IconAlertTriangle,
  soon: IconClock,
  fine: IconClock,
  met: IconCheck,
  paused: IconPlayerPause,
};

/** What is left of a clock, in words first and a shape beside the colour; the due time on hover, focus and tap. */
export function ClockBadge({ due, state = 'running', metAt = null, soonMinutes = 120, onWhy }: Props) {
  const words = useWords();
  const { t } = words;
  if (state === 'stopped' || (due === null && state !== 'paused' && metAt === null)) {
    return <span className="cp-soft">{t('ui.clock.none')}</span>;
  }
  const look = lookOf({ due, state, metAt, soonMinutes }, toMs(words.now));
  const Icon = icons[look];
  const text = textOf({ due, state, metAt }, words);
  const label = [
    due && t('ui.clock.due', { time: words.exact(due) }),
    metAt && t('ui.clock.met_at', { time: words.exact(metAt) }),
    onWhy && t('ui.clock.why_hint'),
  ]
    .filter(Boolean)
    .join('\n');
  const inside = (
    <>
      <Icon size="1.1em" stroke={1.9} aria-hidden />
      {text}
    </>
  );
  const className = `${style.badge} ${style[look]}`;
  return (
    <Hint label={label}>
      {onWhy ? (
        <button type="button" className={className} onClick={onWhy}>
          {inside}
        </button>
      ) : (
        <span className={className}>{inside}</span>
      )}
    </Hint>
  );
}

function lookOf(
  clock: { due: Instant | null; state: ClockState; metAt: Instant | null; soonMinutes: number },
  nowMs: number,
): Look {
  if (clock.metAt !== null || clock.state === 'met') {
    return clock.due !== null && clock.metAt !== null && clock.metAt > clock.due ? 'late' : 'met';
  }
  if (clock.state === 'paused') return 'paused';
  const left = (toMs(clock.due!) - nowMs) / 60_000;
  if (left < 0) return 'late';
  return left <= clock.soonMinutes ? 'soon' : 'fine';
}

function textOf(
  clock: { due: Instant | null; state: ClockState; metAt: Instant | null },
  words: ReturnType<typeof useWords>,
): string {
  const { t } = words;
  if (clock.metAt !== null && clock.due !== null && clock.metAt > clock.due) {
    const minutes = (toMs(clock.metAt) - toMs(clock.due)) / 60_000;
    return t('ui.clock.met_late', { duration: words.duration(Math.max(1, minutes)) });
  }
  if (clock.metAt !== null || clock.state === 'met') return t('ui.clock.met');
  if (clock.state === 'paused') return t('ui.clock.paused');
  return words.left(clock.due!);
}
