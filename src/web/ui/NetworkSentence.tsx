import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import style from './NetworkSentence.module.css';
import { useNetwork } from './network-state.ts';
import { networkWords } from './network-words.ts';

// A blink of the network is not worth a sentence; what lasts is.
const patienceMs = 600;

/**
 * The state of the way to the server as one sentence. On the phone it is always there (`always`), at the desk only
 * when something is not as it should be. Never a spinner, never in the way.
 */
export function NetworkSentence({ always = false }: { always?: boolean }) {
  const { t } = useTranslation();
  const network = useNetwork();
  const [shown, setShown] = useState({ ...network, waiting: 0 });
  useEffect(() => {
    // What is saved, and what was not, is said at once.
    const isBlink = network.kept === shown.kept && !(network.state === 'up' && network.waiting === 0);
    const timer = setTimeout(() => setShown(network), isBlink ? patienceMs : 0);
    return () => clearTimeout(timer);
  }, [network, shown.kept]);
  const { look, text } = networkWords(shown, t);
  if ((look === 'up' || look === 'unknown') && !always) return null;
  return (
    <div className={`${style.line} ${style[look]}`} role="status">
      {text}
    </div>
  );
}
