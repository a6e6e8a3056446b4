import type { Act } from '../ui/api-client.ts';
import { refresh } from '../ui/live.ts';
import { say } from '../ui/undo.ts';
import { useAct } from '../ui/use-act.ts';

type Input = { act: Act; done?: () => void };

/** An act on a customer's page: sent, said, the page asked again. */
export function useCustomerAct(customerId: string, said?: string) {
  return useAct<Input, { id: string }>(({ act }) => act, {
    onDone: (_, { done }) => {
      refresh('customer', customerId);
      if (said) say({ text: said });
      done?.();
    },
  });
}

export type Sent = { id: string; link: string | null; expires_at: string | null };

/** Asks somebody into the portal; what to do with the link is the screen's. */
export function useInvite(touched: { kind: string; id: string }) {
  return useAct<{ path: string; invitation_id: string }, Sent>(
    ({ path, invitation_id }) => ({ method: 'POST', path, body: { invitation_id } }),
    { onDone: () => refresh(touched.kind, touched.id) },
  );
}
