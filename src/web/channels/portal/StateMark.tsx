import { IconCircleCheck, IconInbox, IconMessageQuestion, IconProgress } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PortalState } from '#domain/channels/portal.ts';
import style from './portal.module.css';

const icons = {
  received: IconInbox,
  in_hand: IconProgress,
  needs_you: IconMessageQuestion,
  done: IconCircleCheck,
} satisfies Record<PortalState, unknown>;

/** How a question stands: a word and a shape, never a colour alone. */
export function StateMark({ state }: { state: PortalState }) {
  const { t } = useTranslation();
  const Icon = icons[state];
  return (
    <span className={`${style.state} ${state === 'needs_you' ? style.stateAct : ''}`}>
      <Icon size={16} stroke={1.8} aria-hidden />
      {t(`portal.state.${state}`)}
    </span>
  );
}
