import { useNetwork } from '../ui/network-state.ts';
import { useBoard } from './board-state.ts';

export type SyncState = {
  waiting: number;
  refused: number;
  photos_waiting: number;
  online: boolean;
  storage: 'fine' | 'full' | 'broken';
  signed_out: boolean;
  sending: { sent: number; of: number } | null;
};

/** How this device stands with the server; `NetworkSentence` says it in one true sentence. */
export function useSyncState(): SyncState {
  const { state, kept } = useNetwork();
  const { photos_waiting } = useBoard();
  return {
    waiting: kept.waiting,
    refused: kept.refused,
    photos_waiting,
    online: state === 'up' || state === 'slow',
    storage: kept.storage,
    signed_out: kept.signed_out,
    sending: kept.sending_of > 0 ? { sent: kept.sent, of: kept.sending_of } : null,
  };
}
