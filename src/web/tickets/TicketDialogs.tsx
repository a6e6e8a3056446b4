import { Suspense } from 'react';
import type { PromiseRow } from '#domain/promises/commands.ts';
import type { ClockView, TicketPage } from '#domain/tickets/commands.ts';
import { lazyPart } from '../ui/the-rest.ts';
import type { TicketActs } from './use-ticket-acts.ts';

// Loaded when first opened: a ticket can be read before any of them is needed.
const CloseTicketDialog = lazyPart(() => import('./CloseTicketDialog.tsx'), 'CloseTicketDialog');
const AssignTicketDialog = lazyPart(() => import('./AssignTicketDialog.tsx'), 'AssignTicketDialog');
const WaitDialog = lazyPart(() => import('./WaitDialog.tsx'), 'WaitDialog');
const EditTicketDialog = lazyPart(() => import('./EditTicketDialog.tsx'), 'EditTicketDialog');
const ReopenTicketDialog = lazyPart(() => import('./ReopenTicketDialog.tsx'), 'ReopenTicketDialog');
const PlanVisitDialog = lazyPart(() => import('../visits/desk/PlanVisitDialog.tsx'), 'PlanVisitDialog');
const WhyDueDialog = lazyPart(() => import('../calendar/WhyDueDialog.tsx'), 'WhyDueDialog');

type Props = {
  ticket: TicketPage;
  promises: PromiseRow[];
  acts: TicketActs;
  why: ClockView['kind'] | null;
  onWhyClose: () => void;
};

/** The dialogs of a ticket, at the desk and on the phone. */
export function TicketDialogs({ ticket, promises, acts, why, onWhyClose }: Props) {
  const { dialog, close } = acts;
  return (
    <Suspense>
      {dialog === 'close' && <CloseTicketDialog ticket={ticket} promises={promises} onClose={close} />}
      {dialog === 'assign' && <AssignTicketDialog ticket={ticket} onClose={close} />}
      {dialog === 'wait' && <WaitDialog ticket={ticket} onClose={close} />}
      {dialog === 'edit' && <EditTicketDialog ticket={ticket} onClose={close} />}
      {dialog === 'reopen' && <ReopenTicketDialog ticket={ticket} onClose={close} />}
      {dialog === 'visit' && <PlanVisitDialog ticket={ticket} onClose={close} />}
      {why !== null && <WhyDueDialog ticketId={ticket.id} kind={why} onClose={onWhyClose} />}
    </Suspense>
  );
}
