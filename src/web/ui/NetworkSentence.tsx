import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import style from './NetworkSentence.module.css';
import { useNetwork } from './network-state.ts';

// A blink of the network is not worth a sentence; what lasts is.
const patienceMs = 600;

/**
 * The state of the way to the server as one sentence. On the phone it is always there (`always`), at the desk only
 * when something is not as it should be. Never a spinner, never in the way.
 */
export function NetworkSentence({ always = false }: { always?: boolean }) {
  const { t } = useTranslation();
  const { state, waiting } = useNetwork();
  const [shown, setShown] = useState({ state, waiting: 0 });
  useEffect(() => {
    const timer = setTimeout(
      () => setShown({ state, waiting }),
      state === 'up' && waiting === 0 ? 0 : patienceMs,
    );
    return () => clearTimeout(timer);
  }, [state, waiting]);
  if (shown.state === 'up' && !always) return null;
  const look = shown.state === 'up' ? 'up' : shown.state === 'slow' ? 'slow' : 'down';
  const suffix = shown.waiting > 0 ? '_waiting' : '';
  return (
    <div className={`${style.line} ${style[look]}`} role="status">
      {t(`ui.network.${shown.state}${suffix}`, { count: shown.waiting })}
    </div>
  );
}
