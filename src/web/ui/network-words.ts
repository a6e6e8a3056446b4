import type { TFunction } from 'i18next';
import type { Network } from './network-state.ts';

export type Said = { look: 'up' | 'unknown' | 'slow' | 'down'; text: string };

/**
 * One true sentence. First what was not saved, then what keeps things from going out, then what is under way, then what
 * needs the person, and only then that all is well.
 */
export function networkWords({ state, waiting, kept }: Network, t: TFunction): Said {
  if (kept.storage !== 'fine') return { look: 'down', text: t(`offline.network.${kept.storage}`) };
  if (kept.signed_out && kept.waiting > 0)
    return { look: 'down', text: t('offline.network.signed_out', { count: kept.waiting }) };
  const look = state === 'up' || state === 'slow' ? state : 'down';
  // What waits in the page itself needs it open; only then is that said.
  if (waiting > 0 && (look === 'down' || kept.waiting === 0))
    return { look, text: t(`ui.network.${known(state)}_waiting`, { count: waiting + kept.waiting }) };
  if (state === 'up' && kept.sending_of > 1)
    return { look, text: t('offline.network.sending', { sent: kept.sent, of: kept.sending_of }) };
  if (kept.waiting > 0) return { look, text: t(`offline.network.${state}`, { count: kept.waiting }) };
  if (look !== 'down' && kept.refused > 0)
    return { look: 'down', text: t('offline.network.refused', { count: kept.refused }) };
  // That everything is saved can only be said once it was looked at.
  if (state === 'up' && !kept.is_known) return { look: 'unknown', text: t('offline.network.looking') };
  return { look, text: t(`ui.network.${state}`) };
}

const known = (state: Network['state']) => (state === 'captive' ? 'unreachable' : state);
